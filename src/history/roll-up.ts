import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import type { Tx } from '../../db/client.ts'
import { setting } from '../../db/schema/index.ts'
import { recordAudit } from '../audit/record.ts'
import type { Config } from '../config/schema.ts'
import type { Day } from '../domain/date.ts'
import { ROLLED_UP } from '../domain/kept.ts'
import { requireRole } from '../domain/permit.ts'
import { holdPruning } from '../evidence/index.ts'
import { alone, busy } from './alone.ts'
import { rolledUpBefore } from './cutoff.ts'
import { layMonths, soberNow } from './months.ts'
import { bound, KEPT, layoutOf, literal, monthOf, monthStart, runOn } from './partitions.ts'
import type { Run } from './partitions.ts'
import { survivors } from './survivors.ts'

const input = z.strictObject({
  /** Says what would be done and does nothing. */
  dryRun: z.boolean().default(false),
  /** Most partitions rolled up by this call, the oldest first. */
  most: z.number().int().min(1).default(600),
})

export type RolledUp = {
  /** Observations before this day (China) are rolled up, or would be; null where none are. */
  readonly before: Day | null
  /** What this call rolled up, or would: by month, how many observations there were. */
  readonly months: readonly { readonly month: Day; readonly observations: number }[]
  /** Observations let go. */
  readonly dropped: number
  /** Rows of those and earlier months that stay, because something may still be asked of them. */
  readonly kept: number
  readonly dryRun: boolean
}

type Step = { readonly from: Date | null; readonly to: Date }
type Month = { month: Day; observations: number }

/**
 * Rolls up the months that are older than `keepMonths` (0: never): how much was seen of what goes into observation_month, the rows that a verdict,
 * a page or a pack of evidence may still ask for stay (survivors), the others go. What is asked about a moment from then on gets the answer it got before;
 * what is asked about an earlier moment is refused (requireWhole). A partition at a time, each in one transaction with its audit row; safe from several processes
 * at once. By the earlier of the program's clock and the database's. Throws `forbidden`; `conflict` while a backup is made or the table is busy.
 */
export async function rollUp({ ctx, config, input: given = {} }: { ctx: Ctx; config: Pick<Config, 'keepMonths'>; input?: z.input<typeof input> }): Promise<RolledUp> {
  requireRole(ctx.actor, ['administrator'])
  const { dryRun, most } = input.parse(given)
  const standing = await rolledUpBefore(ctx.db.sql)
  const nothing: RolledUp = { before: standing === null ? null : monthOf(standing), months: [], dropped: 0, kept: 0, dryRun }
  if (config.keepMonths === 0) return nothing
  const now = await soberNow(ctx)
  const target = monthStart(now, -config.keepMonths)
  if (standing !== null && target <= standing) return nothing
  if (dryRun) return wouldRollUp(ctx, { from: standing, to: target })
  const release = await holdPruning(ctx.db.sql)
  try {
    let sum = nothing
    for (let i = 0; i < most; i++) {
      const done = await busy(() => ctx.db.unhurried((db) => db.orm.transaction((tx) => oneStep(tx, ctx, { target, now }))))
      if (done === null) break
      sum = { ...sum, before: done.before, months: [...sum.months, ...done.months], dropped: sum.dropped + done.dropped, kept: done.kept }
    }
    // The planner's figures for the whole are not gathered by themselves.
    if (sum.months.length > 0) await ctx.db.orm.execute(sql`analyze observation`)
    return sum
  } finally {
    await release()
  }
}

async function wouldRollUp(ctx: Ctx, step: Step): Promise<RolledUp> {
  return ctx.db.unhurried((db) => db.orm.transaction(async (tx) => {
    const run = runOn(tx)
    const months = [...await run<Month>(`select to_char(date_trunc('month', at at time zone 'Asia/Shanghai'), 'YYYY-MM-DD') as month, count(*)::int as observations from observation where ${within(step)} group by 1 order by 1`)]
    const [rows] = await run<{ all: number; kept: number }>(`select (select count(*)::int from observation where at < ${literal(step.to)}) as all, (select count(*)::int from (${survivors(step.to)}) s) as kept`)
    return { before: months.length === 0 ? (step.from === null ? null : monthOf(step.from)) : monthOf(step.to), months, dropped: months.length === 0 ? 0 : (rows?.all ?? 0) - (rows?.kept ?? 0), kept: rows?.kept ?? 0, dryRun: true }
  }, { accessMode: 'read only' }))
}

const within = ({ from, to }: Step): string => `at < ${literal(to)}${from === null ? '' : ` and at >= ${literal(from)}`}`

/** The oldest partition that is not rolled up yet; null where none is left before `target`. */
async function nextStep(run: Run, target: Date, now: Date): Promise<(Step & { readonly into: readonly string[] }) | null> {
  const [row] = await run<{ before: string | null }>(`select value ->> 'before' as before from setting where key = '${ROLLED_UP}'`)
  const from = row?.before == null ? null : new Date(row.before)
  const holds = async (table: string, step: Step): Promise<boolean> => (await run(`select 1 from ${table} where ${within(step)} limit 1`)).length > 0
  let { keptTo, months } = await layoutOf(run)
  // Rows that came before there were months: those to be rolled up are parted from the others first.
  if (keptTo > target && await holds(KEPT, { from, to: target })) {
    await layMonths(run, { from: target, to: now })
    ;({ keptTo, months } = await layoutOf(run))
  }
  if ((from === null || keptTo > from) && keptTo <= target && await holds(KEPT, { from, to: keptTo })) return { from, to: keptTo, into: [KEPT] }
  const [oldest] = months
  return oldest === undefined || oldest.to > target ? null : { from, to: oldest.to, into: [KEPT, oldest.name] }
}

type Done = Pick<RolledUp, 'months' | 'dropped' | 'kept'> & { readonly before: Day | null }

async function oneStep(tx: Tx, ctx: Ctx, { target, now }: { target: Date; now: Date }): Promise<Done | null> {
  const run = runOn(tx)
  await alone(run)
  const step = await nextStep(run, target, now)
  if (step === null) return null
  await run(`set local work_mem = '64MB'`)
  // Nobody writes into months so old; should somebody, he waits.
  await run(`lock table ${step.into.join(', ')} in share row exclusive mode`)
  const months = await count(run, step)
  const [all] = await run<{ n: number }>(`select count(*)::int as n from observation where at < ${literal(step.to)}`)
  await run(`create table observation_next (like observation including defaults including constraints including indexes)`)
  await run(`insert into observation_next select o.* from observation o join (${survivors(step.to)}) s on s.id = o.id where o.at < ${literal(step.to)}`)
  const [kept] = await run<{ n: number }>(`select count(*)::int as n from observation_next`)
  await replace(run, step)
  const done = { before: months.length === 0 ? (step.from === null ? null : monthOf(step.from)) : monthOf(step.to), months, kept: kept?.n ?? 0, dropped: (all?.n ?? 0) - (kept?.n ?? 0) }
  // Where nothing was there nothing is missing: earlier moments may be asked about as before.
  if (months.length === 0) return done
  const value = { before: step.to.toISOString() }
  const at = ctx.clock.now()
  await tx.insert(setting).values({ key: ROLLED_UP, value, updatedAt: at }).onConflictDoUpdate({ target: setting.key, set: { value, updatedAt: at } })
  await recordAudit(tx, { actor: ctx.actor, at }, [{ verb: 'observations.roll_up', entity: 'observation', detail: done }])
  return done
}

/** How much was seen of what, month by month; returns the months with how many observations each had. */
async function count(run: Run, step: Step): Promise<Month[]> {
  const month = `date_trunc('month', at at time zone 'Asia/Shanghai')::date`
  const rows = await run<Month>(`
    with seen as materialized (
      select ${month} as month, channel_id, column_id, about, outcome, count(*)::int as n, min(at) as first_at, max(at) as last_at, max(newest_on) as newest_on
        from observation where ${within(step)} group by 1, 2, 3, 4, 5
    ), written as (
      insert into observation_month (month, channel_id, column_id, about, observations, outcomes, first_at, last_at, newest_on)
      select month, channel_id, column_id, about, sum(n)::int, jsonb_object_agg(outcome, n), min(first_at), max(last_at), max(newest_on)
        from seen group by month, channel_id, column_id, about
    )
    select to_char(month, 'YYYY-MM-DD') as month, sum(n)::int as observations from seen group by month order by month`)
  return [...rows]
}

/** Puts observation_next in the place of the partitions that it was made from: a matter of the catalogue alone, as everything is known to hold already. */
async function replace(run: Run, { to, into }: { to: Date; into: readonly string[] }): Promise<void> {
  await run(`alter table observation_next add constraint observation_channel_id_channel_id_fk foreign key (channel_id) references channel (id)`)
  await run(`alter table observation_next add constraint observation_column_id_site_column_id_fk foreign key (column_id) references site_column (id)`)
  await run(`alter table observation_next add constraint observation_next_before check (at is not null and at < ${literal(to)})`)
  for (const name of into) await run(`alter table observation detach partition ${name}`)
  await run(`drop table ${into.join(', ')}`)
  await run(`alter table observation_next rename to ${KEPT}`)
  await run(`alter table observation attach partition ${KEPT} for values from (minvalue) to (${bound(to)})`)
  await run(`alter table ${KEPT} drop constraint observation_next_before`)
}
