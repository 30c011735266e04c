import type { Command } from 'commander'
import { watcherFigures } from '../../schedule/index.ts'
import { print, printJson } from '../output.ts'
import { onEngine } from '../session.ts'
import { table } from '../text/table.ts'

/** status: the watcher's own figures and alarms. */
export function statusCommand(program: Command): void {
  program
    .command('status')
    .description('how the watcher itself is 巡检自身状况')
    .action(onEngine(async ({ ctx, json }) => {
      const figures = await watcherFigures({ ctx })
      if (json) return printJson(figures)
      const percent = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(1)} %`)
      await print(table(['', ''], [
        ['在管渠道 channels watched', String(figures.channels)],
        ['从未巡检 never visited', String(figures.neverVisited)],
        ['逾期 overdue', String(figures.overdue)],
        ['最久未巡检 oldest unchecked', figures.oldestUnchecked ?? '–'],
        ['14天覆盖率 covered in 14 days', percent(figures.coverage)],
        ['14天可见率 seen in 14 days', percent(figures.observed)],
        ['24小时失败率 failed in 24 hours', percent(figures.failureShare)],
        ...Object.entries(figures.outcomes).map(([outcome, n]) => [`  ${outcome}`, String(n)]),
        ...figures.alarms.map((a) => [`! ${a.zh}`, a.en]),
      ]))
    }))
}
