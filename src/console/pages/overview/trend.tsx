import { useMemo } from 'react'
import { Link, useNavigate } from 'react-router'
import { useApi } from '../../api/use.ts'
import { CHART, Chart } from '../../parts/chart.tsx'
import { Failed, Loading } from '../../parts/states.tsx'
import { useWords } from '../../shell/language.tsx'
import { Panel } from './figure.tsx'
import { channelsAt } from './links.ts'

/** Candidates opened, settled and standing, and channels removed, week by week. */
export function Trend({ region }: { region: string | undefined }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const { data, error, refetch } = useApi('/api/overview/trend', { query: region === undefined ? {} : { region } })
  const names = useMemo(() => ({ opened: t('新发现', 'Opened'), settled: t('办结', 'Settled'), open: t('周末待处置', 'Open at week’s end'), removed: t('关停整合', 'Closed or merged') }), [t])
  const option = useMemo(() => {
    const weeks = data ?? []
    const axis = { axisLine: { lineStyle: { color: CHART.line } }, axisTick: { show: false }, axisLabel: { color: CHART.quiet } }
    return {
      grid: { left: 44, right: 50, top: 34, bottom: 24 }, tooltip: { trigger: 'axis' }, legend: { top: 0, textStyle: { color: CHART.dark } },
      xAxis: { type: 'category', data: weeks.map((w) => w.from.slice(5)), ...axis },
      yAxis: [{ type: 'value', minInterval: 1, splitLine: { lineStyle: { color: CHART.line } }, axisLabel: { color: CHART.quiet } }, { type: 'value', minInterval: 1, splitLine: { show: false }, axisLabel: { color: CHART.quiet } }],
      series: [
        { name: names.opened, type: 'bar', data: weeks.map((w) => w.opened), itemStyle: { color: CHART.warm }, barMaxWidth: 14 },
        { name: names.settled, type: 'bar', data: weeks.map((w) => w.settled), itemStyle: { color: CHART.green }, barMaxWidth: 14 },
        { name: names.removed, type: 'bar', data: weeks.map((w) => w.removed), itemStyle: { color: CHART.grey }, barMaxWidth: 14 },
        { name: names.open, type: 'line', yAxisIndex: 1, data: weeks.map((w) => w.open), itemStyle: { color: CHART.brand }, symbolSize: 6 },
      ],
    }
  }, [data, names])
  const last = data?.at(-1)
  const first = data?.[0]
  const filters = (series: string, w: { from: string; to: string }): Record<string, string> => (series === names.opened ? { openedFrom: w.from, openedTo: w.to } : series === names.settled ? { settledFrom: w.from, settledTo: w.to } : series === names.removed ? { removedFrom: w.from, removedTo: w.to } : { openOn: w.to })
  const open = (series: string, index: number): void => {
    const week = data?.[index]
    if (week !== undefined) void navigate(channelsAt(region, filters(series, week)))
  }
  return (
    <Panel title={t('每周趋势', 'Week by week')} note={t('点击柱子查看名单', 'click a bar for its channels')}>
      {error === null ? null : <Failed error={error} retry={() => void refetch()} />}
      {data === undefined || last === undefined || first === undefined ? <Loading /> : (
        <Chart option={option} height={260} onPoint={open}
          sentence={t(`近${data.length}周:待处置由 ${first.open.toLocaleString('en-US')} 到 ${last.open.toLocaleString('en-US')};本周新发现 ${last.opened},办结 ${last.settled}。`, `${data.length} weeks: open candidates went from ${first.open.toLocaleString('en-US')} to ${last.open.toLocaleString('en-US')}; this week ${last.opened} opened, ${last.settled} settled.`)}
          table={(
            <table className="plain-table"><thead><tr><th>{t('周(起)', 'Week from')}</th><th>{names.opened}</th><th>{names.settled}</th><th>{names.removed}</th><th>{names.open}</th></tr></thead>
              <tbody>{data.map((w) => <tr key={w.from}><td>{w.from}</td><td><Link to={channelsAt(region, { openedFrom: w.from, openedTo: w.to })}>{w.opened}</Link></td><td><Link to={channelsAt(region, { settledFrom: w.from, settledTo: w.to })}>{w.settled}</Link></td><td><Link to={channelsAt(region, { removedFrom: w.from, removedTo: w.to })}>{w.removed}</Link></td><td><Link to={channelsAt(region, { openOn: w.to })}>{w.open}</Link></td></tr>)}</tbody></table>
          )} />
      )}
    </Panel>
  )
}
