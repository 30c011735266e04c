import type { Ctx } from '../../../db/context.ts'
import { identityOf } from './show.ts'

/** How far a visit that was asked for is: `waiting` for a worker, `in_hand`, or `done` since `since`. */
export type LiveVisit = {
  readonly stage: 'idle' | 'waiting' | 'in_hand' | 'done'
  readonly nextDueAt: string | null
  readonly lastVisitAt: string | null
  readonly outcome: string | null
  readonly newestOn: string | null
  /** Workers have made visits in the last ten minutes of real work. */
  readonly lastAnywhere: string | null
}

/** The present stage of a channel's visit; one that ended after `since` (ISO 8601) is done. Throws `not_found`. */
export async function liveVisit({ ctx, input: { id, since } }: { ctx: Pick<Ctx, 'db' | 'actor' | 'clock'>; input: { id: number; since: string | null } }): Promise<LiveVisit> {
  const channel = await identityOf(ctx, id)
  const [latest] = await ctx.db.sql<{ at: string | null }[]>`select to_char(max(last_visit_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at from channel`
  const done = since !== null && channel.lastVisitAt !== null && channel.lastVisitAt >= since
  const due = channel.nextDueAt !== null && Date.parse(channel.nextDueAt) <= ctx.clock.now().getTime()
  return {
    stage: done ? 'done' : channel.inHand ? 'in_hand' : due ? 'waiting' : 'idle',
    nextDueAt: channel.nextDueAt, lastVisitAt: channel.lastVisitAt, outcome: channel.lastOutcome, newestOn: channel.newestOn, lastAnywhere: latest?.at ?? null,
  }
}
