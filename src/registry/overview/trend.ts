import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { addDays, dayInChina } from '../../domain/date.ts'
import { READERS, requireRole } from '../../domain/permit.ts'
import { filterSql, seenBy } from '../channel/filter.ts'

export const trendInput = z.object({ region: z.string().max(12).optional(), weeks: z.number().int().min(2).max(104).default(16) })

/** One week of China's calendar, Monday to Sunday; the last one is still running. Channels, not candidates, are counted. */
export type TrendWeek = {
  readonly from: string
  readonly to: string
  /** Channels of which a candidate was opened, or settled, in the week. */
  readonly opened: number
  readonly settled: number
  /** With a candidate at the week's end. */
  readonly open: number
  /** Closed or merged in the week. */
  readonly removed: number
}

/** The weeks up to now, the oldest first. */
export async function overviewTrend({ ctx, input = {} }: { ctx: Pick<Ctx, 'db' | 'actor' | 'clock'>; input?: z.input<typeof trendInput> }): Promise<TrendWeek[]> {
  requireRole(ctx.actor, READERS)
  const { region, weeks } = trendInput.parse(input)
  const now = ctx.clock.now()
  const today = dayInChina(now)
  const monday = addDays(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7))
  const first = addDays(monday, -7 * (weeks - 1))
  const where = sql`${filterSql(region === undefined ? {} : { region }, now)} and ${seenBy(ctx.actor)}`
  const rows = await ctx.db.orm.execute<TrendWeek>(sql`
    with k as materialized (
        select k.channel_id, (k.opened_at at time zone 'Asia/Shanghai')::date as opened, (k.closed_at at time zone 'Asia/Shanghai')::date as closed
          from candidate k join channel c on c.id = k.channel_id where ${where}),
      week as (select generate_series(${first}::date, ${monday}::date, interval '7 days')::date as day),
      opened as (select date_trunc('week', opened)::date as day, count(distinct channel_id)::int as n from k where opened >= ${first}::date group by 1),
      settled as (select date_trunc('week', closed)::date as day, count(distinct channel_id)::int as n from k where closed >= ${first}::date group by 1),
      removed as (
        select date_trunc('week', l.at at time zone 'Asia/Shanghai')::date as day, count(distinct l.channel_id)::int as n from channel_life l join channel c on c.id = l.channel_id
         where l.to_state in ('closed', 'merged') and (l.at at time zone 'Asia/Shanghai')::date >= ${first}::date and ${where} group by 1)
    select week.day::text as from, (week.day + 6)::text as to, coalesce(opened.n, 0) as opened, coalesce(settled.n, 0) as settled, coalesce(removed.n, 0) as removed,
           (select count(*)::int from k where k.opened <= week.day + 6 and (k.closed is null or k.closed > week.day + 6)) as open
      from week left join opened using (day) left join settled using (day) left join removed using (day) order by week.day`)
  return [...rows]
}
