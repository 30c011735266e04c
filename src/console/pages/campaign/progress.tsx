import { Segmented, Table } from 'antd'
import { KINDS, isKind } from '../../../domain/kinds.ts'
import { useApi } from '../../api/use.ts'
import type { AnswerOf, RouteOf } from '../../api/types.ts'
import { useAddressState } from '../../parts/address-state.ts'
import { Count, Figure, Percent } from '../../parts/figures.tsx'
import { Failed, Loading } from '../../parts/states.tsx'
import { minuteOf } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import { FIGURES, FIGURE_NAMES, GROUP_NAMES } from '../../words/campaign.ts'
import type { FigureName } from '../../words/campaign.ts'
import { AsOf, useAsOf } from './as-of.tsx'

type Report = AnswerOf<RouteOf<'GET', '/api/campaigns/:name/report'>>
type Line = Record<FigureName, number> & { readonly key: string; readonly label: string; readonly second: string; readonly region: string; readonly kind: string; readonly rate: number | null }

/** Lines that have something in common become one; each figure is the sum of theirs, each rate the report’s own. */
function lines({ rows, totals }: Report, by: 'region' | 'kind' | 'both', kindName: (kind: string) => string): Line[] {
  const groups = new Map<string, Report['rows'][number][]>()
  for (const r of rows) { const key = by === 'region' ? r.region : by === 'kind' ? r.kind : `${r.region}:${r.kind}`; groups.set(key, [...groups.get(key) ?? [], r]) }
  return [...groups].flatMap(([key, of]) => {
    const [first] = of
    if (first === undefined) return []
    const sums = Object.fromEntries(FIGURES.map((f) => [f, of.reduce((n, r) => n + r[f], 0)])) as Record<FigureName, number>
    return [{ ...sums, key, label: by === 'kind' ? kindName(first.kind) : first.regionName, second: by === 'both' ? kindName(first.kind) : '', region: by === 'kind' ? '' : first.region, kind: by === 'region' ? '' : first.kind, rate: (by === 'region' ? totals.by_region[first.region]?.rate : by === 'kind' ? totals.by_kind[first.kind]?.rate : first.rate) ?? null }]
  })
}

/** Where the campaign stands, by region and kind; every number leads to its channels. */
export function Progress({ name }: { name: string }) {
  const { t } = useWords()
  const { get, set } = useAddressState()
  const asOf = useAsOf()
  const given = get('by')
  const by = given === 'kind' || given === 'both' ? given : 'region'
  const { data, error, isFetching, refetch } = useApi('/api/campaigns/:name/report', { params: { name }, query: asOf.query })
  if (error !== null && data === undefined) return <Failed error={error} retry={() => void refetch()} />
  if (data === undefined) return <Loading />
  const to = (figure: FigureName, region = '', kind = ''): string => `/campaign/members?name=${encodeURIComponent(name)}&figure=${figure}${region === '' ? '' : `&region=${region}`}${kind === '' ? '' : `&kind=${kind}`}${asOf.link}`
  const n = (x: number): string => x.toLocaleString('en')
  const sum = (f: FigureName): number => data.rows.reduce((all, r) => all + r[f], 0)
  const kindName = (kind: string): string => (isKind(kind) ? t(KINDS[kind].name) : kind)
  const rows = lines(data, by, kindName)
  const groups = Object.entries(data.totals.by_group).filter(([key, g]) => g.baseline > 0 && key !== 'all_media_and_groups')
  return (
    <>
      <div className="figures-row">
        <Figure name={t('清理率', 'Rate of removal')} value={data.totals.rate === null ? '–' : `${data.totals.rate.toFixed(2)}%`} note={t(`${n(data.totals.removed)} / ${n(data.totals.baseline)}`, `${n(data.totals.removed)} of ${n(data.totals.baseline)}`)} />
        {(['baseline', 'removed', 'remaining', 'candidates', 'ordered', 'rectified', 'kept'] as const).map((f) => <Figure key={f} name={t(FIGURE_NAMES[f])} value={n(sum(f))} to={to(f)} />)}
        <Figure name={t('启动后新增', 'Added since')} value={n(data.additions)} note={t('不计入', 'counted apart')} />
      </div>
      {groups.length < 2 ? null : <p>{groups.map(([key, g]) => <span key={key} style={{ marginInlineEnd: 24 }}>{t(GROUP_NAMES[key] ?? { zh: key, en: key })} <span className="number">{n(g.baseline)} → {n(g.remaining)}</span> <Percent value={g.rate} bar={false} /></span>)}</p>}
      <div className="narrow">
        <Segmented value={by} onChange={(v) => set({ by: v })} options={[{ value: 'region', label: t('按地区', 'By region') }, { value: 'kind', label: t('按渠道类型', 'By kind') }, { value: 'both', label: t('地区 × 类型', 'Region × kind') }]} />
        <AsOf />
        <span className="quiet" style={{ alignSelf: 'center' }}>{t(data.rounding)}{t(`;数据截至 ${minuteOf(data.as_of)}`, `; as of ${minuteOf(data.as_of)}`)}</span>
      </div>
      <Table<Line> size="middle" rowKey="key" loading={isFetching} dataSource={rows} pagination={rows.length > 100 ? { pageSize: 100, showSizeChanger: false } : false} scroll={{ x: 1180 }} sticky className="counted"
        columns={[
          { title: by === 'kind' ? t('渠道类型', 'Kind') : t('地区', 'Region'), width: 130, fixed: 'left', render: (_, l) => <>{l.label}{l.second === '' ? null : <span className="quiet"> {l.second}</span>}</>, sorter: (a, b) => a.key.localeCompare(b.key) },
          { title: t('清理率', 'Rate'), width: 170, render: (_, l) => <Percent value={l.rate} />, sorter: (a, b) => (a.rate ?? -1) - (b.rate ?? -1) },
          ...FIGURES.map((f) => ({ title: t(FIGURE_NAMES[f]), key: f, align: 'right' as const, width: 88, render: (_: unknown, l: Line) => <Count n={l[f]} to={to(f, l.region, l.kind)} /> })),
        ]}
        summary={() => <Table.Summary.Row><Table.Summary.Cell index={0}><b>{t('合计', 'Total')}</b></Table.Summary.Cell><Table.Summary.Cell index={1}><b><Percent value={data.totals.rate} /></b></Table.Summary.Cell>{FIGURES.map((f, i) => <Table.Summary.Cell key={f} index={i + 2} align="right"><b><Count n={sum(f)} to={to(f)} /></b></Table.Summary.Cell>)}</Table.Summary.Row>} />
    </>
  )
}
