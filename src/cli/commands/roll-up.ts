import type { Command } from 'commander'
import { rollUp } from '../../history/index.ts'
import type { RolledUp } from '../../history/index.ts'
import type { Text } from '../../domain/text.ts'
import { both, print, printJson, say } from '../output.ts'
import { onEngine } from '../session.ts'

/** roll-up [--dry-run]: observations older than HUOSHUI_KEEP_MONTHS, into months. */
export function rollUpCommand(program: Command): void {
  program.command('roll-up').description('observations older than HUOSHUI_KEEP_MONTHS into months 归并旧观测记录')
    .option('--dry-run', 'say what would be done, and do nothing 只预览')
    .action(onEngine<{ dryRun?: boolean }>(async ({ ctx, config, json }, { dryRun }) => {
      const done = await rollUp({ ctx, config, input: { dryRun: dryRun === true } })
      if (json) return printJson({ keepMonths: config.keepMonths, ...done })
      for (const m of done.months) await print(`${m.month.slice(0, 7)} ${m.observations}`)
      await say(both(summary(done, config.keepMonths)))
    }))
}

function summary({ months, before, dropped, kept, dryRun }: RolledUp, keepMonths: number): Text {
  if (keepMonths === 0) return { zh: '观测记录永久保留(HUOSHUI_KEEP_MONTHS=0)', en: 'observations are kept for ever (HUOSHUI_KEEP_MONTHS=0)' }
  if (months.length === 0) return { zh: `没有早于 ${keepMonths} 个月、尚未归并的观测记录`, en: `no observations older than ${keepMonths} months are left to roll up` }
  return dryRun
    ? { zh: `将归并 ${before} 之前的观测记录:删除 ${dropped} 行,另有 ${kept} 行仍被引用或需用于判断,予以保留;未作改动`, en: `would roll up what is before ${before}: ${dropped} rows would go, ${kept} stay because something may still be asked of them; nothing was changed` }
    : { zh: `已归并 ${before} 之前的观测记录:删除 ${dropped} 行,另有 ${kept} 行仍被引用或需用于判断,予以保留`, en: `rolled up what is before ${before}: ${dropped} rows went, ${kept} stay because something may still be asked of them` }
}
