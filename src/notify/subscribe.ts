import { z } from 'zod'
import { sql as q } from 'drizzle-orm'
import type { Ctx } from '../../db/context.ts'
import { requireInScope, requireWholeRegister } from '../../db/scope.ts'
import { subscription } from '../../db/schema/index.ts'
import { recordAudit } from '../audit/record.ts'
import { ROLES } from '../domain/actor.ts'
import { HuoshuiError } from '../domain/error.ts'
import { requireRole } from '../domain/permit.ts'
import { NEWS_KIND_IDS } from './kinds.ts'

const input = z.object({
  name: z.string().trim().min(1).max(100),
  way: z.enum(['email', 'wecom', 'dingtalk']),
  address: z.string().trim().min(3).max(1000),
  region: z.string().regex(/^[0-9Z]{6}(\d{3})?$/).nullable().default(null),
  role: z.enum(ROLES),
  kinds: z.array(z.enum(NEWS_KIND_IDS)).default([]),
  mode: z.enum(['digest', 'instant']).default('digest'),
  active: z.boolean().default(true),
})

/** Hosts of the robots; anything else could be made to call into our own network. */
const ROBOT_HOSTS: Readonly<Record<'wecom' | 'dingtalk', string>> = { wecom: 'qyapi.weixin.qq.com', dingtalk: 'oapi.dingtalk.com' }

/**
 * Enters who is told what, or changes it (by name). A digest unless asked otherwise. Throws `bad_input` for an address
 * that does not fit the way, `forbidden` outside the actor's region.
 */
export async function subscribe({ ctx, input: raw }: { ctx: Ctx; input: z.input<typeof input> }): Promise<{ id: number; name: string }> {
  requireRole(ctx.actor, ['operations'])
  const { region, ...s } = input.parse(raw)
  const problem = addressProblem(s.way, s.address)
  if (problem !== null) throw new HuoshuiError('bad_input', problem)
  const at = ctx.clock.now()
  return ctx.db.orm.transaction(async (tx) => {
    if (region === null) requireWholeRegister(ctx.actor)
    else await requireInScope(tx, ctx.actor, region)
    const [old] = await tx.execute<{ regionCode: string | null }>(q`select region_code as "regionCode" from subscription where name = ${s.name} for update`)
    if (old !== undefined) await requireInScope(tx, ctx.actor, old.regionCode)
    const values = { ...s, regionCode: region }
    const [row] = await tx.insert(subscription).values(values).onConflictDoUpdate({ target: subscription.name, set: values }).returning({ id: subscription.id })
    const id = row?.id ?? 0
    // What was known before is not news to a new subscriber.
    if (old === undefined) await tx.execute(q`insert into told (subscription_id, news_id) select ${id}, id from news on conflict do nothing`)
    await recordAudit(tx, { actor: ctx.actor, at }, [{ verb: 'subscription.set', entity: 'subscription', entityId: id, detail: { ...values, address: shortened(s.address) } }])
    return { id, name: s.name }
  })
}

function addressProblem(way: 'email' | 'wecom' | 'dingtalk', address: string): { zh: string; en: string } | null {
  if (way === 'email') return z.email().safeParse(address).success ? null : { zh: `不是邮箱地址:${address}`, en: `not an e-mail address: ${address}` }
  const url = URL.canParse(address) ? new URL(address) : null
  if (url?.protocol === 'https:' && url.host === ROBOT_HOSTS[way]) return null
  return { zh: `机器人地址应为 https://${ROBOT_HOSTS[way]}/…`, en: `the robot's address begins with https://${ROBOT_HOSTS[way]}/` }
}

/** An address without what lets others use it. */
export function shortened(address: string): string {
  return URL.canParse(address) ? `${new URL(address).origin}/…` : address
}
