import type { Command } from 'commander'
import { listLetters, listSubscriptions, subscribe } from '../../notify/index.ts'
import { printJson } from '../output.ts'
import { onEngine } from '../session.ts'

type Options = { way: string; address: string; role: string; region?: string; kinds?: string; mode?: string; off?: boolean }

/** notify subscribe NAME … · notify list · notify letters: who is told what, and whether it went out. */
export function notifyCommands(program: Command): void {
  const notify = program.command('notify').description('who is told what 通知')

  notify
    .command('subscribe')
    .description('enter or change a subscriber, by name; a digest a day unless --mode instant 订阅')
    .argument('<name>')
    .requiredOption('--way <way>', 'email, wecom or dingtalk')
    .requiredOption('--address <address>', 'e-mail address, or the robot’s webhook')
    .requiredOption('--role <role>', 'whose news: administrator, operations, rectification, unit_contact, read_only')
    .option('--region <code>', 'this region and below only')
    .option('--kinds <ids>', 'with commas between; all unless given')
    .option('--mode <mode>', 'digest or instant')
    .option('--off', 'no more')
    .action(onEngine<Options>(async ({ ctx }, { way, address, role, region, kinds, mode, off }, [name = '']) => {
      // The verb's own schema says what does not fit.
      const input = { name, way, address, role, active: off !== true, ...(region === undefined ? {} : { region }), ...(kinds === undefined ? {} : { kinds: kinds.split(',').filter(Boolean) }), ...(mode === undefined ? {} : { mode }) }
      await printJson(await subscribe({ ctx, input: input as Parameters<typeof subscribe>[0]['input'] }))
    }))

  notify.command('list').description('every subscriber 订阅列表').action(onEngine(async ({ ctx }) => printJson(await listSubscriptions({ ctx }))))
  notify.command('letters').description('what was sent, what waits and what failed 发送记录').action(onEngine(async ({ ctx }) => printJson(await listLetters({ ctx, input: {} }))))
}
