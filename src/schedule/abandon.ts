import type { Ctx } from '../../db/context.ts'
import { nextDue } from './due.ts'
import { loadPolicies } from './resolve.ts'
import type { PolicySubject } from './resolve.ts'
import { completeSlot } from './slot.ts'
import type { Slot } from './slot.ts'

/**
 * Writes off a slot whose visit failed by our own fault every time it was tried: a row says so (every attempt writes one), the channel
 * is not judged by it, and comes again after the usual delay. Does nothing where the slot has been completed meanwhile.
 */
export async function abandonSlot({ ctx, input }: { ctx: Ctx; input: Slot & { reason: string; error: string } }): Promise<void> {
  const resolve = await loadPolicies({ ctx })
  const now = ctx.clock.now()
  const at = now.toISOString()
  const { channelId, slot } = input
  await ctx.db.sql.begin(async (sql) => {
    const [subject] = await sql<(PolicySubject & { failures: number })[]>`
      select c.id::int as id, c.kind, c.region_code as "regionCode", c.organisation_id::int as "organisationId",
        (select count(*)::int from (select outcome from visit v where v.channel_id = c.id order by v.started_at desc limit 3) r where r.outcome = 'own_fault') as failures
      from channel c where c.id = ${channelId} and c.claimed_slot = ${slot.toISOString()} for update`
    if (subject === undefined) return
    await sql`
      insert into visit (channel_id, slot, started_at, ended_at, outcome, detail, reason)
      values (${channelId}, ${slot.toISOString()}, ${at}, ${at}, 'own_fault', ${input.error.slice(0, 500)}, ${input.reason})
      on conflict (channel_id, slot) do nothing`
    await sql`update channel set last_visit_at = ${at}, last_outcome = 'own_fault' where id = ${channelId}`
    const facts = { channelId, outcome: 'own_fault', failures: subject.failures + 1, goneSince: null, watched: [] } as const
    await completeSlot(sql, { channelId, slot }, nextDue(facts, resolve(subject), now))
  })
}
