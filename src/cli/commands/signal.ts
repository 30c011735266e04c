import type { Command } from 'commander'
import { confirmSignal, listSignals } from '../../credentials/index.ts'
import { both, print, printJson, say } from '../output.ts'
import { onEngine } from '../session.ts'
import { table } from '../text/table.ts'

/** signal list|confirm: the platforms' words for what is gone, and which guesses a person has confirmed. */
export function signalCommands(program: Command): void {
  const signal = program.command('signal').description('what the platforms’ words and codes mean 平台提示')

  signal
    .command('list')
    .description('every text and code, how sure we are, who confirmed it 查看提示')
    .option('--guesses', 'only those still from memory 只列待确认')
    .action(onEngine<{ guesses?: boolean }>(async ({ ctx, json }, { guesses }) => {
      const rows = await listSignals({ ctx, input: guesses === true ? { guesses } : {} })
      if (json) return printJson(rows)
      await print(table(['提示 id', '含义 outcome', '关于 about', '依据 sure', '文字与代码 texts, codes'], rows.map((r) => [
        r.id, r.outcome, r.about, r.confirmed === null ? r.sure : `已确认 ${r.confirmed.by} ${r.confirmed.at}`, [...r.texts, ...r.codes].join(' | '),
      ])))
    }))

  signal
    .command('confirm')
    .description('confirm a guess, so that it may decide that a channel is gone; or take that back 确认提示')
    .argument('<id>')
    .requiredOption('--reason <text>', 'what was seen, and where')
    .option('--withdraw', 'take the confirmation back 撤回')
    .action(onEngine<{ reason: string; withdraw?: boolean }>(async ({ ctx, json }, { reason, withdraw }, [id = '']) => {
      const done = await confirmSignal({ ctx, input: { id, reason, withdraw: withdraw === true } })
      if (json) return printJson(done)
      await say(both(done.confirmed ? { zh: `提示 ${id} 已确认`, en: `the signal ${id} is confirmed` } : { zh: `提示 ${id} 的确认已撤回`, en: `the confirmation of ${id} is taken back` }))
    }))
}
