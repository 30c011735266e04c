import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { inScope } from '../../../db/scope.ts'
import { startOfDay } from '../../domain/date.ts'
import type { Day } from '../../domain/date.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { READERS, requireRole } from '../../domain/permit.ts'
import { availabilityOf } from '../../probes/index.ts'
import type { Availability, SeriesVisit } from '../../probes/index.ts'
import { availability } from '../../standard/index.ts'
import { LIMIT_MS } from './opening.ts'
import { endOf, slotsOf } from './slots.ts'

/** 检查指标 W2, as its evaluator has it. */
const RULE = { days: 7, visitsPerDay: 20, limitMs: LIMIT_MS, percent: 5 }

const input = z.object({
  state: z.enum(['running', 'done', 'stopped']).optional(),
  channel: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).default(0),
})

export type WeekEntry = {
  readonly id: number
  readonly channelId: number
  readonly name: string
  readonly from: Day
  readonly days: number
  readonly visitsPerDay: number
  readonly vantages: number
  readonly state: string
  /** Looks planned until now, looks made: the difference was missed (the program did not run, or came too late). */
  readonly planned: number
  readonly made: number
  readonly figures: Omit<Availability, 'samples'>
  /** By 检查指标 W2 as of now: met | violated | not_observed (the week is not over, too few looks, or nobody has confirmed its failures). */
  readonly answer: 'met' | 'violated' | 'not_observed'
}

type Row = Omit<WeekEntry, 'figures' | 'answer' | 'planned' | 'made'> & { nextSlot: number; samples: (Omit<SeriesVisit, 'at'> & { at: string; second: SeriesVisit['second'] | null })[] | null }

/** Weeks, the newest first, with their figures: what counts, what failed, what was taken out and why. Throws `bad_input`, `forbidden`. */
export async function listWeeks({ ctx, input: raw }: { ctx: Pick<Ctx, 'db' | 'actor' | 'clock'>; input: z.input<typeof input> }): Promise<{ total: number; weeks: WeekEntry[] }> {
  requireRole(ctx.actor, READERS)
  const given = input.safeParse(raw)
  if (!given.success) throw new HuoshuiError('bad_input', { zh: `查询有误:${z.prettifyError(given.error)}`, en: `Wrong question: ${z.prettifyError(given.error)}` })
  const { state, channel, limit, offset } = given.data
  const which = sql`${state === undefined ? sql`true` : sql`w.state = ${state}`} and ${channel === undefined ? sql`true` : sql`w.channel_id = ${channel}`} and ${inScope(sql`c.region_code`, ctx.actor)}`
  const [count] = await ctx.db.orm.execute<{ n: number }>(sql`select count(*)::int as n from availability_week w join channel c on c.id = w.channel_id where ${which}`)
  const rows = await ctx.db.orm.execute<Row>(sql`
    select w.id::int as id, w.channel_id::int as "channelId", c.name, to_char(w.from_on, 'YYYY-MM-DD') as from, w.days::int as days, w.visits_per_day::int as "visitsPerDay", w.vantages::int as vantages,
           w.state, w.next_slot as "nextSlot",
           (select json_agg(json_build_object('at', s.at, 'outcome', s.outcome, 'ms', s.ms, 'ownNetwork', s.own_network, 'second', s.second) order by s.slot) from availability_sample s where s.week_id = w.id) as samples
      from availability_week w join channel c on c.id = w.channel_id where ${which} order by w.id desc limit ${limit} offset ${offset}`)
  const now = ctx.clock.now()
  return { total: count?.n ?? 0, weeks: [...rows].map((r) => entryOf(r, now)) }
}

function entryOf({ nextSlot, samples: raw, ...row }: Row, now: Date): WeekEntry {
  const samples = (raw ?? []).map(({ second, at, ...s }) => ({ ...s, at: new Date(at), ...(second === null || second === undefined ? {} : { second }) }))
  const { samples: _, ...figures } = availabilityOf(samples)
  const plan = { channelId: row.channelId, fromOn: row.from, days: row.days, visitsPerDay: row.visitsPerDay }
  const end = startOfDay(endOf(plan))
  return {
    ...row,
    planned: row.state === 'done' ? slotsOf(plan) : nextSlot,
    made: samples.length,
    figures,
    // Once it is over it is judged as of its end: the answer does not age in this list.
    answer: availability(samples, RULE, row.state === 'done' && end < now ? end : now).answer,
  }
}
