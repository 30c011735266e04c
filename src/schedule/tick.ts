import type { Ctx } from '../../db/context.ts'
import type { VisitQueue } from '../queue/index.ts'
import { fraction } from './hash.ts'
import { loadPolicies } from './resolve.ts'
import type { PolicySubject } from './resolve.ts'
import { afterWindows, isForbidden } from './windows.ts'

export type Claim = PolicySubject & { readonly slotMs: number; readonly reason: string }

export type TickResult = {
  /** Claimed and with the queue. */
  readonly enqueued: number
  /** Due, but paused by policy or in a window: put off. */
  readonly deferred: number
  /** Nothing was claimed, as the queue holds enough. */
  readonly held: boolean
}

export type TickArgs = {
  readonly ctx: Ctx
  readonly queue: Pick<VisitQueue, 'add' | 'counts'>
  /** Most channels claimed at once. */
  readonly batch?: number
  /** No claims while so many jobs wait: what is due waits in the register, where it costs nothing. */
  readonly highWater?: number
  /** What counts as due: up to this moment of the program's clock; its present one if not given. */
  readonly until?: Date
}

/**
 * Claims due channels in one statement, so that two ticks at once never claim the same one, and hands them to the queue. Should we die
 * between the two, reclaim() hands them over again under the same ids.
 */
export async function tick({ ctx, queue, batch = 500, highWater = 2000, until }: TickArgs): Promise<TickResult> {
  const { waiting, delayed } = await queue.counts()
  // What failed and comes again soon counts as well: while the database is in trouble everything does.
  const room = Math.min(batch, highWater - waiting - delayed)
  // A claim for every few visits would cost more than the visits: an eighth of the room at least.
  if (room < Math.min(batch, Math.ceil(highWater / 8))) return { enqueued: 0, deferred: 0, held: true }
  const claims = await claim(ctx, until ?? ctx.clock.now(), room)
  if (claims.length === 0) return { enqueued: 0, deferred: 0, held: false }
  const { go, later } = await sift(ctx, claims)
  if (later.length > 0) await defer(ctx, later)
  await queue.add(interleave(go).map((c) => ({ channelId: c.id, slotMs: c.slotMs, reason: c.reason })))
  return { enqueued: go.length, deferred: later.length, held: false }
}

/** Due channels looked over for each claim: so far may one organisation's stand before the others' and not hold them up. */
const IN_VIEW = 4000

/**
 * The organisations' channels in turn: of all in view, first one of each, then the second. A large one that is due first does not make the
 * others wait, and a claim costs the same however much is due. Rows another tick holds are passed over for the next.
 * Never-visited channels have at most half a batch's room while others are due, so that a fresh ledger does not starve the rest.
 * A slot is a moment no visit of the channel has had: it is what makes a visit one and no other, even when the clock stands still.
 */
async function claim(ctx: Ctx, now: Date, limit: number): Promise<Claim[]> {
  const half = Math.ceil(limit / 2)
  const at = now.toISOString()
  return ctx.db.sql<Claim[]>`
    with due_view as materialized (
      select id, organisation_id, next_due_at from channel where state = 'active' and claimed_slot is null and next_due_at <= ${at}
      order by next_due_at limit ${IN_VIEW}
    ), due_turns as materialized (
      select id, row_number() over (partition by coalesce(organisation_id, -id) order by next_due_at, id) as turn, next_due_at from due_view
    ), due as materialized (
      select c.id from due_turns t join channel c on c.id = t.id where c.state = 'active' and c.claimed_slot is null and c.next_due_at <= ${at}
      order by t.turn, t.next_due_at limit ${limit} for update of c skip locked
    ), fresh_view as materialized (
      select id, organisation_id from channel where state = 'active' and claimed_slot is null and next_due_at is null limit ${IN_VIEW}
    ), fresh_turns as materialized (
      select id, row_number() over (partition by coalesce(organisation_id, -id) order by id) as turn from fresh_view
    ), fresh as materialized (
      select c.id from fresh_turns t join channel c on c.id = t.id where c.state = 'active' and c.claimed_slot is null and c.next_due_at is null
      order by t.turn limit greatest(${half}::int, ${limit}::int - (select count(*)::int from due)) for update of c skip locked
    ), watched as materialized (
      -- Shut and merged ones are looked at now and then: a tenth of the room, so that they never crowd out the living.
      select id from channel where state in ('closed', 'merged') and claimed_slot is null and next_due_at <= ${at}
      order by next_due_at limit ${Math.ceil(limit / 10)} for update skip locked
    ), picked as (
      select id from fresh union all (select id from due limit ${limit}::int - (select count(*)::int from fresh)) union all select id from watched
    )
    update channel c set claimed_at = now(), claimed_slot = greatest(
      date_trunc('milliseconds', coalesce(c.next_due_at, ${at}::timestamptz)),
      (select max(v.slot) + interval '1 millisecond' from visit v where v.channel_id = c.id))
    from picked where c.id = picked.id
    returning c.id::int as id, c.kind, c.region_code as "regionCode", c.organisation_id::int as "organisationId",
      (extract(epoch from c.claimed_slot) * 1000)::float8 as "slotMs", coalesce(c.due_reason, 'first') as reason`
}

async function sift(ctx: Ctx, claims: readonly Claim[]): Promise<{ go: Claim[]; later: { id: number; at: Date }[] }> {
  const resolve = await loadPolicies({ ctx })
  const now = ctx.clock.now()
  const go: Claim[] = []
  const later: { id: number; at: Date }[] = []
  for (const c of claims) {
    const policy = resolve(c)
    if (c.reason === 'run_now') go.push(c)
    else if (policy.paused) later.push({ id: c.id, at: new Date(now.getTime() + 86_400_000) })
    else if (isForbidden(policy.windows, now)) later.push({ id: c.id, at: afterWindows(policy.windows, now, fraction(c.id, 'window')) })
    else go.push(c)
  }
  return { go, later }
}

async function defer(ctx: Ctx, later: readonly { id: number; at: Date }[]): Promise<void> {
  await ctx.db.sql`
    update channel c set claimed_slot = null, claimed_at = null, next_due_at = l.at
    from unnest(${later.map((l) => l.id)}::bigint[], ${later.map((l) => l.at.toISOString())}::timestamptz[]) as l(id, at) where c.id = l.id`
}

/** One of each organisation in turn, so that one with a thousand channels does not make the others wait. */
export function interleave(claims: readonly Claim[]): Claim[] {
  const groups = new Map<number | null, Claim[]>()
  for (const c of claims) {
    const group = groups.get(c.organisationId)
    if (group === undefined) groups.set(c.organisationId, [c])
    else group.push(c)
  }
  const out: Claim[] = []
  const rows = [...groups.values()]
  for (let i = 0; out.length < claims.length; i++) {
    for (const row of rows) {
      const c = row[i]
      if (c !== undefined) out.push(c)
    }
  }
  return out
}
