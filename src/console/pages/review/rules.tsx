import { Table } from 'antd'
import { useWords } from '../../shell/language.tsx'
import { ruleName } from '../../words/review.ts'
import type { DossierData } from './dossier.tsx'

/** Every rule that the channel fails, the leading one first, with the columns that were counted. */
export function Rules({ file }: { file: DossierData }) {
  const { t } = useWords()
  if (file.answers.length < 2 && (file.answers[0]?.columns ?? []).length === 0) return null
  return (
    <section aria-label={t('违反的条款', 'Rules broken')}>
      <h3>{t('违反的条款', 'Rules broken')}</h3>
      <Table size="small" rowKey="rule" pagination={false} dataSource={[...file.answers]} columns={[
        { title: t('规则', 'Rule'), dataIndex: 'rule', width: 90, render: (rule: string) => t(ruleName(rule)) },
        { title: t('条款', 'Clause'), render: (_, a) => <>{a.clause === undefined ? '–' : t(a.clause)}{(a.columns ?? []).length === 0 ? null : <span className="quiet"> {t('栏目:', 'columns: ')}{(a.columns ?? []).slice(0, 8).map((c) => c.name ?? c.url ?? '').join(t('、', ', '))}</span>}</> },
        { title: t('最近更新', 'Newest'), dataIndex: 'newest', width: 105, render: (d: string | null | undefined) => <span className="number">{d ?? '–'}</span> },
        { title: t('超期天数', 'Days over'), dataIndex: 'daysOver', width: 90, align: 'right', render: (n: number | null | undefined) => <span className="number">{n ?? '–'}</span> },
      ]} />
    </section>
  )
}
