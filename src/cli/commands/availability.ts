import type { Command } from 'commander'
import { listWeeks, startWeek, stopWeek } from '../../visit/week/index.ts'
import { both, print, printJson, say } from '../output.ts'
import { onEngine } from '../session.ts'
import { table } from '../text/table.ts'

type Selected = { all?: true; region?: string; organisation?: string; reason?: string }

const selectionOf = (options: Selected, ids: readonly string[]): Record<string, unknown> => ({
  ...(options.all === true ? { all: true } : {}),
  ...(options.region === undefined ? {} : { region: options.region }),
  ...(options.organisation === undefined ? {} : { organisation: options.organisation }),
  ...(ids.length === 0 ? {} : { ids: [...ids] }),
})

/** availability start|stop|show: websites under a week's watch (站点无法访问). */
export function availabilityCommands(program: Command): void {
  const availability = program.command('availability').description('websites under a week’s watch 站点无法访问监测周')
  const selecting = (command: Command): Command => command
    .argument('[channel...]', 'channel numbers')
    .option('--all', 'every active website 全部网站')
    .option('--region <code>', 'websites of a region and all below it 地区')
    .option('--organisation <id>', 'websites of one unit 单位')
    .option('--reason <text>')

  selecting(availability.command('start').description('put a selection under watch, from the next midnight on 开始监测'))
    .option('--from <day>', 'first day, in China 首日')
    .option('--days <n>', 'whole days, at least 7 天数', '7')
    .option('--visits <n>', 'looks a day, 20 to 96 每天次数', '24')
    .option('--vantages <n>', '2: a failure counts once a second vantage saw it; 1: our own word is enough 复核出口数', '2')
    .action(onEngine<Selected & { from?: string; days: string; visits: string; vantages: string }>(async ({ ctx, config, json }, options, ids) => {
      const done = await startWeek({ ctx, input: {
        selection: selectionOf(options, ids), days: options.days, visitsPerDay: options.visits, vantages: options.vantages,
        ...(options.from === undefined ? {} : { from: options.from }), ...(options.reason === undefined ? {} : { reason: options.reason }),
      } })
      if (json) return printJson(done)
      await say(both({
        zh: `${done.started} 个网站自 ${done.from} 起监测 ${done.days} 天,每天 ${done.visitsPerDay} 次(另有 ${done.running} 个已在监测)`,
        en: `${done.started} websites are watched from ${done.from} for ${done.days} days, ${done.visitsPerDay} looks a day (${done.running} more are under watch already)`,
      }))
      if (done.vantages > 1 && config.secondVantage === undefined) {
        await say(both({
          zh: '未配置第二出口(HUOSHUI_SECOND_VANTAGE):除非另一出口的工作进程复核,打不开的访问不计入结论',
          en: 'no second vantage is set (HUOSHUI_SECOND_VANTAGE): unless a worker with another way out looks again, failures decide nothing',
        }))
      }
    }))

  selecting(availability.command('stop').description('end running weeks; what was seen is kept 停止监测'))
    .action(onEngine<Selected>(async ({ ctx, json }, options, ids) => {
      const done = await stopWeek({ ctx, input: { selection: selectionOf(options, ids), ...(options.reason === undefined ? {} : { reason: options.reason }) } })
      if (json) return printJson(done)
      await say(both({ zh: `已停止 ${done.stopped} 个监测周`, en: `${done.stopped} weeks were ended` }))
    }))

  availability
    .command('show')
    .description('weeks with their figures: what counts, what failed, what was taken out 查看监测结果')
    .argument('[channel]', 'channel number')
    .option('--state <state>', 'running | done | stopped')
    .option('--limit <n>', '', '50')
    .option('--offset <n>', '', '0')
    .action(onEngine<{ state?: 'running' | 'done' | 'stopped'; limit: string; offset: string }>(async ({ ctx, json }, options, [channel]) => {
      const found = await listWeeks({ ctx, input: { limit: options.limit, offset: options.offset, ...(options.state === undefined ? {} : { state: options.state }), ...(channel === undefined ? {} : { channel }) } })
      if (json) return printJson(found)
      await print(table(
        ['渠道 channel', '网站 website', '自 from', '状态 state', '次数 looks', '计入 counted', '打不开 failed', '百分比 %', '本机网络 own', '被拦 barred', '别处能开 elsewhere', '未复核 unconfirmed', '结论 W2'],
        found.weeks.map((w) => [String(w.channelId), w.name, w.from, w.state, `${w.made}/${w.planned}`, String(w.figures.counted), String(w.figures.failed), w.figures.percent === null ? '–' : String(w.figures.percent),
          String(w.figures.ownNetwork), String(w.figures.barred), String(w.figures.openElsewhere), String(w.figures.unconfirmed), w.answer]),
      ))
      await say(both({ zh: `共 ${found.total} 个监测周`, en: `${found.total} weeks in all` }))
    }))
}
