import type { Db } from '../../db/client.ts'
import type { Ctx } from '../../db/context.ts'
import type { VisitJob, VisitQueue } from '../../src/queue/index.ts'
import { completeSlot } from '../../src/schedule/index.ts'

/** `n` channels, ids from 1 on in a fresh database; `organisations` of them in turn; due at once unless `dueAt` says when. */
export async function addChannels(db: Db, n: number, options: { dueAt?: string; organisations?: number; kind?: string } = {}): Promise<void> {
  const orgs = options.organisations ?? 0
  if (orgs > 0) await db.sql`insert into organisation (name) select 'unit ' || i from generate_series(1, ${orgs}::int) i on conflict do nothing`
  await db.sql`
    insert into channel (kind, name, address, address_raw, identity_key, next_due_at, organisation_id)
    select ${options.kind ?? 'website'}::text, 'site ' || i, 'http://127.0.0.1/' || i, 'http://127.0.0.1/' || i, gen_random_uuid()::text, ${options.dueAt ?? null}::timestamptz,
      case when ${orgs}::int > 0 then 1 + (i % greatest(${orgs}::int, 1)) end
    from generate_series(1, ${n}::int) i`
}

/** A queue that only remembers; `fail` makes the next add throw, as a crash between claim and queue would. */
export function memoryQueue(): VisitQueue & { jobs: Map<string, VisitJob>; fail: boolean } {
  const jobs = new Map<string, VisitJob>()
  const queue = {
    jobs,
    fail: false,
    add: async (added: readonly VisitJob[]) => {
      if (queue.fail && added.length > 0) throw new Error('crashed')
      for (const j of added) jobs.set(`${j.channelId}-${j.slotMs}`, jobs.get(`${j.channelId}-${j.slotMs}`) ?? j)
    },
    counts: async () => ({ waiting: jobs.size, active: 0, delayed: 0 }),
    state: async () => ({ waiting: jobs.size, active: 0, delayed: 0, waitingSince: null, activeSince: null }),
    drain: async () => jobs.clear(),
    close: async () => undefined,
  }
  return queue
}

/** A visit as the visit room makes it: the row and the end of the claim in one transaction. */
export async function makeVisit(ctx: Ctx, channelId: number, slot: Date, outcome = 'ok', nextMs = 86_400_000): Promise<{ outcome: string }> {
  const at = ctx.clock.now()
  await ctx.db.sql.begin(async (sql) => {
    await sql`insert into visit (channel_id, slot, started_at, ended_at, outcome) values (${channelId}, ${slot.toISOString()}, ${at.toISOString()}, ${at.toISOString()}, ${outcome}) on conflict (channel_id, slot) do nothing`
    await sql`update channel set last_visit_at = ${at.toISOString()}, last_outcome = ${outcome}, last_seen_at = case when ${outcome} = 'ok' then ${at.toISOString()}::timestamptz else last_seen_at end where id = ${channelId}`
    await completeSlot(sql, { channelId, slot }, { at: new Date(at.getTime() + nextMs), reason: 'deadline' })
  })
  return { outcome }
}
