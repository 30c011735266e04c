import type { Command } from 'commander'
import { standardList, standardShow } from '../../standard/index.ts'
import { print, printJson } from '../output.ts'
import { plain } from '../session.ts'
import { table } from '../text/table.ts'

/** standard list [--standard ID] · standard show ID: the indicators as data. */
export function standardCommands(program: Command): void {
  const standard = program.command('standard').description('the indicators 检查指标')

  standard
    .command('list')
    .description('every indicator of an edition 指标清单')
    .option('--standard <id>', 'edition 版本', 'gov-2019')
    .action(plain<{ standard: string }>(async ({ json }, options) => {
      const rows = standardList(options.standard)
      if (json) return printJson(rows)
      await print(table(['编号 id', '部分 part', '指标 item', '上限 cap'], rows.map((r) => [r.id, r.part, `${r.item.zh} ${r.item.en}`, r.cap === null ? '–' : String(r.cap)])))
    }))

  standard
    .command('show')
    .description('one indicator with its clause and thresholds 指标详情')
    .argument('<id>')
    .option('--standard <id>', 'edition 版本', 'gov-2019')
    .action(plain<{ standard: string }>(async ({ json }, options, [id = '']) => {
      const one = standardShow(id, options.standard)
      if (json) return printJson(one)
      await print(JSON.stringify(one, null, 2))
    }))
}
