import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { Option } from 'commander'
import { issueOrder, listOrders, orderFile, setLetterhead } from '../../review/index.ts'
import { wholeNumber } from '../inputs.ts'
import { both, print, printJson, say } from '../output.ts'
import { onEngine } from '../session.ts'
import { table } from '../text/table.ts'

/** orders list | issue | write | letterhead: 整改通知单 and 关停通知. */
export function orderCommands(program: Command): void {
  const orders = program.command('orders').description('rectification orders and shutdown notices 整改通知单、关停通知')

  orders
    .command('list')
    .description('what was issued, the overdue first 文书清单')
    .addOption(new Option('--kind <kind>').choices(['rectification', 'shutdown']))
    .option('--overdue', 'only those past their deadline 只看逾期')
    .action(onEngine<{ kind?: 'rectification' | 'shutdown'; overdue?: boolean }>(async ({ ctx, json }, o) => {
      const rows = await listOrders({ ctx, input: { ...(o.kind === undefined ? {} : { kind: o.kind }), ...(o.overdue === true ? { overdue: true } : {}) } })
      if (json) return printJson(rows)
      await print(table(['编号 id', '文号 number', '渠道 channel', '单位 organisation', '期限 deadline', '状态 state', '逾期 overdue'], rows.map((r) => [
        String(r.id), r.number, r.channel.name, r.organisation ?? '–', r.deadline, r.state, r.overdue ? '是 yes' : '–',
      ])))
    }))

  orders
    .command('issue')
    .description('issue the order or notice for a decided candidate 发文')
    .argument('<candidate>')
    .option('--out <file>', 'write the .docx too')
    .option('--addressee <name>', '主送机关; the sponsor unless given')
    .option('--contact <text>', '联系人及电话')
    .action(onEngine<{ out?: string; addressee?: string; contact?: string }>(async ({ ctx, json }, o, [id]) => {
      const made = await issueOrder({ ctx, input: { candidate: wholeNumber(id, '候选编号 candidate'), ...(o.addressee === undefined ? {} : { addressee: o.addressee }), ...(o.contact === undefined ? {} : { contact: o.contact }) } })
      if (o.out !== undefined) await writeFile(o.out, await orderFile({ ctx, input: { id: made.id } }))
      if (json) return printJson({ ...made, ...(o.out === undefined ? {} : { file: o.out }) })
      await say(both({ zh: `已发 ${made.number},期限 ${made.deadline}`, en: `issued ${made.number}, due ${made.deadline}` }))
    }))

  orders
    .command('write')
    .description('write an issued order as .docx 导出文书')
    .argument('<id>')
    .requiredOption('--out <file>', '.docx')
    .action(onEngine<{ out: string }>(async ({ ctx, json }, o, [id]) => {
      await writeFile(o.out, await orderFile({ ctx, input: { id: wholeNumber(id, '文书编号 order') } }))
      if (json) return printJson({ file: o.out })
      await say(both({ zh: `已写入 ${o.out}`, en: `written to ${o.out}` }))
    }))

  orders
    .command('letterhead')
    .description('issuer, contact and number prefix of a region 发文机关与文号')
    .argument('<region>', 'region code')
    .option('--issuer <name>', '发文机关')
    .option('--contact <text>', '联系人及电话')
    .option('--rectification <prefix>', 'e.g. 赣活水改')
    .option('--shutdown <prefix>', 'e.g. 赣活水停')
    .action(onEngine<{ issuer?: string; contact?: string; rectification?: string; shutdown?: string }>(async ({ ctx, json }, { issuer, contact, rectification, shutdown }, [region = '']) => {
      const done = await setLetterhead({ ctx, input: { region, issuer, contact, rectification, shutdown } })
      if (json) return printJson(done)
      await say(both({ zh: `已保存:${JSON.stringify(done)}`, en: `saved: ${JSON.stringify(done)}` }))
    }))
}
