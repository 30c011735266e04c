import type { Command } from 'commander'
import { channelsJson } from '../../channels/doc.ts'
import { print, printJson } from '../output.ts'
import { plain } from '../session.ts'
import { table } from '../text/table.ts'

/** channels: every kind of channel with its manifest. */
export function kindsCommand(program: Command): void {
  program
    .command('channels')
    .description('every kind of channel: what can be seen, and how 渠道类型说明')
    .action(plain(async ({ json }) => {
      const kinds = channelsJson()
      if (json) return printJson(kinds)
      await print(table(['类型 kind', '名称 name', '来源 sources'], kinds.map((k) => [k.kind, k.names.zh, k.sources.map((s) => s.id).join(', ')])))
    }))
}
