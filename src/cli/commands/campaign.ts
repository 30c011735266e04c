import type { Command } from 'commander'
import { Option } from 'commander'
import { FIGURES, ROUNDING, listMembers, reportCampaign, startCampaign, weeklyDispatch, writeBulletin } from '../../campaign/index.ts'
import type { Counts, Figure } from '../../campaign/index.ts'
import { KINDS, isKind } from '../../domain/kinds.ts'
import type { Kind } from '../../domain/kinds.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { listOf, moment, percentage } from '../inputs.ts'
import { both, print, printJson, say } from '../output.ts'
import { onEngine } from '../session.ts'
import { table } from '../text/table.ts'

const percent = (n: number | null): string => (n === null ? '–' : n.toFixed(2))
const nameOf = (kind: string): string => (isKind(kind) ? KINDS[kind].name.zh : kind)

/** campaign start | report | members | weekly | bulletin: a clean-up with a frozen baseline. */
export function campaignCommands(program: Command): void {
  const campaign = program.command('campaign').description('a clean-up with a frozen baseline 专项行动')

  campaign
    .command('start')
    .description('freeze the baseline and start 启动并冻结基线')
    .requiredOption('--name <name>')
    .option('--regions <codes>', 'region codes, comma-separated; all unless given 地区代码')
    .option('--kinds <kinds>', 'kind ids, comma-separated; all unless given 渠道类型')
    .option('--target <rate>', 'percent to be removed 目标清理率')
    .action(onEngine<{ name: string; regions?: string; kinds?: string; target?: string }>(async ({ ctx, json }, o) => {
      const target = o.target === undefined ? {} : { targetRate: percentage(o.target, '--target') }
      const done = await startCampaign({ ctx, input: { name: o.name, regions: listOf(o.regions), kinds: listOf(o.kinds).map(kindOf), ...target } })
      if (json) return printJson(done)
      await say(both({ zh: `专项行动“${done.name}”已启动,基线 ${done.baseline} 个渠道`, en: `campaign ${done.name} has started with ${done.baseline} channels` }))
    }))

  campaign
    .command('report')
    .description('progress by city and kind 进展')
    .requiredOption('--name <name>')
    .option('--as-of <iso>', 'as it stood then; a day means its end 截至')
    .addOption(new Option('--rounding <rule>', 'how percentages are cut').choices(Object.keys(ROUNDING)))
    .action(onEngine<{ name: string; asOf?: string; rounding?: keyof typeof ROUNDING }>(async ({ ctx, json }, o) => {
      const asOf = moment(o.asOf)
      const report = await reportCampaign({ ctx, input: { name: o.name, ...(asOf === undefined ? {} : { asOf }), ...(o.rounding === undefined ? {} : { rounding: o.rounding }) } })
      if (json) return printJson(report)
      const cells = (c: Counts): string[] => [String(c.baseline), String(c.remaining), String(c.removed), percent(c.rate)]
      await print(table(['地区 region', '类型 kind', '基线 baseline', '现有 remaining', '清理 removed', '清理率% rate'], [
        ...report.rows.map((r) => [r.regionName, nameOf(r.kind), ...cells(r)]),
        ['合计 total', '', ...cells(report.totals)],
      ]))
      await say(both(report.rounding))
    }))

  campaign
    .command('members')
    .description('the channels behind a number of the report 数字背后的渠道')
    .requiredOption('--name <name>')
    .addOption(new Option('--figure <figure>', 'which number').choices(Object.keys(FIGURES)).makeOptionMandatory())
    .option('--region <code>')
    .option('--kind <kind>')
    .option('--as-of <iso>')
    .action(onEngine<{ name: string; figure: Figure; region?: string; kind?: string; asOf?: string }>(async ({ ctx, json }, o) => {
      const asOf = moment(o.asOf)
      const rows = await listMembers({ ctx, input: { name: o.name, figure: o.figure, ...(o.region === undefined ? {} : { region: o.region }), ...(o.kind === undefined ? {} : { kind: kindOf(o.kind) }), ...(asOf === undefined ? {} : { asOf }) } })
      if (json) return printJson(rows)
      await print(table(['编号 id', '地区 region', '类型 kind', '名称 name', '主要问题 problem'], rows.map((m) => [String(m.channel), m.regionName, nameOf(m.kind), m.name, m.problem ?? '–'])))
    }))

  campaign
    .command('weekly')
    .description('what changed in seven days, the ranking, who is behind and why 周调度')
    .requiredOption('--name <name>')
    .option('--as-of <iso>')
    .action(onEngine<{ name: string; asOf?: string }>(async ({ ctx, json }, o) => {
      const asOf = moment(o.asOf)
      const week = await weeklyDispatch({ ctx, input: { name: o.name, ...(asOf === undefined ? {} : { asOf }) } })
      if (json) return printJson(week)
      await print(table(['名次 rank', '地区 region', '清理率% rate', '本周 week', '待研判 undecided', '逾期 overdue', '进度 pace'], week.regions.map((r) => [
        String(r.rank), r.regionName, percent(r.rate), String(r.removedThisWeek), String(r.undecided), String(r.overdueOrders), r.behind ? r.reasons.map((x) => x.zh).join(';') : '–',
      ])))
    }))

  campaign
    .command('bulletin')
    .description('the bulletin with its annex of failing channels 通报')
    .requiredOption('--name <name>')
    .requiredOption('--out <file>', '.docx, .xlsx, .csv or .json')
    .option('--as-of <iso>')
    .action(onEngine<{ name: string; out: string; asOf?: string }>(async ({ ctx, json }, o) => {
      const asOf = moment(o.asOf)
      const b = await writeBulletin({ ctx, input: { name: o.name, file: o.out, ...(asOf === undefined ? {} : { asOf }) } })
      if (json) return printJson({ file: o.out, overall: b.overall, failing: b.failing.length })
      await say(both({ zh: `通报已写入 ${o.out},不合格 ${b.failing.length} 个`, en: `bulletin written to ${o.out}; ${b.failing.length} channels fail` }))
    }))
}

export function kindOf(text: string): Kind {
  if (isKind(text)) return text
  throw new HuoshuiError('bad_input', { zh: `没有渠道类型 ${JSON.stringify(text)},可用 kinds 命令查看`, en: `there is no kind ${JSON.stringify(text)}; the command kinds lists them` })
}
