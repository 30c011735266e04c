import { sql } from 'drizzle-orm'
import type { Ctx } from '../../db/context.ts'
import { bound, KEPT, LATER, layoutOf, literal, monthStart, partitionName, runOn } from './partitions.ts'
import type { Layout, Run } from './partitions.ts'
import { alone, busy } from './alone.ts'

/** Months made ahead of the present one: so long may nothing run, and a busy table be passed over, before rows fall into the partition of the last resort. */
const AHEAD = 2
/** More months than these are no history, but a clock gone wrong. */
const MOST = 600

/**
 * Sees to it that the present month and the coming two have a partition of their own; returns the names of those made, mostly none. Safe from
 * many processes at once: one makes them, the others find them. A month whose rows came before it was made takes them over.
 * By the earlier of the program's clock and the database's, so that one clock gone wrong makes no months. Throws `conflict` while
 * somebody reads for long (a backup): nothing is lost then, and the next time will do.
 */
export async function makeMonths({ ctx }: { ctx: Pick<Ctx, 'db' | 'clock'> }): Promise<readonly string[]> {
  const now = await soberNow(ctx)
  const wanted = { from: monthStart(now), to: monthStart(now, AHEAD) }
  const [there] = await ctx.db.sql<{ n: number }[]>`
    select count(*)::int as n from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'observation'::regclass and c.relname = ${partitionName(wanted.to)}`
  if (there?.n === 1) return []
  const made = await busy(() => ctx.db.orm.transaction(async (tx) => {
    const run = runOn(tx)
    await alone(run)
    return layMonths(run, wanted)
  }))
  // The planner's figures for the whole are not gathered by themselves.
  if (made.length > 0) await ctx.db.orm.execute(sql`analyze observation`)
  return made
}

/** The earlier of the program's clock and the database's. What cannot be undone takes both to be wrong. */
export async function soberNow(ctx: Pick<Ctx, 'db' | 'clock'>): Promise<Date> {
  const [row] = await ctx.db.sql<{ now: Date }[]>`select now() as now`
  const own = ctx.clock.now()
  return row !== undefined && row.now < own ? row.now : own
}

/**
 * Gives each month from `from` to `to` (both inclusive), and those between them and the months already there, a partition of its own, and puts the
 * rows that lie in them into it. In the caller's transaction, under alone(). Returns the names of those made.
 */
export async function layMonths(run: Run, { from, to }: { from: Date; to: Date }): Promise<string[]> {
  const layout = await layoutOf(run)
  const none = layout.months.length === 0
  const first = none || from < layout.keptTo ? monthStart(from) : layout.keptTo
  const end = none || monthStart(to, 1) > layout.laterFrom ? monthStart(to, 1) : layout.laterFrom
  const wanted = monthsBetween(first, end)
  const missing = wanted.filter((m) => !layout.months.some((have) => have.from.getTime() === m.getTime()))
  if (missing.length === 0) return []
  await move(run, layout, { first, end }, missing)
  return missing.map(partitionName)
}

async function move(run: Run, { keptTo, laterFrom }: Layout, { first, end }: { first: Date; end: Date }, missing: readonly Date[]): Promise<void> {
  const kept = first.getTime() !== keptTo.getTime()
  const later = end.getTime() !== laterFrom.getTime()
  if (kept) await run(`alter table observation detach partition ${KEPT}`)
  if (later) await run(`alter table observation detach partition ${LATER}`)
  for (const m of missing) await run(`create table ${partitionName(m)} partition of observation for values from (${bound(m)}) to (${bound(monthStart(m, 1))})`)
  // Without months before, the two may have met elsewhere: either may hold what is now the other's.
  if (kept && later) {
    await run(`with m as (delete from ${LATER} where at < ${literal(first)} returning *) insert into ${KEPT} select * from m`)
    await run(`with m as (delete from ${KEPT} where at >= ${literal(end)} returning *) insert into ${LATER} select * from m`)
  }
  if (kept) await run(`with m as (delete from ${KEPT} where at >= ${literal(first)} returning *) insert into observation select * from m`)
  if (later) await run(`with m as (delete from ${LATER} where at < ${literal(end)} returning *) insert into observation select * from m`)
  if (kept) await run(`alter table observation attach partition ${KEPT} for values from (minvalue) to (${bound(first)})`)
  if (later) await run(`alter table observation attach partition ${LATER} for values from (${bound(end)}) to (maxvalue)`)
}

function monthsBetween(first: Date, end: Date): Date[] {
  const out: Date[] = []
  for (let m = first; m < end; m = monthStart(m, 1)) {
    out.push(m)
    if (out.length > MOST) throw new Error(`more than ${MOST} months between ${first.toISOString()} and ${end.toISOString()}`)
  }
  return out
}
