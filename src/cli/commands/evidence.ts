import { readFile, writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { HuoshuiError } from '../../domain/error.ts'
import { openEvidence } from '../../evidence/index.ts'
import { pruneOld } from '../../work/prune-old.ts'
import { evidencePack, verifyPack } from '../../review/index.ts'
import { wholeNumber } from '../inputs.ts'
import { both, print, printJson, say } from '../output.ts'
import { onEngine, plain } from '../session.ts'

/** evidence export CANDIDATE --out FILE.zip|FILE.docx · evidence verify FILE: for a third party · evidence prune: what the server does once a day. */
export function evidenceCommands(program: Command): void {
  const evidence = program.command('evidence').description('evidence packs 证据包')

  evidence
    .command('export')
    .description('a candidate’s evidence in one file 导出证据')
    .argument('<candidate>')
    .requiredOption('--out <file>', '.zip or .docx')
    .action(onEngine<{ out: string }>(async ({ ctx, json, config }, { out }, [id]) => {
      const as = /\.zip$/i.test(out) ? 'zip' : /\.docx$/i.test(out) ? 'docx' : null
      if (as === null) throw new HuoshuiError('bad_input', { zh: `${out}:请使用 .zip 或 .docx`, en: `${out}: give it the ending .zip or .docx` })
      const store = openEvidence(config)
      try {
        const { bytes, ...packed } = await evidencePack({ ctx, store, input: { candidate: wholeNumber(id, '候选编号 candidate'), as } })
        await writeFile(out, bytes)
        if (json) return await printJson({ file: out, bytes: bytes.length, ...packed })
        await say(both({ zh: `证据已写入 ${out}(SHA-256 ${packed.sha256})`, en: `evidence written to ${out} (SHA-256 ${packed.sha256})` }))
        for (const m of packed.missing) await say(both({ zh: `缺:${m.sha256} ${m.url}(${m.why === 'absent' ? '未保存' : '已损坏'})`, en: `missing: ${m.sha256} ${m.url} (${m.why})` }))
      } finally {
        store.close()
      }
    }))

  evidence
    .command('verify')
    .description('check a pack, without a database 核验证据包')
    .argument('<file>')
    .action(plain(async ({ json }, _, [file = '']) => {
      const bytes = await readFile(file).catch((error: unknown) => {
        throw new HuoshuiError('not_found', { zh: `无法读取文件 ${file}`, en: `cannot read ${file}` }, { cause: error })
      })
      const done = verifyPack(bytes)
      // A pack that does not hold is a finding, as everywhere; scripts go by `ok`.
      if (json) return printJson({ file, ...done })
      await print(done.ok ? `完好 whole: ${done.files} 个文件 files, SHA-256 ${done.sha256}` : `不符 altered: ${file}`)
      for (const p of done.problems) await print(`  ${p.path} ${p.text.zh} / ${p.text.en}`)
    }))

  evidence
    .command('prune')
    .description('let go of evidence older than HUOSHUI_EVIDENCE_DAYS that nothing cites 清理过期证据')
    .action(onEngine(async ({ ctx, json, config }) => {
      const store = openEvidence(config)
      try {
        const done = await pruneOld({ ctx, config, store })
        if (json) return await printJson({ olderThanDays: config.evidenceDays, ...done })
        const mb = (done.freedBytes / 1e6).toFixed(1)
        await say(both({ zh: `已清理 ${config.evidenceDays} 天前且无人引用的证据:${done.uses} 次收取、${done.pieces} 份原件,释放 ${mb} MB`, en: `evidence older than ${config.evidenceDays} days that nothing cites is gone: ${done.uses} receptions, ${done.pieces} pieces, ${mb} MB` }))
      } finally {
        store.close()
      }
    }))
}
