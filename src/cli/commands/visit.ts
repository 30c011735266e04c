import type { Command } from 'commander'
import { KIND_IDS, isKind } from '../../domain/kinds.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { visitAddress } from '../../visit/index.ts'
import { both, print, printJson } from '../output.ts'
import { plain } from '../session.ts'
import { table } from '../text/table.ts'

/** visit ADDRESS: visits one address now and prints all that was seen. Registers nothing. */
export function visitCommand(program: Command): void {
  program
    .command('visit')
    .description('visit one address now and print all that was seen 立即查看一个地址')
    .argument('<address>')
    .option('--kind <kind>', 'where the address alone does not tell 渠道类型')
    .action(plain<{ kind?: string }>(async ({ config, clock, log, json }, { kind }, [address = '']) => {
      if (kind !== undefined && !isKind(kind)) {
        throw new HuoshuiError('bad_input', { zh: `未知类型 ${kind},应为:${KIND_IDS.join('、')}`, en: `${kind} is no kind; they are: ${KIND_IDS.join(', ')}` })
      }
      const sight = await visitAddress({ address, clock, config, log, ...(kind === undefined ? {} : { kind }) })
      if (json) return printJson(sight)
      await print(`${sight.kind} ${sight.address}\n${both({ zh: sight.outcomeText.zh, en: sight.outcomeText.en })}${sight.detail === null ? '' : `\n${sight.detail}`}`)
      await print(`最近更新 newest: ${sight.newest ?? '–'}${sight.witness === null ? '' : ` (${sight.witness.where ?? sight.witness.source}: ${sight.witness.raw})`}`)
      if (sight.columns.length > 0) {
        await print(table(['栏目 column', '类别 class', '结果 outcome', '最近更新 newest', '网址 url'], sight.columns.map((c) => [c.name, c.class, c.outcome, c.newest ?? '–', c.url])))
      }
      for (const a of sight.attempts) await print(`  ${a.source}: ${a.outcome} ${a.detail}`)
      await print(`${sight.pages} 页 pages, ${sight.requests} 次请求 requests, ${sight.bytes} B, ${sight.ms} ms`)
      if (sight.outcome !== 'ok') await print(both(sight.advice))
    }))
}
