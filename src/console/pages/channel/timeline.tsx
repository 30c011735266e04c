import { useMemo } from 'react'
import { CHART, Chart } from '../../parts/chart.tsx'
import { Nothing } from '../../parts/states.tsx'
import { When } from '../../parts/when.tsx'
import { useWords } from '../../shell/language.tsx'
import { Panel } from '../overview/figure.tsx'
import type { ChannelFile } from './index.tsx'

/** Half a year, day by day: what it published by the dates its items bear, and when we looked. */
export function Timeline({ of }: { of: ChannelFile }) {
  const { t } = useWords()
  const days = of.timeline
  const names = useMemo(() => ({ items: t('发布', 'Published'), seen: t('巡检看到', 'Looked, seen'), unseen: t('巡检未能观测', 'Looked, not seen') }), [t])
  const option = useMemo(() => {
    const axis = { axisLabel: { color: CHART.quiet }, splitLine: { show: false }, axisLine: { lineStyle: { color: CHART.line } } }
    const time = (pick: (d: (typeof days)[number]) => number) => days.map((d) => [d.on, pick(d)])
    const grids = [{ left: 40, right: 12, top: 30, height: 84 }, { left: 40, right: 12, top: 146, height: 34 }]
    return {
      tooltip: { trigger: 'axis' }, legend: { top: 0, textStyle: { color: CHART.dark } }, grid: grids,
      xAxis: [{ type: 'time', gridIndex: 0, ...axis, axisLabel: { show: false } }, { type: 'time', gridIndex: 1, ...axis, axisLabel: { color: CHART.quiet, hideOverlap: true, formatter: '{MM}-{dd}' } }],
      yAxis: [{ type: 'value', gridIndex: 0, minInterval: 1, axisLabel: { color: CHART.quiet }, splitLine: { lineStyle: { color: CHART.line } } }, { type: 'value', gridIndex: 1, minInterval: 1, axisLabel: { show: false }, splitLine: { show: false } }],
      series: [
        { name: names.items, type: 'bar', xAxisIndex: 0, yAxisIndex: 0, data: time((d) => d.items), itemStyle: { color: CHART.brand }, barWidth: 3 },
        { name: names.seen, type: 'bar', stack: 'looks', xAxisIndex: 1, yAxisIndex: 1, data: time((d) => d.seen), itemStyle: { color: CHART.green }, barWidth: 3 },
        { name: names.unseen, type: 'bar', stack: 'looks', xAxisIndex: 1, yAxisIndex: 1, data: time((d) => d.visits - d.seen), itemStyle: { color: CHART.warm }, barWidth: 3 },
      ],
    }
  }, [days, names])
  const items = days.reduce((n, d) => n + d.items, 0)
  const visits = days.reduce((n, d) => n + d.visits, 0)
  const seen = days.reduce((n, d) => n + d.seen, 0)
  return (
    <Panel title={t('发布与巡检', 'Published and looked at')} note={<>{t('最近巡检', 'last visit')} <When at={of.channel.lastVisitAt} empty={t('尚无', 'none')} /></>}>
      {days.length === 0 ? <Nothing>{t('近半年没有发布或巡检记录。', 'Nothing was published or looked at in half a year.')}</Nothing> : (
        <Chart option={option} height={206} sentence={t(`近半年见到 ${items} 条发布,巡检 ${visits} 次,其中 ${seen} 次取得结果。`, `In half a year: ${items} items, ${visits} visits, ${seen} of which saw it.`)}
          table={<div style={{ maxHeight: 220, overflow: 'auto' }}><table className="plain-table"><thead><tr><th>{t('日期', 'Day')}</th><th>{names.items}</th><th>{t('巡检', 'Visits')}</th><th>{t('取得结果', 'Seen')}</th></tr></thead><tbody>{[...days].reverse().map((d) => <tr key={d.on}><td>{d.on}</td><td>{d.items}</td><td>{d.visits}</td><td>{d.seen}</td></tr>)}</tbody></table></div>} />
      )}
    </Panel>
  )
}
