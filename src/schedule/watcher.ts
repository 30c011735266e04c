import type { Alarm } from '../domain/alarm.ts'
import { isObserved, OUTCOMES } from '../domain/outcome.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { Ctx } from '../../db/context.ts'
import { credentialAlarms } from '../credentials/index.ts'
import { alarmsOf } from './alarms.ts'
import { weekAlarms } from './week-alarms.ts'

/** How the watcher itself is (design, principle 6). Shares are 0 to 1, null where there is nothing to share; instants are ISO 8601. */
export type WatcherFigures = {
  /** Active channels. */
  readonly channels: number
  readonly neverVisited: number
  /** Due for over an hour and not visited. */
  readonly overdue: number
  /** With the queue or a worker now. */
  readonly inHand: number
  /** The longest unvisited channel's last visit; null when none has been visited. */
  readonly oldestUnchecked: string | null
  /** The longest overdue channel's due moment. */
  readonly oldestDue: string | null
  readonly lastVisit: string | null
  /** Share of active channels visited in the last 14 days, with whatever result. */
  readonly coverage: number | null
  /** Share of active channels that a visit of the last 14 days could see. */
  readonly observed: number | null
  /** Share of the last 24 hours' visits that observed nothing. */
  readonly failureShare: number | null
  /** Visits of the last 24 hours by outcome. */
  readonly outcomes: Readonly<Record<string, number>>
  readonly alarms: readonly Alarm[]
}

/** From where on it is an alarm. */
export type WatcherBounds = {
  /** Hours a channel may be overdue. */
  readonly overdueHours: number
  /** Share of a day's visits that may observe nothing, 0 to 1. */
  readonly failures: number
}

const BOUNDS: WatcherBounds = { overdueHours: 24, failures: 0.5 }

type Row = {
  channels: number; neverVisited: number; overdue: number; inHand: number; visited: number; seen: number
  oldestUnchecked: number | null; oldestDue: number | null; lastVisit: number | null
}

const isOutcome = (o: string): o is Outcome => Object.hasOwn(OUTCOMES, o)
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

/** The figures at the program's present moment, from one pass over the register and one over a day's visits. */
export async function watcherFigures({ ctx, bounds = BOUNDS }: { ctx: Pick<Ctx, 'db' | 'clock'>; bounds?: WatcherBounds }): Promise<WatcherFigures> {
  const now = ctx.clock.now()
  const at = now.toISOString()
  const [credentials, weeks, [row], visits] = await Promise.all([
    credentialAlarms({ ctx }),
    weekAlarms({ ctx }),
    ctx.db.sql<Row[]>`
      select count(*)::int as channels,
        count(*) filter (where last_visit_at is null)::int as "neverVisited",
        count(*) filter (where next_due_at < ${at}::timestamptz - interval '1 hour')::int as overdue,
        count(*) filter (where claimed_slot is not null)::int as "inHand",
        count(*) filter (where last_visit_at > ${at}::timestamptz - interval '14 days')::int as visited,
        count(*) filter (where last_seen_at > ${at}::timestamptz - interval '14 days')::int as seen,
        (extract(epoch from min(last_visit_at)) * 1000)::float8 as "oldestUnchecked",
        (extract(epoch from min(next_due_at) filter (where next_due_at < ${at}::timestamptz - interval '1 hour')) * 1000)::float8 as "oldestDue",
        (extract(epoch from max(last_visit_at)) * 1000)::float8 as "lastVisit"
      from channel where state = 'active'`,
    ctx.db.sql<{ outcome: string; n: number }[]>`
      select outcome, count(*)::int as n from visit where started_at > ${at}::timestamptz - interval '1 day' and started_at <= ${at}::timestamptz group by outcome order by n desc`,
  ])
  const total = visits.reduce((sum, v) => sum + v.n, 0)
  const failed = visits.reduce((sum, v) => sum + (isOutcome(v.outcome) && isObserved(v.outcome) ? 0 : v.n), 0)
  const n = row?.channels ?? 0
  const figures = {
    channels: n,
    neverVisited: row?.neverVisited ?? 0,
    overdue: row?.overdue ?? 0,
    inHand: row?.inHand ?? 0,
    oldestUnchecked: iso(row?.oldestUnchecked ?? null),
    oldestDue: iso(row?.oldestDue ?? null),
    lastVisit: iso(row?.lastVisit ?? null),
    coverage: n === 0 ? null : (row?.visited ?? 0) / n,
    observed: n === 0 ? null : (row?.seen ?? 0) / n,
    failureShare: total === 0 ? null : failed / total,
    outcomes: Object.fromEntries(visits.map((v) => [v.outcome, v.n])),
  }
  return { ...figures, alarms: [...alarmsOf(figures, { visits: total, now, bounds }), ...weeks, ...credentials] }
}
