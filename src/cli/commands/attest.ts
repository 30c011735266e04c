import type { Command } from 'commander'
import { attest } from '../../registry/index.ts'
import { both, printJson, say } from '../output.ts'
import { onEngine } from '../session.ts'

/** attest CHANNEL --newest DAY --by NAME: a unit's own dated statement of its last publication or use. */
export function attestCommand(program: Command): void {
  program
    .command('attest')
    .description('record a unit’s statement of its last publication 录入单位填报')
    .argument('<channel>', 'channel number')
    .requiredOption('--newest <day>', 'last publication, or last use of a group 最近更新日期')
    .requiredOption('--by <name>', 'who states it 填报人')
    .option('--stated <day>', 'the day it was stated; today unless given 填报日期')
    .option('--link <url>')
    .option('--note <text>')
    .action(onEngine<{ newest: string; by: string; stated?: string; link?: string; note?: string }>(async ({ ctx, json }, options, [channel = '']) => {
      const { newest, by, stated, link, note } = options
      const done = await attest({
        ctx,
        input: {
          channel: Number(channel),
          newestOn: newest,
          statedBy: by,
          ...(stated === undefined ? {} : { statedOn: stated }),
          ...(link === undefined ? {} : { link }),
          ...(note === undefined ? {} : { note }),
        },
      })
      if (json) await printJson(done)
      else await say(both(done.id === null ? { zh: '已有相同填报', en: 'the same statement is there already' } : { zh: '填报已录入', en: 'the statement is recorded' }))
    }))
}
