import { Table } from 'antd'
import { useState } from 'react'
import { useApi } from '../../api/use.ts'
import { Failed, Nothing } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import { CHANNEL_FIELDS, VERB_NAMES } from '../../words/history.ts'

type Change = { field: string; before: unknown; after: unknown }

/** What was done with the channel, by whom and why: each changed field with what it was. */
export function History({ id }: { id: number }) {
  const { t } = useWords()
  const [page, setPage] = useState(1)
  const { data, error, refetch } = useApi('/api/channels/:id/history', { params: { id }, query: { page, size: 20 } })
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />
  const shown = (v: unknown): string => (v === null || v === undefined || v === '' ? t('空', 'empty') : typeof v === 'string' || typeof v === 'number' ? String(v) : JSON.stringify(v))
  return (
    <Table size="small" rowKey="id" loading={data === undefined} dataSource={data?.rows ?? []} pagination={{ current: page, pageSize: 20, total: data?.total ?? 0, onChange: setPage, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{ emptyText: <Nothing>{t('还没有变更记录。', 'Nothing has been changed yet.')}</Nothing> }}
      columns={[
        { title: t('时间', 'At'), width: 150, render: (_, r) => <When at={r.at} /> },
        { title: t('人员', 'By'), width: 140, dataIndex: 'by' },
        { title: t('操作', 'Act'), width: 150, render: (_, r) => t(VERB_NAMES[r.verb] ?? { zh: r.verb, en: r.verb }) },
        {
          title: t('内容', 'What'), render: (_, r) => {
            const detail = r.detail as { changes?: Change[]; file?: string } | null
            const changes = detail?.changes
            if (changes !== undefined && Array.isArray(changes)) return <ul className="changes">{changes.map((c) => <li key={c.field}>{t(CHANNEL_FIELDS[c.field] ?? { zh: c.field, en: c.field })}{t(':', ': ')}<del>{shown(c.before)}</del> → <ins>{shown(c.after)}</ins></li>)}</ul>
            return detail?.file === undefined ? <span className="quiet">–</span> : t(`台账 ${detail.file}`, `ledger ${detail.file}`)
          },
        },
        { title: t('原因', 'Reason'), render: (_, r) => r.reason ?? <span className="quiet">–</span> },
      ]} />
  )
}
