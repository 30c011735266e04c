import type { Command } from 'commander'
import { HuoshuiError } from '../../domain/error.ts'
import { SCOPES, listPolicies, setPolicy } from '../../schedule/index.ts'
import type { Scope } from '../../schedule/index.ts'
import { print, printJson } from '../output.ts'
import { onEngine } from '../session.ts'
import { table } from '../text/table.ts'

/** policy set SCOPE TARGET key=value… · policy list: when and how channels are visited. */
export function policyCommands(program: Command): void {
  const policy = program.command('policy').description('when and how channels are visited 巡检策略')

  policy
    .command('set')
    .description('set some settings of one scope; a value of null takes one away 设置策略')
    .argument('<scope>', SCOPES.join(' | '))
    .argument('[target]', 'kind id, region code, organisation id or channel id; none for all')
    .argument('[settings...]', 'key=value, e.g. marginDays=2 paused=true windows=[{"from":"08:00","to":"18:00"}]')
    .option('--reason <text>')
    .action(onEngine<{ reason?: string }>(async ({ ctx, json }, options, [scope = '', ...rest]) => {
      const target = rest[0] === undefined || rest[0].includes('=') ? '' : rest[0]
      const pairs = target === '' ? rest : rest.slice(1)
      if (!SCOPES.some((s) => s === scope)) {
        throw new HuoshuiError('bad_input', { zh: `范围 ${JSON.stringify(scope)} 应为 ${SCOPES.join('、')} 之一`, en: `the scope ${JSON.stringify(scope)} is one of ${SCOPES.join(', ')}` })
      }
      const done = await setPolicy({ ctx, input: { scope: scope as Scope, target, settings: Object.fromEntries(pairs.map(pair)), ...(options.reason === undefined ? {} : { reason: options.reason }) } })
      await printJson(done)
      void json
    }))

  policy
    .command('list')
    .description('every policy, the widest first 查看策略')
    .action(onEngine(async ({ ctx, json }) => {
      const rows = await listPolicies({ ctx })
      if (json) return printJson(rows)
      await print(table(['范围 scope', '对象 target', '设置 settings', '更新 updated'], rows.map((r) => [r.scope, r.target, JSON.stringify(r.settings), `${r.updatedAt} ${r.updatedBy}`])))
    }))
}

function pair(text: string): [string, unknown] {
  const at = text.indexOf('=')
  if (at < 1) throw new HuoshuiError('bad_input', { zh: `设置应写成 名称=值,收到 ${JSON.stringify(text)}`, en: `a setting is written key=value, not ${JSON.stringify(text)}` })
  const value = text.slice(at + 1)
  try {
    return [text.slice(0, at), JSON.parse(value)]
  } catch {
    return [text.slice(0, at), value]
  }
}
