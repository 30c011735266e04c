import { OUTCOMES, isObserved } from '../domain/outcome.ts'
import type { Outcome } from '../domain/outcome.ts'
import { requireRole } from '../domain/permit.ts'
import type { Ctx } from '../../db/context.ts'

/** What the workers are doing. Instants are ISO 8601. */
export type EngineRoom = {
  /** The last 24 hours, hour by hour, the oldest first. */
  readonly hours: readonly { readonly from: string; readonly visits: number; readonly seen: number; readonly rendered: number; readonly seconds: number | null }[]
  /** Workers that ended a visit in the last 15 minutes. */
  readonly workers: readonly { readonly name: string; readonly visits: number; readonly lastVisit: string }[]
  /** Hosts and addresses that asked to be left alone, the longest first; at most 100. */
  readonly resting: readonly { readonly key: string; readonly until: string; readonly failures: number }[]
  /** Hosts at rest in all. */
  readonly restingCount: number
  /** Requests under way. */
  readonly requests: number
}

const seen = (Object.keys(OUTCOMES) as Outcome[]).filter(isObserved)
const iso = (ms: number): string => new Date(ms).toISOString()

/** Throughput, workers and hosts in back-off, for operations. Reads a day of visits through their index, never the history. */
export async function engineRoom({ ctx }: { ctx: Ctx }): Promise<EngineRoom> {
  requireRole(ctx.actor, ['operations'])
  const { sql } = ctx.db
  const now = ctx.clock.now()
  const at = now.toISOString()
  const [hours, workers, resting, [pace]] = await Promise.all([
    sql<{ ms: number; visits: number; seen: number; rendered: number; seconds: number | null }[]>`
      select (extract(epoch from h) * 1000)::float8 as ms, count(v.id)::int as visits, count(v.id) filter (where v.outcome = any(${seen}))::int as seen,
        count(v.id) filter (where v.rendered)::int as rendered, avg(extract(epoch from v.ended_at - v.started_at))::float8 as seconds
      from generate_series(date_trunc('hour', ${at}::timestamptz) - interval '23 hours', ${at}::timestamptz, interval '1 hour') h
      left join visit v on v.started_at >= h and v.started_at < h + interval '1 hour' group by h order by h`,
    sql<{ name: string; visits: number; ms: number }[]>`
      select worker as name, count(*)::int as visits, (extract(epoch from max(ended_at)) * 1000)::float8 as ms from visit
      where started_at > ${at}::timestamptz - interval '1 hour' and ended_at > ${at}::timestamptz - interval '15 minutes' and worker is not null group by worker order by worker limit 200`,
    sql<{ key: string; ms: number; failures: number; n: number }[]>`
      select key, (extract(epoch from rest_until) * 1000)::float8 as ms, failures, (count(*) over ())::int as n from pacing
      where rest_until > now() order by rest_until desc limit 100`,
    sql<{ requests: number }[]>`
      select count(*)::int as requests from pacing p, jsonb_each_text(p.leases) l where p.key like 'host:%' and l.value::float8 > extract(epoch from now()) * 1000`,
  ])
  return {
    hours: hours.map(({ ms, ...h }) => ({ from: iso(ms), ...h })),
    workers: workers.map(({ ms, ...w }) => ({ ...w, lastVisit: iso(ms) })),
    resting: resting.map(({ key, ms, failures }) => ({ key, until: iso(ms), failures })),
    restingCount: resting[0]?.n ?? 0,
    requests: pace?.requests ?? 0,
  }
}
