import type { Command } from 'commander'
import { pauseChannel, resumeChannel, runChannel } from '../../schedule/index.ts'
import { duplicatesCommand } from './duplicates.ts'
import { both, printJson, say } from '../output.ts'
import { onEngine } from '../session.ts'

const VERBS = [
  { name: 'pause', zh: '暂停巡检', en: 'stop visiting it until resumed', run: pauseChannel },
  { name: 'resume', zh: '恢复巡检', en: 'visit it again', run: resumeChannel },
  { name: 'run', zh: '立即巡检', en: 'make it due now', run: runChannel },
] as const

/** channel pause|resume|run ID…: channels by hand, each audited. */
export function channelCommands(program: Command): void {
  const channel = program.command('channel').description('channels by hand 单个渠道操作')
  duplicatesCommand(channel)
  for (const verb of VERBS) {
    channel
      .command(verb.name)
      .description(`${verb.en} ${verb.zh}`)
      .argument('<id...>', 'channel numbers')
      .option('--reason <text>')
      .action(onEngine<{ reason?: string }>(async ({ ctx, json }, { reason }, ids) => {
        const rows = []
        for (const id of ids) rows.push(await verb.run({ ctx, input: { id, ...(reason === undefined ? {} : { reason }) } }))
        if (json) return printJson(rows)
        for (const row of rows) await say(both({ zh: `${row.name}:${verb.zh}(${row.state})`, en: `${row.name}: ${verb.name} (${row.state})` }))
      }))
  }
}
