import type { Ctx } from '../../db/context.ts'
import { scopeOf } from '../../db/scope.ts'
import { requireRole } from '../domain/permit.ts'
import { shortened } from './subscribe.ts'

export type SubscriptionRow = { readonly id: number; readonly name: string; readonly way: string; readonly address: string; readonly regionCode: string | null; readonly role: string; readonly kinds: readonly string[]; readonly mode: string; readonly active: boolean }
export type LetterRow = {
  readonly id: number; readonly to: string; readonly way: string; readonly subject: string; readonly items: number; readonly state: string; readonly attempts: number
  readonly createdAt: string; readonly nextAttemptAt: string; readonly sentAt: string | null; readonly lastError: string | null
}

/** Who is told what, in the actor's region; addresses without what lets others use them. */
export async function listSubscriptions({ ctx }: { ctx: Ctx }): Promise<SubscriptionRow[]> {
  requireRole(ctx.actor, ['operations'])
  const rows = await ctx.db.sql<SubscriptionRow[]>`
    select id::int, name, way, address, region_code as "regionCode", role, kinds, mode, active from subscription s
     where ${scopeOf(ctx.db.sql, 's.region_code', ctx.actor)} order by id`
  return rows.map((r) => ({ ...r, address: shortened(r.address) }))
}

/** The outbox, troubles first: what waits, how often it was tried and why it failed. */
export async function listLetters({ ctx, input = {} }: { ctx: Ctx; input?: { state?: 'waiting' | 'sent' | 'failed' } }): Promise<LetterRow[]> {
  requireRole(ctx.actor, ['operations'])
  const { state = null } = input
  return ctx.db.sql<LetterRow[]>`
    select o.id::int, s.name as "to", s.way, o.subject, o.items, o.state, o.attempts, to_json(o.created_at)#>>'{}' as "createdAt",
           to_json(o.next_attempt_at)#>>'{}' as "nextAttemptAt", to_json(o.sent_at)#>>'{}' as "sentAt", o.last_error as "lastError"
      from outbox o join subscription s on s.id = o.subscription_id
     where (${state}::text is null or o.state = ${state}) and ${scopeOf(ctx.db.sql, 's.region_code', ctx.actor)}
     order by array_position(array['failed', 'waiting', 'sent'], o.state), o.id desc limit 500`
}
