import { Select, Table, Tag } from 'antd'
import { useSearchParams } from 'react-router'
import { useApi } from '../../api/use.ts'
import { Failed } from '../../parts/states.tsx'
import { useWords } from '../../shell/language.tsx'
import { PARTS } from '../../words/verdicts.ts'

const SURE: Readonly<Record<string, { zh: string; en: string }>> = {
  table: { zh: '指标表原文', en: 'the indicator table' }, published: { zh: '公开文件', en: 'a published document' }, two_sources: { zh: '两处来源', en: 'two sources' }, derived: { zh: '推导', en: 'derived' }, memory: { zh: '凭记忆,待核', en: 'from memory' },
}
const DECIDED: Readonly<Record<string, { zh: string; en: string }>> = { automatic: { zh: '程序判定', en: 'by the program' }, person: { zh: '人工核查', en: 'by a person' }, assisted: { zh: '程序提供线索、人工核查', en: 'leads, then a person' } }

/** Every indicator of an edition in words: clause, figures, how it is decided and how sure its text is. */
export function Standard() {
  const { t } = useWords()
  const [search, setSearch] = useSearchParams()
  const standard = search.get('standard') ?? 'gov-2019'
  const standards = useApi('/api/standards', {})
  const { data, error, isFetching, refetch } = useApi('/api/standards/:standard', { params: { standard } })
  return (
    <>
      <Select aria-label={t('标准版本', 'Edition')} style={{ minWidth: 420, marginBottom: 12 }} value={standard} onChange={(id: string) => setSearch({ tab: 'standard', standard: id })} options={(standards.data ?? []).map((s) => ({ value: s.id, label: `${t(s.name)} (${s.rules})` }))} />
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      <Table size="middle" rowKey="id" loading={isFetching && data === undefined} dataSource={data ?? []} pagination={false}
        columns={[
          { title: t('编号', 'Id'), width: 70, dataIndex: 'id' },
          { title: t('类别', 'Part'), width: 110, render: (_, r) => t(PARTS[r.part] ?? { zh: r.part, en: r.part }) },
          { title: t('指标', 'Indicator'), width: 200, render: (_, r) => <>{t(r.item)}{r.on ? null : <Tag>{t('默认不启用', 'off by default')}</Tag>}<div className="quiet">{t(r.group)}</div></> },
          { title: t('评分细则', 'Clause'), render: (_, r) => <>{t(r.clause)}{Object.values(r.params).length === 0 ? null : <div className="quiet">{Object.values(r.params).map((p) => t(p.text)).join(t(';', '; '))}</div>}</> },
          { title: t('分值', 'Points'), width: 70, align: 'right', className: 'number', dataIndex: 'cap', render: (cap: number | null) => cap ?? '–' },
          { title: t('判定方式', 'Decided'), width: 130, render: (_, r) => t(DECIDED[r.decided] ?? { zh: r.decided, en: r.decided }) },
          { title: t('依据', 'Rests on'), width: 120, render: (_, r) => t(SURE[r.sure] ?? { zh: r.sure, en: r.sure }) },
        ]} />
    </>
  )
}
