import { z } from 'zod'
import { sql } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { HuoshuiError } from '../domain/error.ts'
import { requireRole } from '../domain/permit.ts'
import { requireInScope, requireWholeRegister } from '../../db/scope.ts'
import { isKind } from '../domain/kinds.ts'
import { policy } from '../../db/schema/index.ts'
import type { Tx } from '../../db/client.ts'
import type { Ctx } from '../../db/context.ts'
import { DEFAULT_POLICY, policySettings, SCOPES } from './settings.ts'
import type { PolicySettings, Scope } from './settings.ts'

const input = z.object({
  scope: z.enum(SCOPES),
  /** Kind id, region code, organisation id or channel id; empty for all. */
  target: z.union([z.string(), z.number()]).transform(String).default(''),
  /** A setting given as null is taken away. */
  settings: z.record(z.string(), z.unknown()),
  reason: z.string().max(500).optional(),
})

export type SetPolicyInput = z.input<typeof input>

/**
 * Sets some settings of one scope, leaving its others as they are; an empty row is removed. Channels in it are looked at anew within
 * the new interval. Throws `bad_input` (unknown setting, wrong value), `not_found` (no such target), `forbidden`.
 */
export async function setPolicy({ ctx, input: raw }: { ctx: Ctx; input: SetPolicyInput }): Promise<{ scope: Scope; target: string; settings: PolicySettings }> {
  requireRole(ctx.actor, ['operations'])
  const given = input.safeParse(raw)
  if (!given.success) throw badInput(z.prettifyError(given.error))
  const { scope, target, settings, reason } = given.data
  if ((scope === 'all') !== (target === '')) throw badInput(scope === 'all' ? 'the scope "all" takes no target' : `the scope "${scope}" needs a target`)
  return ctx.db.orm.transaction(async (tx) => {
    await assertTarget(tx, scope, target)
    await requireTargetInScope(tx, ctx, scope, target)
    const [row] = (await tx.execute(sql`select settings from policy where scope = ${scope} and target = ${target} for update`)) as unknown as { settings: Record<string, unknown> }[]
    const merged = Object.fromEntries(Object.entries({ ...row?.settings, ...settings }).filter(([, v]) => v !== null))
    const checked = policySettings.safeParse(merged)
    if (!checked.success) throw badInput(z.prettifyError(checked.error))
    const at = ctx.clock.now()
    if (Object.keys(checked.data).length === 0) await tx.execute(sql`delete from policy where scope = ${scope} and target = ${target}`)
    else {
      const values = { scope, target, settings: checked.data, updatedAt: at, updatedBy: ctx.actor.name }
      await tx.insert(policy).values(values).onConflictDoUpdate({ target: [policy.scope, policy.target], set: values })
    }
    await hasten(tx, scope, target, checked.data, at)
    await recordAudit(tx, { actor: ctx.actor, at }, [{ verb: 'policy.set', entity: 'policy', entityId: `${scope}:${target}`, detail: { before: row?.settings ?? null, after: checked.data }, ...(reason === undefined ? {} : { reason }) }])
    return { scope, target, settings: checked.data }
  })
}

async function assertTarget(tx: Tx, scope: Scope, target: string): Promise<void> {
  if (scope === 'all') return
  const number = /^\d{1,15}$/.test(target) ? Number(target) : -1
  const there = scope === 'kind' ? isKind(target)
    : scope === 'region' ? (await tx.execute(sql`select 1 from region where code = ${target}`)).length > 0
    : (await tx.execute(sql`select 1 from ${sql.identifier(scope)} where id = ${number}`)).length > 0
  if (!there) {
    throw new HuoshuiError('not_found', { zh: `没有这个策略对象:${scope} ${target}`, en: `There is no ${scope} ${target} to set a policy for.` })
  }
}

/** A region's staff set policies of their region, its units and channels only; kinds and all are the whole register's. */
async function requireTargetInScope(tx: Tx, ctx: Ctx, scope: Scope, target: string): Promise<void> {
  if (scope === 'all' || scope === 'kind') return requireWholeRegister(ctx.actor)
  if (scope === 'region') return requireInScope(tx, ctx.actor, target)
  const [row] = await tx.execute<{ region: string | null }>(sql`select region_code as region from ${sql.identifier(scope)} where id = ${Number(target)}`)
  return requireInScope(tx, ctx.actor, row?.region ?? null)
}

/** Brings the next visits forward into the first interval of the new policy, spread by channel; never pushes one back. */
async function hasten(tx: Tx, scope: Scope, target: string, settings: PolicySettings, at: Date): Promise<void> {
  const spread = Math.min(settings.visitsPerDay === undefined ? 24 : 24 / settings.visitsPerDay, (settings.intervalDays ?? 1) * 24)
  const where = scope === 'all' ? sql`true`
    : scope === 'kind' ? sql`channel.kind = ${target}`
    : scope === 'region' ? sql`channel.region_code in (with recursive below as (select ${target}::text as code union select r.code from region r join below b on r.parent_code = b.code) select code from below)`
    : scope === 'organisation' ? sql`channel.organisation_id = ${Number(target)}`
    : sql`channel.id = ${Number(target)}`
  await tx.execute(sql`
    update channel set next_due_at = ${at.toISOString()}::timestamptz + (abs(hashint8(id)::bigint) % 1000) / 1000.0 * ${spread}::float8 * interval '1 hour'
    where state = 'active' and next_due_at > ${at.toISOString()}::timestamptz + ${spread}::float8 * interval '1 hour' and ${where}`)
  // What puts functions off (a pause, no probes) or spreads them wider may be over: they are taken up as the new interval has it.
  const days = settings.probeIntervalDays ?? (settings.probes === undefined && settings.paused === undefined ? null : DEFAULT_POLICY.probeIntervalDays)
  if (days === null) return
  await tx.execute(sql`
    update probe_schedule s set next_at = least(s.next_at, coalesce(s.last_at + ${days}::float8 * interval '1 day', ${at.toISOString()}::timestamptz))
      from channel where channel.id = s.channel_id and ${where}`)
}

function badInput(why: string): HuoshuiError {
  return new HuoshuiError('bad_input', { zh: `策略设置有误:${why}`, en: `Wrong policy: ${why}` })
}
