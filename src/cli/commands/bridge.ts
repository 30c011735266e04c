import type { Command } from 'commander'
import { BRIDGE_TYPES, listBridges, removeBridge, setBridge } from '../../credentials/index.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { both, print, printJson, say } from '../output.ts'
import { onEngine } from '../session.ts'
import { readLines } from '../text/fields.ts'
import { table } from '../text/table.ts'

type Whom = { channel?: string; kind?: string }

/** bridge set|list|remove: feed bridges that the operator runs. */
export function bridgeCommands(program: Command): void {
  const bridge = program.command('bridge').description('feed bridges that you run 转接服务')

  bridge
    .command('set')
    .description('name a bridge for a kind or a channel 设置转接')
    .argument('<type>', BRIDGE_TYPES.join(' | '))
    .argument('<url>', 'base address of your WeWe RSS or RSSHub, a feed’s own address, or - to read it from standard input')
    .option('--kind <kind>', 'for all channels of a kind')
    .option('--channel <n>', 'for one channel')
    .action(onEngine<Whom>(async ({ ctx, config, json }, options, [type = '', address = '']) => {
      const [url = ''] = address === '-' ? await readLines(1) : [address]
      const done = await setBridge({ ctx, keys: config, input: { type: typeOf(type), url, ...whom(options) } })
      if (json) return printJson(done)
      await say(both({ zh: `转接已设置:${done.url}`, en: `the bridge is set: ${done.url}` }))
    }))

  bridge
    .command('list')
    .description('every bridge 查看转接')
    .action(onEngine(async ({ ctx, json }) => {
      const rows = await listBridges({ ctx })
      if (json) return printJson(rows)
      await print(table(['对象 for', '类型 type', '地址 url', '设置 put'], rows.map((r) => [
        `${r.scope} ${r.target} ${r.targetName ?? ''}`, r.type, r.accessCode ? `${r.url}?***` : r.url, `${r.putAt} ${r.putBy}`,
      ])))
    }))

  bridge
    .command('remove')
    .description('take a bridge away 删除转接')
    .argument('<type>', BRIDGE_TYPES.join(' | '))
    .option('--kind <kind>')
    .option('--channel <n>')
    .action(onEngine<Whom>(async ({ ctx, json }, options, [type = '']) => {
      await removeBridge({ ctx, input: { type: typeOf(type), ...whom(options) } })
      if (json) return printJson({ removed: true })
      await say(both({ zh: '转接已删除', en: 'the bridge is removed' }))
    }))
}

function typeOf(type: string): (typeof BRIDGE_TYPES)[number] {
  const known = BRIDGE_TYPES.find((t) => t === type)
  if (known !== undefined) return known
  throw new HuoshuiError('bad_input', { zh: `转接类型 ${JSON.stringify(type)} 应为 ${BRIDGE_TYPES.join('、')} 之一`, en: `the type ${JSON.stringify(type)} is one of ${BRIDGE_TYPES.join(', ')}` })
}

function whom({ kind, channel }: Whom): Whom {
  return { ...(kind === undefined ? {} : { kind }), ...(channel === undefined ? {} : { channel }) }
}
