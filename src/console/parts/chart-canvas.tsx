import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import type { ECharts, EChartsCoreOption } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer])

/** A canvas inherits no font: the page's own, said again. */
const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif'

/** A chart that follows its own width. What it shows is said beside it in words or a table: to readers it is a picture. */
export default function ChartCanvas({ option, height, onPoint }: { option: EChartsCoreOption; height: number; onPoint?: (series: string, index: number) => void }) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts | null>(null)
  const point = useRef(onPoint)
  useEffect(() => { point.current = onPoint })
  useEffect(() => {
    if (box.current === null) return
    const made = init(box.current, null, { renderer: 'canvas' })
    chart.current = made
    made.on('click', (event) => point.current?.(event.seriesName ?? '', event.dataIndex))
    const watch = new ResizeObserver(() => made.resize())
    watch.observe(box.current)
    return () => { watch.disconnect(); made.dispose(); chart.current = null }
  }, [])
  useEffect(() => { chart.current?.setOption({ animation: false, textStyle: { fontFamily: FONT }, ...option }, { notMerge: true }) }, [option])
  return <div ref={box} style={{ height }} aria-hidden="true" />
}
