import type { Ctx } from '../../db/context.ts'
import { mendClock } from '../queue/index.ts'
import type { VisitQueue } from '../queue/index.ts'

/**
 * Hands claims older than `olderThanMs` (by the database's own clock) to the queue again: their jobs may have been lost between claim
 * and queue, or with the queue. Where the job is still there, the same id makes it a no-op, so nothing is visited twice; it is then for
 * the queue to hand over a dead worker's job, and what a wrong clock left in it must not keep it from that.
 */
export async function reclaim({ ctx, queue, olderThanMs = 120_000, batch = 2000 }: { ctx: Ctx; queue: Pick<VisitQueue, 'add'>; olderThanMs?: number; batch?: number }): Promise<number> {
  await mendClock(ctx.db.sql)
  const rows = await ctx.db.sql<{ id: number; slotMs: number; reason: string }[]>`
    update channel set claimed_at = now() where id in (
      select id from channel where claimed_slot is not null and state <> 'paused' and claimed_at <= now() - ${olderThanMs}::int * interval '1 millisecond'
      order by claimed_at limit ${batch} for update skip locked)
    returning id::int as id, (extract(epoch from claimed_slot) * 1000)::float8 as "slotMs", coalesce(due_reason, 'first') as reason`
  await queue.add(rows.map((r) => ({ channelId: r.id, slotMs: r.slotMs, reason: r.reason })))
  return rows.length
}
