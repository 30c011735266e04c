import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { READERS, requireRole } from '../../domain/permit.ts'
import type { Text } from '../../domain/text.ts'
import { filterSql, seenBy, visitingSql, VISITING } from '../channel/filter.ts'
import { placesBelow } from './places.ts'
import type { PlaceFigures } from './places.ts'

/** Whole days since the newest publication, both ends included; null is open. */
export const AGES: readonly { readonly from: number; readonly to: number | null }[] = [
  { from: 0, to: 14 }, { from: 15, to: 30 }, { from: 31, to: 90 }, { from: 91, to: 180 }, { from: 181, to: 365 }, { from: 366, to: null },
]

export const overviewInput = z.object({ region: z.string().max(12).optional() })

export type OverviewFigures = {
  /** Channels by state. */
  readonly states: Readonly<Record<'active' | 'paused' | 'closed' | 'merged', number>>
  /** Active channels by how they stand with the watcher; see `visitingSql`. */
  readonly visiting: Readonly<Record<(typeof VISITING)[number], number>>
  /** The longest unvisited active channel: its last visit, ISO 8601. */
  readonly oldest: { readonly id: number; readonly name: string; readonly lastVisitAt: string } | null
  /** Active channels by the age of their newest publication. */
  readonly ages: readonly { readonly from: number; readonly to: number | null; readonly channels: number }[]
  readonly undated: number
  /** Active channels by what their last visit found. */
  readonly outcomes: readonly { readonly outcome: string; readonly channels: number }[]
  /** Channels with an open candidate, by what is proposed and by the rule that it stands on. */
  readonly reasons: readonly { readonly proposal: string; readonly rule: string; readonly clause: Text; readonly channels: number }[]
  readonly candidates: number
  /** The regions one step below the one asked for (or the actor's own), and the way down to it. */
  readonly places: readonly PlaceFigures[]
  readonly path: readonly { readonly code: string; readonly name: string }[]
}

/**
 * What the first page says of the register, in the actor's region or one below it. Each figure is counted by the filter of
 * the channels' list, so that the list behind a number has as many rows.
 */
export async function overviewFigures({ ctx, input = {} }: { ctx: Pick<Ctx, 'db' | 'actor' | 'clock'>; input?: z.input<typeof overviewInput> }): Promise<OverviewFigures> {
  requireRole(ctx.actor, READERS)
  const { region } = overviewInput.parse(input)
  const now = ctx.clock.now()
  const where = sql`${filterSql(region === undefined ? {} : { region }, now)} and ${seenBy(ctx.actor)}`
  const count = (name: string, condition: SQL): SQL => sql`count(*) filter (where ${condition})::int as ${sql.identifier(name)}`
  const ages = AGES.map((a, i) => count(`age${i}`, sql`c.state = 'active' and ${filterSql({ daysFrom: a.from, ...(a.to === null ? {} : { daysTo: a.to }) }, now)}`))
  const { orm } = ctx.db
  const [[totals], outcomes, [oldest], reasons, { places, path }] = await Promise.all([
    orm.execute<Record<string, number>>(sql`
      select ${sql.join([
        ...(['active', 'paused', 'closed', 'merged'] as const).map((s) => count(s, sql`c.state = ${s}`)),
        ...VISITING.map((v) => count(`visiting_${v}`, visitingSql(v, now))),
        ...ages,
        count('undated', sql`c.state = 'active' and c.newest_on is null`),
      ], sql`, `)} from channel c where ${where}`),
    orm.execute<{ outcome: string; channels: number }>(sql`
      select c.last_outcome as outcome, count(*)::int as channels from channel c where c.state = 'active' and c.last_outcome is not null and ${where} group by 1 order by 2 desc`),
    orm.execute<{ id: number; name: string; lastVisitAt: string }>(sql`
      select c.id::int, c.name, to_char(c.last_visit_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "lastVisitAt" from channel c
       where c.state = 'active' and c.last_visit_at is not null and ${where} order by c.last_visit_at limit 1`),
    orm.execute<{ proposal: string; rule: string; clause: Text; channels: number }>(sql`
      select k.proposal, k.rule, min(k.clause::text)::json as clause, count(*)::int as channels from candidate k join channel c on c.id = k.channel_id
       where k.closed_at is null and ${where} group by k.proposal, k.rule order by 4 desc`),
    placesBelow({ ctx, input: { region } }),
  ])
  const n = (name: string): number => totals?.[name] ?? 0
  return {
    states: { active: n('active'), paused: n('paused'), closed: n('closed'), merged: n('merged') },
    visiting: Object.fromEntries(VISITING.map((v) => [v, n(`visiting_${v}`)])) as OverviewFigures['visiting'],
    oldest: oldest ?? null,
    ages: AGES.map((a, i) => ({ ...a, channels: n(`age${i}`) })),
    undated: n('undated'),
    outcomes: [...outcomes],
    reasons: [...reasons],
    candidates: reasons.reduce((sum, r) => sum + r.channels, 0),
    places,
    path,
  }
}
