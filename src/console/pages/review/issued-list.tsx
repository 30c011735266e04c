import type { ModalFuncProps } from 'antd'
import type { Text } from '../../../domain/text.ts'
import type { useWords } from '../../shell/language.tsx'

type Row = { readonly candidate: number; readonly name: string; readonly order: { readonly number: string } | null; readonly already: boolean; readonly refused: Text | null }

/** What became of each document when some of many could not be issued: numbers given stay in sight. */
export function issuedList(rows: readonly Row[], t: ReturnType<typeof useWords>['t']): ModalFuncProps {
  const made = rows.filter((r) => r.order !== null).length
  return {
    title: t(`已制发 ${made} 件,${rows.length - made} 件未能制发`, `${made} issued, ${rows.length - made} could not be`),
    width: 640,
    okText: t('知道了', 'Close'),
    content: (
      <ul className="issued-list" style={{ maxHeight: '50vh', overflow: 'auto', paddingInlineStart: 18 }}>
        {[...rows].sort((a, b) => Number(a.order !== null) - Number(b.order !== null)).map((r) => (
          <li key={r.candidate}>
            <b>{r.name}</b>{t(':', ': ')}
            {r.refused === null ? `${r.order?.number ?? ''}${r.already ? t('(此前已制发)', ' (issued before)') : ''}` : t(r.refused)}
          </li>
        ))}
      </ul>
    ),
  }
}
