import type { Command } from 'commander'
import { listDuplicates } from '../../credentials/index.ts'
import { both, print, printJson } from '../output.ts'
import { onEngine } from '../session.ts'
import { table } from '../text/table.ts'

/** channel duplicates: what the register should not hold twice, or not any more. */
export function duplicatesCommand(channel: Command): void {
  channel
    .command('duplicates')
    .description('several accounts of one unit on one platform, one account twice, names that differ, accounts that moved 重复、不符与迁移')
    .action(onEngine(async ({ ctx, json }) => {
      const rows = await listDuplicates({ ctx })
      if (json) return printJson(rows)
      await print(table(['规则 rule', '类型 kind', '渠道 channels', '说明 what'], rows.map((r) => [r.rule, r.kind, r.channels.join(', '), both(r.text)])))
    }))
}
