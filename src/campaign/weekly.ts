import { sql as q } from 'drizzle-orm'
import type { Ctx } from '../../db/context.ts'
import { dayInChina, daysBetween } from '../domain/date.ts'
import type { Text } from '../domain/text.ts'
import { READERS, requireRole } from '../domain/permit.ts'
import { listOrders } from '../review/index.ts'
import type { OrderRow } from '../review/index.ts'
import { FIGURES, findCampaign, memberRows, oldestUndecided } from './members.ts'
import type { Found } from './members.ts'
import { rate } from './rate.ts'
import { ROUNDING } from './report.ts'

const DAY = 86_400_000
const OLDEST = 20

export type RegionWeek = {
  readonly rank: number
  readonly region: string
  readonly regionName: string
  readonly baseline: number
  readonly removed: number
  readonly remaining: number
  readonly rate: number | null
  /** Removed this week less what came back. */
  readonly removedThisWeek: number
  readonly undecided: number
  readonly overdueOrders: number
  readonly behind: boolean
  readonly reasons: readonly Text[]
}

/** 周调度: what changed in the seven days up to `asOf`, the ranking, who is behind and why, what waits longest. */
export type Weekly = {
  readonly name: string
  readonly from: string
  readonly until: string
  readonly rounding: Text
  readonly totals: { readonly baseline: number; readonly removed: number; readonly remaining: number; readonly rate: number | null; readonly removedThisWeek: number }
  /** The middle region's rate. */
  readonly median: number | null
  readonly regions: readonly RegionWeek[]
  readonly oldest: readonly { readonly candidate: number; readonly channel: number; readonly name: string; readonly regionName: string; readonly problem: string | null; readonly clause: Text | null; readonly days: number }[]
  readonly overdue: readonly OrderRow[]
}

/** Throws `not_found`. */
export async function weeklyDispatch({ ctx, input }: { ctx: Ctx; input: { name: string; asOf?: Date } }): Promise<Weekly> {
  requireRole(ctx.actor, READERS)
  const until = input.asOf ?? ctx.clock.now()
  const from = new Date(until.getTime() - 7 * DAY)
  const campaign = await findCampaign(ctx, input.name)
  const [counted, oldest, orders] = await Promise.all([
    countWeek(ctx, campaign, from, until),
    oldestUndecided(ctx, campaign, until, OLDEST),
    listOrders({ ctx, input: { overdue: true } }),
  ])
  const regionOf = await regionsOf(ctx, campaign, orders.map((o) => o.channel.id), until)
  const overdue = orders.filter((o) => regionOf.has(o.channel.id))
  const sum = (of: 'baseline' | 'removed' | 'removedBefore'): number => counted.reduce((n, r) => n + r[of], 0)
  const [baseline, removed] = [sum('baseline'), sum('removed')]
  const own = rate(removed, baseline)
  const median = medianOf(counted.flatMap((r) => rate(r.removed, r.baseline) ?? []).sort((a, b) => a - b))
  const regions = counted.map(({ removedBefore, ...r }) => {
    const about = {
      ...r, remaining: r.baseline - r.removed, rate: rate(r.removed, r.baseline), removedThisWeek: r.removed - removedBefore,
      overdueOrders: overdue.filter((o) => regionOf.get(o.channel.id) === r.region).length,
    }
    return { ...about, ...pace(about, own, median) }
  })
  regions.sort((a, b) => (b.rate ?? -1) - (a.rate ?? -1) || (a.region < b.region ? -1 : 1))
  return {
    name: campaign.name, from: from.toISOString(), until: until.toISOString(), rounding: ROUNDING.half_up,
    totals: { baseline, removed, remaining: baseline - removed, rate: own, removedThisWeek: removed - sum('removedBefore') },
    median,
    // Equal rates share a rank.
    regions: regions.map((r) => ({ rank: 1 + regions.filter((o) => (o.rate ?? -1) > (r.rate ?? -1)).length, ...r })),
    oldest: oldest.map(({ member: m, candidate, openedAt }) => ({ candidate, channel: m.channel, name: m.name, regionName: m.regionName, problem: m.problem, clause: m.clause, days: daysBetween(dayInChina(openedAt), dayInChina(until)) })),
    overdue,
  }
}

type RegionCount = { region: string; regionName: string; baseline: number; removed: number; removedBefore: number; undecided: number }

/** By region: removed at both ends of the week, and what waits for a decision. */
async function countWeek(ctx: Ctx, campaign: Found, from: Date, until: Date): Promise<RegionCount[]> {
  return [...await ctx.db.orm.execute<RegionCount>(q`
    select m.region, coalesce(r.name, '未填地区') as "regionName", count(*)::int as baseline, count(*) filter (where ${FIGURES.removed})::int as removed,
           count(*) filter (where b.state in ('closed', 'merged'))::int as "removedBefore", count(*) filter (where m.candidate_state = 'open')::int as undecided
      from ${memberRows(ctx, campaign, until)} m join ${memberRows(ctx, campaign, from)} b on b.channel_id = m.channel_id
      left join region r on r.code = m.region
     group by m.region, r.name order by m.region`)]
}

/** The regions under which these channels stand in the campaign; those outside it are left out. */
async function regionsOf(ctx: Ctx, campaign: Found, channels: readonly number[], until: Date): Promise<Map<number, string>> {
  if (channels.length === 0) return new Map()
  const rows = await ctx.db.orm.execute<{ channel: number; region: string }>(q`
    select m.channel_id::int as channel, m.region from ${memberRows(ctx, campaign, until)} m where m.channel_id = any(${`{${channels.join(',')}}`}::bigint[])`)
  return new Map(rows.map((r) => [r.channel, r.region]))
}

export function medianOf(sorted: readonly number[]): number | null {
  if (sorted.length === 0) return null
  const [low = 0, high = 0] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]]
  return Math.round(((low + high) / 2) * 100) / 100
}

type About = Omit<RegionWeek, 'rank' | 'behind' | 'reasons'>

/** A region is behind that lies below the campaign's own rate or the middle region's while it has something left to decide or to do. */
function pace(r: About, own: number | null, median: number | null): { behind: boolean; reasons: Text[] } {
  const low = r.rate !== null && ((own !== null && r.rate < own) || (median !== null && r.rate < median))
  const behind = low && r.undecided + r.overdueOrders > 0
  if (!behind) return { behind, reasons: [] }
  const reasons: Text[] = []
  if (own !== null && r.rate !== null && r.rate < own) reasons.push({ zh: `清理率 ${r.rate}% 低于总体 ${own}%`, en: `its rate of ${r.rate}% is below the campaign's ${own}%` })
  if (median !== null && r.rate !== null && r.rate < median) reasons.push({ zh: `清理率 ${r.rate}% 低于中位数 ${median}%`, en: `its rate of ${r.rate}% is below the median of ${median}%` })
  if (r.removedThisWeek <= 0) reasons.push({ zh: '本周没有进展', en: 'nothing was removed this week' })
  if (r.undecided > 0) reasons.push({ zh: `${r.undecided} 个候选待研判`, en: `${r.undecided} candidates are undecided` })
  if (r.overdueOrders > 0) reasons.push({ zh: `${r.overdueOrders} 件文书逾期`, en: `${r.overdueOrders} orders are overdue` })
  return { behind, reasons }
}
