import type { Command } from 'commander'
import { createUser, disableUser, findUser, listUsers, resetPassword, unlockUser } from '../../accounts/index.ts'
import { ROLES } from '../../domain/actor.ts'
import type { Role } from '../../domain/actor.ts'
import { realClock } from '../../domain/clock.ts'
import { HuoshuiError } from '../../domain/error.ts'
import type { Text } from '../../domain/text.ts'
import { findRegion } from '../../registry/index.ts'
import { both, print, printJson, say } from '../output.ts'
import { onEngine } from '../session.ts'
import { table } from '../text/table.ts'

/** user add|list|reset-password|disable|enable|unlock: accounts, for whoever holds the machine. */
export function userCommands(program: Command): void {
  const user = program.command('user').description('accounts of the console 账号')

  user
    .command('add')
    .description('enter an account; its first password is shown once 新建账号')
    .argument('<username>')
    .option('--name <name>', 'the person’s name; otherwise the user name 姓名')
    .requiredOption('--role <role>', ROLES.join(' | '))
    .option('--region <region>', 'held to this region and what lies below it 管辖地区')
    .option('--organisation <id>', 'the unit that a contact speaks for 所属单位')
    .action(onEngine<{ name?: string; role: string; region?: string; organisation?: string }>(async ({ ctx, json }, options, [username = '']) => {
      if (!ROLES.some((r) => r === options.role)) throw new HuoshuiError('bad_input', { zh: `角色 ${JSON.stringify(options.role)} 应为 ${ROLES.join('、')} 之一`, en: `the role ${JSON.stringify(options.role)} is one of ${ROLES.join(', ')}` })
      const region = options.region === undefined ? null : (await findRegion({ ctx, input: { text: options.region } })).code
      const made = await createUser({ ctx, input: { username, name: options.name ?? username, role: options.role as Role, region, organisationId: options.organisation === undefined ? null : Number(options.organisation) } })
      await shown(json, made)
    }))

  user
    .command('list')
    .description('every account 查看账号')
    .action(onEngine(async ({ ctx, json }) => {
      const { users } = await listUsers({ ctx, input: { size: 500 }, now: realClock.now() })
      if (json) return printJson(users)
      await print(table(['用户名 user name', '姓名 name', '角色 role', '地区 region', '状态 state', '最近登录 last sign-in'], users.map((u) => [
        u.username, u.name, u.role, u.regionName ?? '全部 all', u.disabled ? '已停用 disabled' : u.locked ? '已锁定 locked' : '正常 active', u.lastSignInAt ?? '–',
      ])))
    }))

  user
    .command('reset-password')
    .description('a new first password, shown once; sessions end, a lock opens 重置密码')
    .argument('<username>')
    .option('--second-factor', 'take the second factor away too 同时解除动态口令')
    .action(onEngine<{ secondFactor?: boolean }>(async ({ ctx, json }, options, [username = '']) => {
      const { id } = await findUser({ ctx, input: { username } })
      await shown(json, await resetPassword({ ctx, input: { id, secondFactor: options.secondFactor === true } }))
    }))

  const simple = (name: string, description: string, run: (args: { ctx: Parameters<typeof disableUser>[0]['ctx']; id: string }) => Promise<unknown>, text: Text): void => {
    user.command(name).description(description).argument('<username>').action(onEngine(async ({ ctx, json }, _options, [username = '']) => {
      const { id } = await findUser({ ctx, input: { username } })
      await run({ ctx, id })
      if (json) return printJson({ username, done: true })
      await say(both(text))
    }))
  }
  simple('disable', 'shut an account out, sessions and tokens with it 停用', ({ ctx, id }) => disableUser({ ctx, input: { id, disabled: true } }), { zh: '账号已停用', en: 'the account is disabled' })
  simple('enable', 'let it in again 启用', ({ ctx, id }) => disableUser({ ctx, input: { id, disabled: false } }), { zh: '账号已启用', en: 'the account may sign in again' })
  simple('unlock', 'open the lock of wrong passwords before its time 解锁', ({ ctx, id }) => unlockUser({ ctx, input: { id } }), { zh: '账号已解锁', en: 'the account is unlocked' })
}

async function shown(json: boolean, made: { username: string; password: string }): Promise<void> {
  if (json) return printJson(made)
  await print(made.password)
  await say(both({ zh: `以上是“${made.username}”的初始密码,只显示一次,首次登录时必须修改`, en: `that is the first password of “${made.username}”: it is shown once and must be changed at the first sign-in` }))
}
