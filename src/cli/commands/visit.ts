import type { Command } from 'commander'
import { KIND_IDS, isKind } from '../../domain/kinds.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { visitAddress } from '../../visit/index.ts'
import type { AddressSight } from '../../visit/index.ts'
import { both, print, printJson } from '../output.ts'
import { besideEngine } from '../session.ts'
import { table } from '../text/table.ts'

/** visit ADDRESS: visits one address now and prints all that was seen. Registers nothing. */
export function visitCommand(program: Command): void {
  program
    .command('visit')
    .description('visit one address now and print all that was seen 立即查看一个地址')
    .argument('<address>')
    .option('--kind <kind>', 'where the address alone does not tell 渠道类型')
    .option('--probes <ids>', 'try functions as well: all, or ids with commas between 一并探测网站功能')
    .action(besideEngine<{ kind?: string; probes?: string }>(async ({ config, clock, log, json, ctx }, { kind, probes }, [address = '']) => {
      if (kind !== undefined && !isKind(kind)) {
        throw new HuoshuiError('bad_input', { zh: `未知类型 ${kind},应为:${KIND_IDS.join('、')}`, en: `${kind} is no kind; they are: ${KIND_IDS.join(', ')}` })
      }
      const sight = await visitAddress({
        address, clock, config, log, ...(ctx === null ? {} : { ctx }), ...(kind === undefined ? {} : { kind }),
        ...(probes === undefined ? {} : { probes: probes === 'all' ? 'all' as const : probes.split(',').filter(Boolean) }),
      })
      if (json) return printJson(sight)
      await printSight(sight)
    }))
}

async function printSight(sight: AddressSight): Promise<void> {
  await print(`${sight.kind} ${sight.address}${sight.resolved === null ? '' : ` → ${sight.resolved}`}${sight.accountName === null ? '' : ` (${sight.accountName})`}\n${both(sight.outcomeText)}${sight.detail === null ? '' : `\n${sight.detail}`}`)
  if (sight.problem !== null) await print(both(sight.problem))
  if (sight.warning !== null) await print(both(sight.warning))
  await print(`最近更新 newest: ${sight.newest ?? (sight.atLeast === null ? '–' : `≥ ${sight.atLeast}`)}${sight.witness === null ? '' : ` (${sight.witness.where ?? sight.witness.source}: ${sight.witness.raw})`}`)
  if (sight.moved !== null) await print(`已迁移 moved: ${sight.moved.to}${sight.moved.found === null ? '' : ` (${sight.moved.found.outcome}, ${sight.moved.found.newest ?? '–'})`}`)
  if (sight.columns.length > 0) {
    await print(table(['栏目 column', '类别 class', '结果 outcome', '最近更新 newest', '网址 url'], sight.columns.map((c) => [c.name, c.class, c.outcome, c.newest ?? '–', c.url])))
  }
  for (const a of sight.attempts) await print(`${a.spoke ? '* ' : '  '}${a.source}: ${a.why === null ? `${a.outcome ?? ''} ${a.detail}` : `${a.why.zh} ${a.why.en}`}`)
  for (const p of sight.probes ?? []) await print(`  探测 ${p.id}: ${p.outcome}${p.note === undefined ? '' : ` (${p.note})`} ${JSON.stringify(p.value).slice(0, 300)}`)
  await print(`${sight.pages} 页 pages, ${sight.requests} 次请求 requests, ${sight.bytes} B, ${sight.ms} ms`)
  if (sight.outcome !== 'ok' && sight.problem === null) await print(both(sight.advice))
}
