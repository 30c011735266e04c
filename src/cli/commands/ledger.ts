import type { Command } from 'commander'
import { writeFile } from 'node:fs/promises'
import { exportLedger, importLedger, ledgerTemplate } from '../../registry/index.ts'
import { progressBar } from '../progress.ts'
import { onEngine, plain } from '../session.ts'
import { both, print, printJson, say } from '../output.ts'
import { importReportText } from '../text/import-report.ts'

/** ledger import FILE · ledger export --out FILE · ledger template --out FILE */
export function ledgerCommands(program: Command): void {
  const ledger = program.command('ledger').description('the register in and out 台账导入导出')

  ledger
    .command('import')
    .description('import a ledger (.xlsx or .csv) 导入台账')
    .argument('<file>')
    .option('--dry-run', 'check only, write nothing 只检查')
    .option('--skip-bad', 'write the good rows, and the bad ones with their reasons to a workbook to mend 跳过错误行')
    .option('--rejected <file>', 'where --skip-bad writes the rejected rows (default: FILE.rejected.xlsx)')
    .action(onEngine<{ dryRun?: boolean; skipBad?: boolean; rejected?: string }>(async ({ ctx, json }, options, [file = '']) => {
      const bar = progressBar('导入 import')
      try {
        const report = await importLedger({
          ctx,
          input: {
            file,
            dryRun: options.dryRun === true,
            skipBad: options.skipBad === true,
            ...(options.rejected === undefined ? {} : { rejectedFile: options.rejected }),
            onProgress: (done: number, total: number) => bar.update(done, total),
          },
        })
        bar.stop()
        if (json) await printJson(report)
        else await print(importReportText(report))
        // Rejected rows are what --skip-bad is for; without it a ledger with errors was not imported.
        if (report.errors.length > 0 && options.skipBad !== true) process.exitCode = 2
      } finally {
        bar.stop()
      }
    }))

  ledger
    .command('export')
    .description('the whole register as a ledger 导出台账')
    .requiredOption('--out <file>', '.xlsx or .csv')
    .action(onEngine<{ out: string }>(async ({ ctx, json }, options) => {
      const done = await exportLedger({ ctx, input: { file: options.out } })
      if (json) await printJson(done)
      else await say(both({ zh: `已导出 ${done.channels} 个渠道到 ${options.out}`, en: `${done.channels} channels written to ${options.out}` }))
    }))

  ledger
    .command('template')
    .description('a workbook to fill in, with an example row per kind 下载模板')
    .requiredOption('--out <file>', '.xlsx')
    .action(plain<{ out: string }>(async ({ json }, options) => {
      await writeFile(options.out, await ledgerTemplate())
      if (json) await printJson({ file: options.out })
      else await say(both({ zh: `模板已写入 ${options.out}`, en: `template written to ${options.out}` }))
    }))
}
