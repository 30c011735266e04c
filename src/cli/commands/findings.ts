import type { Command } from 'commander'
import { z } from 'zod'
import { listFindings, listWork, recordFinding } from '../../check/index.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { both, print, printJson, say } from '../output.ts'
import { onEngine } from '../session.ts'
import { momentOf, numbers } from '../text/arguments.ts'
import { table } from '../text/table.ts'
import { scopeOf } from './check.ts'

type Recording = { channel: string; indicator: string; by: string; answers: string; evidence?: string[]; standard?: string; at?: string; on?: string; places?: string; note?: string }

/** findings record · findings list · findings work: what people found when they looked, and what waits for them. */
export function findingsCommands(program: Command): void {
  const findings = program.command('findings').description('what people found, indicator by indicator 人工核查')

  findings.command('record')
    .description('record what a named person found 录入核查结果')
    .requiredOption('--channel <id>')
    .requiredOption('--indicator <id>')
    .requiredOption('--by <name>', 'who looked 核查人')
    .requiredOption('--answers <json>', 'answers to the questions of the form, e.g. {"found":true}')
    .option('--evidence <sha...>', 'SHA-256 of what shows it 证据')
    .option('--places <json>', '[{"question","url","note"}]')
    .option('--standard <id>')
    .option('--at <iso>', 'when they looked; now unless given 核查时间')
    .option('--on <day>', 'the day for which it holds 适用日期')
    .option('--note <text>')
    .action(onEngine<Recording>(async ({ ctx, json }, o) => {
      const [channel = 0] = numbers('--channel', o.channel)
      const done = await recordFinding({
        ctx,
        input: {
          channel, indicator: o.indicator, by: o.by, answers: parsed('--answers', o.answers, z.record(z.string(), z.union([z.boolean(), z.number()]))),
          evidence: (o.evidence ?? []).flatMap((e) => e.split(',')).filter((e) => e !== ''),
          ...(o.places === undefined ? {} : { places: parsed('--places', o.places, z.array(z.object({ question: z.string(), url: z.string().optional(), note: z.string() }))) }),
          ...(o.standard === undefined ? {} : { standard: o.standard }),
          ...(o.at === undefined ? {} : { at: momentOf('--at', o.at) }),
          ...(o.on === undefined ? {} : { on: o.on }),
          ...(o.note === undefined ? {} : { note: o.note }),
        },
      })
      for (const sha of done.unknown_evidence) await say(both({ zh: `本系统未留存证据 ${sha},请自行保管`, en: `no bytes are kept here for ${sha}: keep them yourself` }))
      if (json) return printJson(done)
      await say(both({ zh: `已录入核查结果 ${done.id}`, en: `finding ${done.id} is recorded` }))
    }))

  findings.command('list')
    .description('signed findings, the newest first 核查记录')
    .option('--channels <ids>')
    .option('--indicator <id>')
    .action(onEngine<{ channels?: string; indicator?: string }>(async ({ ctx, json }, { channels, indicator }) => {
      const rows = await listFindings({ ctx, input: { ...(channels === undefined ? {} : { channels: numbers('--channels', channels) }), ...(indicator === undefined ? {} : { indicator }) } })
      if (json) return printJson(rows)
      await print(table(['编号 id', '渠道 channel', '指标 indicator', '核查人 by', '适用日期 on', '答案 answers', '完好 intact'], rows.map((r) => [String(r.id), r.channel.name, r.indicator, r.by, r.on, JSON.stringify(r.answers), r.intact ? '✓' : '✗'])))
    }))

  findings.command('work')
    .description('what waits for a person’s eye 待人工核查清单')
    .option('--channels <ids>')
    .option('--all')
    .option('--standard <id>')
    .option('--as-of <iso>')
    .option('--limit <n>')
    .action(onEngine<{ channels?: string; all?: boolean; standard?: string; asOf?: string; limit?: string }>(async ({ ctx, json }, o) => {
      const work = await listWork({ ctx, input: { ...scopeOf(o), ...(o.limit === undefined ? {} : { limit: numbers('--limit', o.limit)[0] }) } })
      if (json) return printJson(work)
      await print(table(['渠道 channel', '指标 indicator', '问题 questions', '线索 leads'], work.items.map((i) => [i.channel.name, i.indicator, i.questions.map((q) => `${q.key}(${q.type === 'yes_no' ? '是/否' : q.most === undefined ? '数' : `0–${q.most}`}): ${q.text.zh}`).join('; '), i.leads.map((l) => l.zh).join('; ') || '–'])))
      if (work.more) await say(both({ zh: '还有更多,请用 --limit 或 --channels', en: 'there are more: use --limit or --channels' }))
    }))
}

function parsed<T>(option: string, text: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(text))
  } catch (error) {
    throw new HuoshuiError('bad_input', { zh: `${option} 不是所要的 JSON:${text}`, en: `${option} is not the JSON that is asked for: ${text}` }, { cause: error })
  }
}
