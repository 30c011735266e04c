import type { Command } from 'commander'
import { exportCandidates, listCandidates } from '../../review/index.ts'
import { both, print, printJson, say } from '../output.ts'
import { onEngine } from '../session.ts'
import { table } from '../text/table.ts'
import { decideCommands } from './decide.ts'

/** candidates [--json | --out FILE.xlsx|FILE.csv] [--proposal …]: who is proposed for what, and on what evidence. */
export function candidatesCommand(program: Command): void {
  const candidates = program
    .command('candidates')
    .description('channels proposed for rectification, merging or shutdown 候选渠道')
    .option('--proposal <proposal>', 'rectify, merge or shut_down only 只看某种处置建议')
    .option('--out <file>', '.xlsx or .csv')
    .action(onEngine<{ out?: string; proposal?: string }>(async ({ ctx, json }, options) => {
      const rows = await listCandidates({ ctx, input: { proposal: options.proposal } })
      if (options.out !== undefined) {
        await exportCandidates(rows, options.out)
        await say(both({ zh: `已写出 ${rows.length} 个候选到 ${options.out}`, en: `${rows.length} candidates written to ${options.out}` }))
      }
      if (json) return printJson(rows)
      if (options.out !== undefined) return
      await print(table(
        ['处置建议 proposal', '渠道 channel', '类型 kind', '规则 rule', '最近更新 newest', '超期 days over', '地址 address'],
        rows.map((r) => [r.proposal, r.channel.name, r.channel.kind, r.rule, r.newest ?? '–', r.days_over === null ? '–' : String(r.days_over), r.channel.address]),
      ))
    }))
  decideCommands(candidates)
}
