import type { Ctx } from '../../db/context.ts'
import { addDays, dayInChina } from '../../src/domain/date.ts'
import { startWeek } from '../../src/visit/week/index.ts'
import { slotAfter, slotAt } from '../../src/visit/week/slots.ts'
import type { WeekPlan } from '../../src/visit/week/slots.ts'

/** Not one whose moment has gone by, though there were still time for it. */
export function firstAfter(week: WeekPlan, now: Date): number {
  const slot = slotAfter(week, -1, now)
  return slotAt(week, slot) < now ? slot + 1 : slot
}

/** Puts every n-th website under an availability week that began four days ago, at 20 looks a day; the next look of each is to come. */
export async function seedWeeks({ ctx, every }: { ctx: Ctx; every: number }): Promise<number> {
  const now = ctx.clock.now()
  const fromOn = addDays(dayInChina(now), -4)
  const ids = (await ctx.db.sql<{ id: number }[]>`select id::int as id from channel where kind = 'website' order by id`).filter((_, i) => i % every === 0).map((r) => r.id)
  const before = { ...ctx, clock: { now: () => new Date(now.getTime() - 5 * 86_400_000) } }
  await startWeek({ ctx: before, input: { selection: { ids }, from: fromOn, visitsPerDay: 20, vantages: 1 } })
  const next = ids.map((channelId) => {
    const week = { channelId, fromOn, days: 7, visitsPerDay: 20 }
    const slot = firstAfter(week, now)
    return { channelId, slot, at: slotAt(week, slot).toISOString() }
  })
  await ctx.db.sql`
    update availability_week w set next_slot = u.slot, next_at = u.at
      from unnest(${next.map((n) => n.channelId)}::bigint[], ${next.map((n) => n.slot)}::int[], ${next.map((n) => n.at)}::timestamptz[]) as u(channel, slot, at) where w.channel_id = u.channel`
  return ids.length
}

export type Looks = { readonly looks: number; readonly due: number; readonly lateP50: number; readonly lateP95: number; readonly lateMax: number }

/** Looks made since `from`, how many were due by `to`, and seconds by which they were late against their slots. */
export async function looksMade({ ctx, from, to }: { ctx: Ctx; from: Date; to: Date }): Promise<Looks> {
  const weeks = await ctx.db.sql<{ id: number; channelId: number; fromOn: string }[]>`select id::int as id, channel_id::int as "channelId", to_char(from_on, 'YYYY-MM-DD') as "fromOn" from availability_week`
  const plans = new Map(weeks.map((w) => [w.id, { channelId: w.channelId, fromOn: w.fromOn as `${number}-${number}-${number}`, days: 7, visitsPerDay: 20 }]))
  let due = 0
  for (const plan of plans.values()) {
    for (let slot = firstAfter(plan, from); slot < 140 && slotAt(plan, slot) <= to; slot++) due++
  }
  const made = await ctx.db.sql<{ week: number; slot: number; at: Date }[]>`select week_id::int as week, slot, at from availability_sample`
  const late = made.flatMap((m) => {
    const plan = plans.get(m.week)
    return plan === undefined || slotAt(plan, m.slot) > to ? [] : [(m.at.getTime() - slotAt(plan, m.slot).getTime()) / 1000]
  }).sort((a, b) => a - b)
  const at = (share: number): number => late[Math.min(late.length - 1, Math.floor(share * late.length))] ?? Number.NaN
  return { looks: late.length, due, lateP50: at(0.5), lateP95: at(0.95), lateMax: at(1) }
}
