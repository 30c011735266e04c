import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import type { ECharts, EChartsCoreOption } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { FONTS } from '../fonts.ts'
import { useWords } from '../shell/language.tsx'

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer])

/** A chart that follows its own width. What it shows is said beside it in words or a table: to readers it is a picture. */
export default function ChartCanvas({ option, height, onPoint }: { option: EChartsCoreOption; height: number; onPoint?: (series: string, index: number) => void }) {
  const { language } = useWords()
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
  // A canvas inherits no font: the page's own is said again.
  useEffect(() => { chart.current?.setOption({ animation: false, textStyle: { fontFamily: FONTS[language] }, ...option }, { notMerge: true }) }, [option, language])
  return <div ref={box} style={{ height }} aria-hidden="true" />
}
