import type { Command } from 'commander'
import { listColumns } from '../../review/index.ts'
import { print, printJson } from '../output.ts'
import { onEngine } from '../session.ts'
import { table } from '../text/table.ts'

/** columns [--json]: every column with its newest publication, the witness and its age in days. */
export function columnsCommand(program: Command): void {
  program
    .command('columns')
    .description('every column and its newest publication 全部栏目及最近更新')
    .action(onEngine(async ({ ctx, json }) => {
      const columns = await listColumns({ ctx })
      if (json) return printJson(columns)
      await print(table(
        ['渠道 channel', '栏目 column', '类别 class', '最近更新 newest', '天 days', '网址 url'],
        columns.map((c) => [c.channelName, c.name, c.class, c.newest ?? '–', c.days === null ? '–' : String(c.days), c.url]),
      ))
    }))
}
