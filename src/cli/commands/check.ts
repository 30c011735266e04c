import type { Command } from 'commander'
import { checkJson, diffChecks, diffRuns, drawSample, eachCheck, endingOf, exportCheck, jsonPieces, redrawSample, registerCheck, replaceSample, replayCheck, runCheck, showCheck, tagCheck } from '../../check/index.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { openEvidence } from '../../evidence/index.ts'
import { both, print, printJson, say } from '../output.ts'
import { onEngine } from '../session.ts'
import { momentOf, numberOf, numbers } from '../text/arguments.ts'
import { checkDiffText, runDiffText } from '../text/check-diff.ts'
import { table } from '../text/table.ts'

type CheckOptions = { channels?: string; all?: boolean; standard?: string; asOf?: string; seed?: string; out?: string; json?: boolean }

/** check --channels ID,… | --all · check show|replay|diff|export|sample: the indicators, channel by channel. */
export function checkCommands(program: Command): void {
  const check = program
    .command('check')
    .description('check channels against the indicators 按指标检查')
    .option('--channels <ids>', 'channel numbers, with commas 渠道编号')
    .option('--all', 'every channel of the register 全部渠道')
    .option('--standard <id>', 'edition 版本 (gov-2019)')
    .option('--as-of <iso>', 'monitoring point 监测时间点')
    .option('--seed <text>', 'what samples are drawn by 抽样种子')
    .option('--out <file>', '.xlsx, .csv, .json or .docx')
    .action(onEngine<CheckOptions>(async ({ ctx, config, json }, options) => {
      const scope = scopeOf(options)
      if (options.out !== undefined) endingOf(options.out)
      const sum = await runCheck({
        ctx,
        input: { ...scope, ...(options.seed === undefined ? {} : { seed: options.seed }) },
        progress: (done, of) => void (of > 100 && say(`${done}/${of}`)),
      })
      if (options.out !== undefined) {
        await exportCheck({ ctx, store: openEvidence(config), input: { run: sum.run, file: options.out } })
        await say(both({ zh: `检查批次 ${sum.run}:${sum.checked} 个渠道,已写出 ${options.out}`, en: `run ${sum.run}: ${sum.checked} channels, written to ${options.out}` }))
      }
      if (json) {
        // Thousands of channels are more than one string should hold: the one line is written piece by piece.
        for await (const piece of jsonPieces({ ctx, run: sum.run })) await printPiece(piece)
        return
      }
      if (options.out !== undefined) return
      const rows: string[][] = []
      for await (const stored of eachCheck(ctx.db.sql, sum.run)) {
        const c = checkJson(stored)
        rows.push([String(c.check), String(c.channel.id), c.channel.name, c.verdict, c.score === null ? '–' : `${c.score.worst} ~ ${c.score.best}`, c.vetoes.join(' ') || '–'])
      }
      await print(table(['检查 check', '渠道 channel', '名称 name', '结论 verdict', '得分 score', '否决项 vetoes'], rows))
    }))

  check.command('show').description('one stored check 查看检查').argument('<id>')
    .action(onEngine(async ({ ctx, json }, _options, [id = '']) => {
      const one = await showCheck({ ctx, input: { check: numberOf('ID', id) } })
      if (json) return printJson(one)
      await print(table(['指标', '项目', '结果', '扣分', '问题'], one.results.filter((r) => r.answer !== 'not_applicable').map((r) => [r.id, r.item.zh, r.answer, r.points === null ? '–' : String(r.points), r.problems.zh])))
    }))

  check.command('replay').description('run a stored check again from its facts 重放检查').argument('<id>')
    .action(onEngine(async ({ ctx, json }, _options, [id = '']) => {
      const done = await replayCheck({ ctx, input: { check: numberOf('ID', id) } })
      if (json) return printJson(done)
      await say(both(done.same ? { zh: '结果一致', en: 'it comes out the same' } : { zh: `结果不一致:${done.differ.join('、')}`, en: `it comes out otherwise: ${done.differ.join(', ')}` }))
      if (done.facts.why !== undefined) await say(both(done.facts.why))
      if (done.facts.same === false) await say(both({ zh: `重新采集的事实有变化:${done.facts.changed.join('、')}`, en: `the facts gathered anew differ: ${done.facts.changed.join(', ')}` }))
    }))

  check.command('diff').description('what changed between two checks of a channel, or with --runs between two runs 比较两次检查（或两个批次）').argument('<a>').argument('<b>')
    .option('--runs', 'A and B are runs: what changed by channel and by indicator 比较两个批次')
    .option('--limit <n>', 'changed channels listed, with --runs 列出的渠道数')
    .action(onEngine<{ runs?: boolean; limit?: string }>(async ({ ctx, json }, { runs, limit }, [a = '', b = '']) => {
      const [before, after] = [numberOf('A', a), numberOf('B', b)]
      if (runs === true) {
        const done = await diffRuns({ ctx, input: { before, after, ...(limit === undefined ? {} : { limit: numberOf('--limit', limit) }) } })
        return json ? printJson(done) : print(runDiffText(done))
      }
      const done = await diffChecks({ ctx, input: { before, after } })
      return json ? printJson(done) : print(checkDiffText(done))
    }))

  check.command('register').description('what the register itself shows to be against a rule 台账核查')
    .action(onEngine(async ({ ctx, json }) => {
      const done = await registerCheck({ ctx })
      if (json) return printJson(done)
      await print(table(['规则 rule', '结果 answer', '问题 problem', '渠道 channels', '依据 document'], done.findings.map((f) => [
        f.rule, f.answer === 'violated' ? '不符合' : '待核实', f.what.zh, f.channels.map((c) => `${c.id} ${c.name}`).join('、'), f.document.zh,
      ])))
      await say(both({ zh: `${done.channels} 个渠道,${done.findings.length} 个问题`, en: `${done.channels} channels, ${done.findings.length} findings` }))
    }))

  check.command('tags').description('the page tags of a website, as the probe read them last 网页标签').argument('<channel>')
    .action(onEngine(async ({ ctx, json }, _options, [channel = '']) => {
      const done = await tagCheck({ ctx, input: { channel: numberOf('CHANNEL', channel) } })
      if (json) return printJson(done)
      const states = { ok: '有', missing: '缺', empty: '空', malformed: '格式不对' } as const
      await print(table(['网页 page', '类型 kind', '标签 tag', '状态 state', '内容 content'], done.pages.flatMap((p) => p.tags.filter((t) => t.required || t.state === 'malformed').map((t) => [p.url, p.kind, t.tag, states[t.state], t.note?.zh ?? t.value ?? '']))))
    }))

  check.command('export').description('write a stored run to a file 导出检查批次').argument('<run>')
    .action(onEngine<CheckOptions>(async ({ ctx, config, json }, options, [run = '']) => {
      if (options.out === undefined) throw new HuoshuiError('bad_input', { zh: '请用 --out 指明文件', en: 'say where to with --out' })
      const done = await exportCheck({ ctx, store: openEvidence(config), input: { run: numberOf('RUN', run), file: options.out } })
      if (json) return printJson(done)
      await say(both({ zh: `已写出 ${done.file}`, en: `written to ${done.file}` }))
    }))

  sampleCommands(check)
}

function sampleCommands(check: Command): void {
  const sample = check.command('sample').description('samples that the rules demand 抽样')

  sample.command('draw').description('draw one rule’s sample for a channel 抽取').argument('<channel>').argument('<indicator>')
    .action(onEngine<CheckOptions>(async ({ ctx }, options, [channel = '', name = '']) => {
      const { standard, asOf, seed } = options
      await printJson(await drawSample({ ctx, input: { channel: numberOf('CHANNEL', channel), sample: name, ...(standard === undefined ? {} : { standard }), ...(seed === undefined ? {} : { seed }), ...(asOf === undefined ? {} : { asOf: momentOf('--as-of', asOf) }) } }))
    }))

  sample.command('redraw').description('draw a kept sample again from its seed 复核抽取').argument('<id>')
    .action(onEngine(async ({ ctx }, _options, [id = '']) => printJson(await redrawSample({ ctx, input: { id: numberOf('ID', id) } }))))

  sample.command('replace').description('replace a drawn member, with a reason 更换样本').argument('<id>').argument('<member>')
    .requiredOption('--reason <text>').requiredOption('--by <name>')
    .action(onEngine<{ reason: string; by: string }>(async ({ ctx }, { reason, by }, [id = '', out = '']) => printJson(await replaceSample({ ctx, input: { id: numberOf('ID', id), out, reason, by } }))))
}

/** The channels, standard and moment that a command was given. Throws `bad_input` without channels, or with both kinds. */
export function scopeOf(options: Pick<CheckOptions, 'channels' | 'all' | 'standard' | 'asOf'>): { channels: 'all' | number[]; standard?: string; asOf?: Date } {
  const { channels, all, standard, asOf } = options
  if ((channels === undefined) === (all !== true)) {
    throw new HuoshuiError('bad_input', { zh: '请用 --channels 指明渠道编号,或用 --all 检查全部', en: 'give either --channels with numbers or --all' })
  }
  return {
    channels: channels === undefined ? 'all' : numbers('--channels', channels),
    ...(standard === undefined ? {} : { standard }),
    ...(asOf === undefined ? {} : { asOf: momentOf('--as-of', asOf) }),
  }
}

function printPiece(text: string): Promise<void> {
  return new Promise((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve())))
}
