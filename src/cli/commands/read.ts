import type { Command } from 'commander'
import { readManifest } from '../../read/manifest.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { plain } from '../session.ts'

/** read --manifest CASES.jsonl: one line of JSON for each line of the manifest, in order. */
export function readCommand(program: Command): void {
  program
    .command('read')
    .description('read the dates of pages in files 识别网页文件中的日期')
    .requiredOption('--manifest <file>', 'lines {id, path, kind, url?, charset?, now?}')
    .action(plain<{ manifest: string }>(async ({ clock }, { manifest }) => {
      let waiting: Promise<void> = Promise.resolve()
      try {
        await readManifest(manifest, (line) => {
          if (!process.stdout.write(`${line}\n`)) waiting = new Promise((resolve) => process.stdout.once('drain', resolve))
        }, clock.now())
        await waiting
      } catch (error) {
        if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
          throw new HuoshuiError('bad_input', { zh: `无法读取清单文件 ${manifest}(${error.code})`, en: `the manifest ${manifest} cannot be read (${error.code})` }, { cause: error })
        }
        throw error
      }
    }))
}
