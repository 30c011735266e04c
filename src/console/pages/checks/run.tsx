import { Button, Card, Col, Dropdown, Input, Row, Select, Statistic, Table, Tag } from 'antd'
import { Link, useParams, useSearchParams } from 'react-router'
import { KINDS, isKind } from '../../../domain/kinds.ts'
import { addressOf } from '../../api/client.ts'
import { useApi } from '../../api/use.ts'
import { PageHead } from '../../parts/page-head.tsx'
import { RegionPicker } from '../../parts/region-picker.tsx'
import { Failed, Loading, Nothing } from '../../parts/states.tsx'
import { minuteOf } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import { VERDICTS } from '../../words/verdicts.ts'

type Verdict = keyof typeof VERDICTS
const FORMATS = { xlsx: { zh: '工作簿(Excel/WPS)', en: 'Workbook (Excel, WPS)' }, docx: { zh: '检查报告(Word)', en: 'Report (Word)' }, csv: { zh: '表格(CSV)', en: 'Table (CSV)' }, json: { zh: '数据(JSON)', en: 'Data (JSON)' } }

/** One run: its figures, and its channels, the gravest first. */
export default function Run() {
  const { t } = useWords()
  const id = Number(useParams()['id'])
  const [search, setSearch] = useSearchParams()
  const own = { verdict: search.get('verdict') ?? undefined, region: search.get('region') ?? undefined, text: search.get('text') ?? undefined, violates: search.get('violates') ?? undefined, page: Number(search.get('page') ?? 1) }
  const run = useApi('/api/check-runs/:id', { params: { id } })
  const list = useApi('/api/check-runs/:id/checks', { params: { id }, query: { ...own, verdict: own.verdict as Verdict | undefined } })
  const standard = useApi('/api/standards/:standard', { params: { standard: run.data?.standard ?? 'gov-2019' } })
  const change = (next: Record<string, string | undefined>): void => {
    const all: Record<string, string | undefined> = { ...Object.fromEntries(search), page: undefined, ...next }
    setSearch(Object.fromEntries(Object.entries(all).filter((e): e is [string, string] => e[1] !== undefined && e[1] !== '')))
  }
  if (run.data === undefined) return run.error === null ? <Loading /> : <Failed error={run.error} retry={() => void run.refetch()} />
  const r = run.data
  return (
    <>
      <PageHead title={t(`检查批次 ${r.run}`, `Run ${r.run}`)} actions={<Dropdown menu={{ items: Object.entries(FORMATS).map(([format, label]) => ({ key: format, label: <a href={addressOf('/api/check-runs/:id/file', { params: { id }, query: { format } })} download>{t(label)}</a> })) }}><Button type="primary">{t('导出', 'Export')}</Button></Dropdown>}>
        {t(`标准 ${r.standard},监测时间点 ${minuteOf(r.asOf)},${r.by} 生成;抽样种子 ${r.seed}`, `Standard ${r.standard}, monitoring point ${minuteOf(r.asOf)}, made by ${r.by}; samples drawn by ${r.seed}`)}
      </PageHead>
      <Row gutter={[12, 12]} style={{ marginBottom: 12 }}>
        {([['', t('检查渠道', 'Channels'), r.channels], ['failed', t(VERDICTS.failed.name), r.failed], ['undecided', t(VERDICTS.undecided.name), r.undecided], ['passed', t(VERDICTS.passed.name), r.passed]] as const).map(([verdict, name, n]) => (
          <Col key={verdict} xs={12} md={6}><Card size="small"><Link to={verdict === '' ? `/checks/runs/${id}` : `/checks/runs/${id}?verdict=${verdict}`}><Statistic title={name} value={n} /></Link></Card></Col>
        ))}
      </Row>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginBottom: 12 }} className="no-print">
        <Select aria-label={t('结论', 'Verdict')} allowClear style={{ width: 160 }} placeholder={t('全部结论', 'any verdict')} value={own.verdict} onChange={(verdict?: string) => change({ verdict })} options={Object.entries(VERDICTS).map(([value, v]) => ({ value, label: t(v.name) }))} />
        <RegionPicker style={{ width: 200 }} value={own.region} onChange={(region) => change({ region })} />
        <Select aria-label={t('存在问题的指标', 'Violated indicator')} allowClear showSearch={{ optionFilterProp: 'label' }} style={{ width: 260 }} placeholder={t('存在某项问题', 'with a problem in…')} value={own.violates} onChange={(violates?: string) => change({ violates })} options={(standard.data ?? []).map((s) => ({ value: s.id, label: `${s.id} ${t(s.item)}` }))} />
        <Input.Search aria-label={t('渠道名称', 'Channel name')} allowClear style={{ width: 240 }} placeholder={t('渠道名称', 'Channel name')} defaultValue={own.text ?? ''} onSearch={(text) => change({ text })} />
      </div>
      {list.error === null ? null : <Failed error={list.error} retry={() => void list.refetch()} />}
      <Table size="middle" rowKey="check" loading={list.isFetching} dataSource={list.data?.checks ?? []} locale={{ emptyText: <Nothing>{t('没有符合条件的渠道。', 'No channel fits.')}</Nothing> }}
        pagination={{ current: own.page, total: list.data?.total ?? 0, pageSize: 50, showSizeChanger: false, onChange: (page) => change({ page: String(page) }), showTotal: (n) => t(`共 ${n} 个`, `${n} in all`) }}
        columns={[
          { title: t('渠道', 'Channel'), render: (_, c) => <Link to={`/checks/${c.check}`}>{c.name}</Link> },
          { title: t('类型', 'Kind'), width: 130, render: (_, c) => (isKind(c.kind) ? t(KINDS[c.kind].name) : c.kind) },
          { title: t('地区', 'Region'), width: 120, dataIndex: 'region' },
          { title: t('结论', 'Verdict'), width: 130, render: (_, c) => <Tag color={VERDICTS[c.verdict].colour}>{t(VERDICTS[c.verdict].name)}</Tag> },
          { title: t('否决项', 'Vetoes'), width: 140, render: (_, c) => c.vetoes.join(' ') || '–' },
          { title: t('得分(最低—最高)', 'Score, worst to best'), width: 160, align: 'right', className: 'number', render: (_, c) => (c.worst === null || c.best === null ? '–' : c.worst === c.best ? c.worst.toFixed(2) : `${c.worst.toFixed(2)} — ${c.best.toFixed(2)}`) },
          { title: t('问题数', 'Problems'), width: 90, align: 'right', className: 'number', dataIndex: 'problems' },
        ]} />
    </>
  )
}
