import type { Command } from 'commander'
import type { Head } from '../../audit/index.ts'
import { backup, restore, verifyBackup } from '../../backup/index.ts'
import type { Text } from '../../domain/text.ts'
import { both, printJson, say } from '../output.ts'
import { onEngine, plain } from '../session.ts'

/** backup FILE · verify-backup FILE · restore FILE: register and evidence in one file, for either size. */
export function backupCommands(program: Command): void {
  const command = program.command('backup').description('everything into one file, while work goes on 备份')

  command.argument('<file>', 'FILE.tar.gz')
    .action(onEngine(async ({ ctx, config, json }, _options, [file = '']) => {
      const done = await backup({ ctx, config, input: { file } })
      if (json) return printJson(done)
      await say(both({
        zh: `已备份到 ${file}:${done.tables} 个数据表、${done.rows} 行、${done.evidence} 个证据包,共 ${done.bytes} 字节。加密凭据的密钥(数据目录中的 key 文件或 HUOSHUI_KEY)不在其中,请另行妥善保存`,
        en: `backed up to ${file}: ${done.tables} tables, ${done.rows} rows, ${done.evidence} packs of evidence, ${done.bytes} bytes. The key that seals credentials (the file key of the data folder, or HUOSHUI_KEY) is not in it: keep it apart`,
      }))
      if (done.auditHead !== null) await say(both(headText(done.auditHead)))
    }))

  program.command('verify-backup').description('is a backup whole? 检查备份').argument('<file>')
    .action(plain(async ({ json }, _options, [file = '']) => {
      const m = await verifyBackup(file)
      if (json) return printJson({ file, madeAt: m.madeAt, tables: m.tables.length, rows: m.tables.reduce((n, t) => n + t.rows, 0), evidence: m.evidence.length, auditHead: m.auditHead ?? null })
      await say(both({ zh: `备份完好,生成于 ${m.madeAt}`, en: `the backup is whole; it was made at ${m.madeAt}` }))
      if (m.auditHead != null) await say(both(headText(m.auditHead)))
    }))

  program.command('restore').description('a backup into an empty installation 恢复').argument('<file>')
    .action(onEngine(async ({ ctx, config, json }, _options, [file = '']) => {
      const done = await restore({ ctx, config, input: { file } })
      if (json) return printJson(done)
      await say(both({
        zh: `已恢复 ${done.madeAt} 的备份:${done.tables} 个数据表、${done.rows} 行、${done.evidence} 个证据包。如有加密凭据,请将原 key 文件放回数据目录`,
        en: `restored the backup of ${done.madeAt}: ${done.tables} tables, ${done.rows} rows, ${done.evidence} packs of evidence. Where credentials are sealed, put the old key file back into the data folder`,
      }))
    }))
}

function headText({ seq, hash }: Head): Text {
  return { zh: `审计链头(第 ${seq} 环):${hash}。请抄存于本机之外,日后用 audit verify --head 核对`, en: `the audit chain ends in link ${seq}: ${hash}. Note it outside this machine, and give it to audit verify --head later` }
}
