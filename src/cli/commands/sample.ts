import type { Command } from 'commander'
import { Option } from 'commander'
import { drawSample, enterCrawled, enterResult, reportSample } from '../../campaign/index.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { listOf, percentage, wholeNumber } from '../inputs.ts'
import { both, print, printJson, say } from '../output.ts'
import { onEngine } from '../session.ts'
import { table } from '../text/table.ts'
import { kindOf } from './campaign.ts'

const percent = (n: number | null): string => (n === null ? '–' : `${n}%`)

/** sample draw | enter | report: reproducible spot checks. */
export function sampleCommands(program: Command): void {
  const sample = program.command('sample').description('reproducible spot checks 抽查')

  sample
    .command('draw')
    .description('draw at least a share of every city and kind 抽样')
    .requiredOption('--name <name>')
    .requiredOption('--seed <seed>', 'the same seed draws the same channels 种子')
    .requiredOption('--share <percent>', 'of each stratum, at least 每层比例')
    .option('--regions <codes>')
    .option('--kinds <kinds>')
    .action(onEngine<{ name: string; seed: string; share: string; regions?: string; kinds?: string }>(async ({ ctx, json }, o) => {
      const done = await drawSample({ ctx, input: { name: o.name, seed: o.seed, share: percentage(o.share, '--share'), regions: listOf(o.regions), kinds: listOf(o.kinds).map(kindOf) } })
      if (json) return printJson(done)
      await say(both({ zh: `从 ${done.population} 个渠道中抽取 ${done.drawn} 个`, en: `${done.drawn} of ${done.population} channels were drawn` }))
    }))

  sample
    .command('enter')
    .description('enter results: one channel’s by hand, or what the crawler found 录入结果')
    .requiredOption('--name <name>')
    .option('--channel <id>')
    .addOption(new Option('--result <result>').choices(['passed', 'failed']))
    .option('--note <text>', 'what failed 主要问题')
    .option('--crawled', 'take over what was found by visits since the sample was drawn 采用巡检结果')
    .action(onEngine<{ name: string; channel?: string; result?: 'passed' | 'failed'; note?: string; crawled?: boolean }>(async ({ ctx, json }, o) => {
      if (o.crawled === true) {
        const done = await enterCrawled({ ctx, input: { sample: o.name } })
        if (json) return printJson(done)
        return say(both({ zh: `录入 ${done.entered} 个,尚余 ${done.left} 个`, en: `${done.entered} entered, ${done.left} left` }))
      }
      const done = await enterResult({ ctx, input: { sample: o.name, channel: wholeNumber(o.channel, '--channel'), result: resultOf(o.result), ...(o.note === undefined ? {} : { note: o.note }) } })
      if (json) return printJson(done)
      await say(both({ zh: `已录入渠道 ${done.channel}`, en: `entered channel ${done.channel}` }))
    }))

  sample
    .command('report')
    .description('the pass rate with its denominator 合格率')
    .requiredOption('--name <name>')
    .addOption(new Option('--digits <n>', 'decimals of percentages').choices(['1', '2']).default('2'))
    .action(onEngine<{ name: string; digits: string }>(async ({ ctx, json }, o) => {
      const r = await reportSample({ ctx, input: { name: o.name, digits: o.digits === '1' ? 1 : 2 } })
      if (json) return printJson(r)
      await print(table(['地区 region', '抽取 drawn', '已查 checked', '不合格 failed', '合格率 pass rate'], [
        ...Object.entries(r.by_region).map(([name, c]) => [name, String(c.drawn), String(c.checked), String(c.failed), percent(c.passRate)]),
        ['合计 total', String(r.drawn), String(r.checked), String(r.failed), percent(r.passRate)],
      ]))
    }))
}

function resultOf(result: 'passed' | 'failed' | undefined): 'passed' | 'failed' {
  if (result !== undefined) return result
  throw new HuoshuiError('bad_input', { zh: '请用 --result 给出 passed 或 failed,或使用 --crawled', en: 'give --result passed or failed, or --crawled' })
}
