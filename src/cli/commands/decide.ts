import type { Command } from 'commander'
import { Option } from 'commander'
import { STATES, STEPS, confirmReturn, decide, decideMany, fileChannel, listFilings, listWatched, showCandidate } from '../../review/index.ts'
import type { Step } from '../../review/index.ts'
import { wholeNumber } from '../inputs.ts'
import { both, print, printJson, say } from '../output.ts'
import { onEngine } from '../session.ts'
import { table } from '../text/table.ts'

/** candidates decide | show | watched | returned | filings | file: what people do with candidates. */
export function decideCommands(candidates: Command): void {
  candidates
    .command('decide')
    .description('take one step with one or many candidates 处置候选')
    .argument('<id...>', 'candidate numbers')
    .addOption(new Option('--step <step>', 'the step').choices(Object.keys(STEPS)).makeOptionMandatory())
    .requiredOption('--reason <text>')
    .option('--deadline <day>', 'YYYY-MM-DD')
    .option('--until <day>', 'last day of an exemption, YYYY-MM-DD')
    .option('--target <channel>', 'number of the channel to merge into')
    .action(onEngine<{ step: Step; reason: string; deadline?: string; until?: string; target?: string }>(async ({ ctx, json }, o, ids) => {
      const rest = {
        step: o.step,
        reason: o.reason,
        ...(o.deadline === undefined ? {} : { deadline: o.deadline }),
        ...(o.until === undefined ? {} : { until: o.until }),
        ...(o.target === undefined ? {} : { target: wholeNumber(o.target, '--target') }),
      }
      const numbers = ids.map((id) => wholeNumber(id, '候选编号 candidate'))
      const [only] = numbers
      const done = numbers.length === 1 && only !== undefined ? [await decide({ ctx, input: { candidate: only, ...rest } })] : await decideMany({ ctx, input: { candidates: numbers, ...rest } })
      if (json) return printJson(done)
      for (const d of done) await say(both({ zh: `候选 ${d.candidate}:${STATES[d.from].zh} → ${STATES[d.to].zh}`, en: `candidate ${d.candidate}: ${STATES[d.from].en} → ${STATES[d.to].en}` }))
    }))

  candidates
    .command('show')
    .description('one candidate with every step of both sides 查看候选')
    .argument('<id>')
    .action(onEngine(async ({ ctx, json }, _, [id]) => {
      const file = await showCandidate({ ctx, input: { id: wholeNumber(id, '候选编号 candidate') } })
      if (json) return printJson(file)
      await print(`${file.channel.name} ${file.channel.address}\n${file.rule} ${file.clause.zh}\n${file.state} → ${file.legal.join(', ')}`)
      await print(table(['时间 at', '人员 actor', '步骤 step', '理由 reason'], file.steps.map((s) => [s.at, s.actor.name, s.step, s.reason])))
    }))

  candidates
    .command('watched')
    .description('channels shut or merged, and what was seen of them since 关停后跟踪')
    .option('--returned', 'only those that publish again 只看死灰复燃的')
    .action(onEngine<{ returned?: boolean }>(async ({ ctx, json }, o) => {
      const rows = await listWatched({ ctx, input: { returnedOnly: o.returned === true } })
      if (json) return printJson(rows)
      await print(table(['编号 id', '名称 name', '状态 state', '关停于 ended', '复活 returned', '最近更新 newest', '公告 announcement'], rows.map((r) => [
        String(r.channel), r.name, r.state, r.endedAt.slice(0, 10), r.returned ? '是 yes' : '–', r.newest ?? '–', r.announcement ?? '–',
      ])))
    }))

  candidates
    .command('returned')
    .description('confirm that a shut or merged channel lives again 确认死灰复燃')
    .argument('<channel>')
    .requiredOption('--reason <text>')
    .action(onEngine<{ reason: string }>(async ({ ctx, json }, o, [id]) => {
      const done = await confirmReturn({ ctx, input: { channel: wholeNumber(id, '渠道编号 channel'), reason: o.reason } })
      if (json) return printJson(done)
      await say(both({ zh: `渠道 ${done.channel} 已恢复巡检`, en: `channel ${done.channel} is active again` }))
    }))

  candidates
    .command('filings')
    .description('filing of what is kept 登记备案')
    .option('--incomplete', 'only those that lack something 只看不完整的')
    .action(onEngine<{ incomplete?: boolean }>(async ({ ctx, json }, o) => {
      const rows = await listFilings({ ctx, input: { incompleteOnly: o.incomplete === true } })
      if (json) return printJson(rows)
      await print(table(['编号 id', '名称 name', '备案编号 number', '备案日期 filed', '审核人 reviewed by', '缺项 lacking'], rows.map((r) => [
        String(r.channel), r.name, r.number ?? '–', r.filedOn ?? '–', r.reviewedBy ?? '–', r.lacking.join(', ') || '–',
      ])))
    }))

  candidates
    .command('file')
    .description('file a channel that is kept 备案')
    .argument('<channel>')
    .requiredOption('--number <number>', '备案编号')
    .requiredOption('--reviewed-by <name>', '审核人')
    .option('--filed-on <day>', 'YYYY-MM-DD; today unless given')
    .action(onEngine<{ number: string; reviewedBy: string; filedOn?: string }>(async ({ ctx, json }, o, [id]) => {
      const done = await fileChannel({ ctx, input: { channel: wholeNumber(id, '渠道编号 channel'), number: o.number, reviewedBy: o.reviewedBy, ...(o.filedOn === undefined ? {} : { filedOn: o.filedOn }) } })
      if (json) return printJson(done)
      await say(both({ zh: `渠道 ${done.channel} 已备案 ${done.number}`, en: `channel ${done.channel} is filed as ${done.number}` }))
    }))
}
