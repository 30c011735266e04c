import { Table, Tag } from 'antd'
import { Link } from 'react-router'
import { useApi } from '../../api/use.ts'
import { Count, Figure, Percent } from '../../parts/figures.tsx'
import { Failed, Loading, Nothing } from '../../parts/states.tsx'
import { minuteOf } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import { AsOf, useAsOf } from './as-of.tsx'

/** 周调度: what the week brought, the ranking, who is behind and why, what waits longest. */
export function WeeklyView({ name }: { name: string }) {
  const { t } = useWords()
  const asOf = useAsOf()
  const { data, error, isFetching, refetch } = useApi('/api/campaigns/:name/weekly', { params: { name }, query: asOf.query })
  if (error !== null && data === undefined) return <Failed error={error} retry={() => void refetch()} />
  if (data === undefined) return <Loading />
  const n = (x: number): string => x.toLocaleString('en')
  const members = (figure: string, region = ''): string => `/campaign/members?name=${encodeURIComponent(name)}&figure=${figure}${region === '' ? '' : `&region=${region}`}${asOf.link}`
  const behind = data.regions.filter((r) => r.behind)
  return (
    <>
      <div className="figures-row">
        <Figure name={t('本周清理', 'Removed this week')} value={n(data.totals.removedThisWeek)} />
        <Figure name={t('累计清理', 'Removed in all')} value={n(data.totals.removed)} to={members('removed')} />
        <Figure name={t('现有', 'Remaining')} value={n(data.totals.remaining)} to={members('remaining')} />
        <Figure name={t('清理率', 'Rate')} value={data.totals.rate === null ? '–' : `${data.totals.rate.toFixed(2)}%`} note={t(`中位数 ${data.median === null ? '–' : `${data.median.toFixed(2)}%`}`, `median ${data.median === null ? '–' : `${data.median.toFixed(2)}%`}`)} />
        <Figure name={t('进度靠后', 'Regions behind')} value={String(behind.length)} />
        <Figure name={t('逾期文书', 'Overdue documents')} value={n(data.overdue.length)} to="/orders?overdue=true" />
      </div>
      <div className="narrow"><AsOf /><span className="quiet" style={{ alignSelf: 'center' }}>{t(`${minuteOf(data.from)} 至 ${minuteOf(data.until)};${data.rounding.zh}`, `${minuteOf(data.from)} to ${minuteOf(data.until)}; ${data.rounding.en}`)}</span></div>
      <h2 className="section">{t('各地排名', 'Ranking')}</h2>
      <Table size="middle" rowKey="region" loading={isFetching} dataSource={data.regions} pagination={false} scroll={{ x: 980 }} columns={[
        { title: t('名次', 'Rank'), dataIndex: 'rank', width: 64, align: 'right' },
        { title: t('地区', 'Region'), dataIndex: 'regionName', width: 120 },
        { title: t('基线', 'Baseline'), align: 'right', width: 90, render: (_, r) => <Count n={r.baseline} to={members('baseline', r.region)} /> },
        { title: t('本周清理', 'This week'), dataIndex: 'removedThisWeek', align: 'right', width: 90, render: (x: number) => <span className="number">{x > 0 ? `+${n(x)}` : n(x)}</span> },
        { title: t('累计清理', 'Removed'), align: 'right', width: 90, render: (_, r) => <Count n={r.removed} to={members('removed', r.region)} /> },
        { title: t('现有', 'Remaining'), align: 'right', width: 90, render: (_, r) => <Count n={r.remaining} to={members('remaining', r.region)} /> },
        { title: t('清理率', 'Rate'), width: 180, render: (_, r) => <Percent value={r.rate} /> },
        { title: t('待研判', 'Undecided'), align: 'right', width: 90, render: (_, r) => <Count n={r.undecided} to={`/review?view=open&region=${r.region}`} /> },
        { title: t('逾期', 'Overdue'), align: 'right', width: 80, render: (_, r) => <Count n={r.overdueOrders} to={`/orders?overdue=true&region=${r.region}`} /> },
        { title: t('进度', 'Pace'), render: (_, r) => (r.behind ? <><Tag color="orange">{t('靠后', 'behind')}</Tag>{r.reasons.map((x) => t(x)).join(t(';', '; '))}</> : <span className="quiet">{t('正常', 'in pace')}</span>) },
      ]} />
      <h2 className="section">{t('等待最久的候选', 'Waiting longest for a decision')}</h2>
      <Table size="small" rowKey="candidate" dataSource={data.oldest} pagination={false} locale={{ emptyText: <Nothing>{t('没有待研判的候选。', 'Nothing waits.')}</Nothing> }} columns={[
        { title: t('渠道', 'Channel'), render: (_, o) => <Link to={`/review?view=all&id=${o.candidate}`}>{o.name}</Link> },
        { title: t('地区', 'Region'), dataIndex: 'regionName', width: 140 },
        { title: t('主要问题', 'Main problem'), render: (_, o) => (o.clause === null ? '–' : t(o.clause)) },
        { title: t('已等待', 'Waiting'), dataIndex: 'days', width: 110, align: 'right', render: (d: number) => <span className="number">{t(`${d} 天`, `${d} days`)}</span> },
      ]} />
      <h2 className="section">{t('逾期文书', 'Overdue documents')}</h2>
      <Table size="small" rowKey="id" dataSource={data.overdue} pagination={{ pageSize: 20, hideOnSinglePage: true }} locale={{ emptyText: <Nothing>{t('没有逾期文书。', 'None is overdue.')}</Nothing> }} columns={[
        { title: t('文号', 'Number'), dataIndex: 'number', render: (number: string, o) => <Link to={`/review?view=all&id=${o.candidate}`}>{number}</Link> },
        { title: t('渠道', 'Channel'), render: (_, o) => o.channel.name },
        { title: t('单位', 'Unit'), dataIndex: 'organisation', render: (x: string | null) => x ?? '–' },
        { title: t('期限', 'Due'), dataIndex: 'deadline', width: 120, render: (d: string) => <span className="number late">{d}</span> },
      ]} />
    </>
  )
}
