import type { Ctx } from '../../db/context.ts'
import { scopeOf } from '../../db/scope.ts'
import { isKind, kindGroup } from '../domain/kinds.ts'
import type { KindGroup } from '../domain/kinds.ts'
import { READERS, requireRole } from '../domain/permit.ts'
import type { Text } from '../domain/text.ts'
import { countMembers } from './count.ts'
import type { Counted } from './count.ts'
import { findCampaign } from './members.ts'
import type { Found } from './members.ts'
import { rate } from './rate.ts'

export type Counts = {
  /** Channels in the baseline. */
  readonly baseline: number
  readonly remaining: number
  /** Merged or shut since the start; one that came back counts as remaining. */
  readonly removed: number
  /** removed / baseline in percent, two decimals. */
  readonly rate: number | null
}

export type ReportRow = Counts & { readonly region: string; readonly regionName: string; readonly kind: string } & Progress

export type Progress = {
  /** Visited since the start and seen. */
  readonly checked: number
  /** Visited since the start and never seen. */
  readonly not_observed: number
  readonly candidates: number
  readonly ordered: number
  readonly rectified: number
  readonly merged: number
  readonly shut_down: number
  readonly kept: number
  /** Running: seen since the start, or with a standing candidate; and those with one. */
  readonly running_checked: number
  readonly failing: number
}

export type CampaignReport = {
  readonly name: string
  readonly started_at: string
  readonly as_of: string
  readonly rounding: Text
  readonly rows: readonly ReportRow[]
  readonly totals: Counts & {
    readonly by_kind: Readonly<Record<string, Counts>>
    readonly by_group: Readonly<Record<KindGroup | 'all_media_and_groups', Counts>>
    readonly by_region: Readonly<Record<string, Counts & { readonly name: string }>>
  }
  /** Registered after the start: counted apart, in no rate. */
  readonly additions: number
}

/**
 * How percentages are cut to two decimals. Neither gives the 45.53 that was published for 19,290 of 42,355 in 2020: the
 * quotient is 45.5436…, so both give 45.54.
 */
export const ROUNDING = {
  half_up: { zh: '百分比四舍五入,保留两位小数', en: 'percentages rounded half up to two decimals' },
  cut_off: { zh: '百分比截取两位小数,不四舍五入', en: 'percentages cut off after two decimals, not rounded' },
} as const satisfies Record<string, Text>

/**
 * The campaign's progress as of a moment, by city and kind. Only baseline members are counted; region and kind are
 * those of the baseline, so that figures add up however the register is mended since. Every total is the sum of its rows.
 */
export async function reportCampaign({ ctx, input }: {
  ctx: Ctx
  input: { name: string; asOf?: Date; rounding?: keyof typeof ROUNDING }
}): Promise<CampaignReport> {
  requireRole(ctx.actor, READERS)
  const asOf = input.asOf ?? ctx.clock.now()
  const found = await findCampaign(ctx, input.name)
  return reportOf(ctx, found, asOf, await countMembers(ctx, found, asOf), input.rounding)
}

/** The report made of counts that are there already. */
export async function reportOf(ctx: Ctx, found: Found, asOf: Date, all: readonly Counted[], rounding: keyof typeof ROUNDING = 'half_up'): Promise<CampaignReport> {
  const [added] = await ctx.db.sql<{ n: number }[]>`
    select count(*)::int as n from channel c
     where c.created_at > ${found.startedAt} and c.created_at <= ${asOf} and ${scopeOf(ctx.db.sql, 'c.region_code', ctx.actor)}
       and not exists (select from campaign_member m where m.campaign_id = ${found.id} and m.channel_id = c.id)`
  const counts = (of: readonly Counted[]): Counts => {
    const baseline = of.reduce((n, r) => n + r.baseline, 0)
    const removed = of.reduce((n, r) => n + r.removed, 0)
    return { baseline, remaining: baseline - removed, removed, rate: rate(removed, baseline, rounding) }
  }
  const groupOf = (kind: string): KindGroup => (isKind(kind) ? kindGroup(kind) : 'new_media')
  const by = (key: (r: Counted) => string): [string, Counted[]][] => [...Map.groupBy(all, key)]
  const inGroup = (g: KindGroup): Counts => counts(all.filter((r) => groupOf(r.kind) === g))
  return {
    name: found.name,
    started_at: found.startedAt.toISOString(),
    as_of: asOf.toISOString(),
    rounding: ROUNDING[rounding],
    rows: all.map((r) => ({ ...r, rate: rate(r.removed, r.baseline, rounding) })),
    totals: {
      ...counts(all),
      by_kind: Object.fromEntries(by((r) => r.kind).map(([k, of]) => [k, counts(of)])),
      by_group: {
        new_media: inGroup('new_media'),
        website: inGroup('website'),
        wechat_group: inGroup('wechat_group'),
        qq_group: inGroup('qq_group'),
        other_group: inGroup('other_group'),
        all_media_and_groups: counts(all.filter((r) => groupOf(r.kind) !== 'website')),
      },
      by_region: Object.fromEntries(by((r) => r.region).map(([code, of]) => [code, { name: of[0]?.regionName ?? code, ...counts(of) }])),
    },
    additions: added?.n ?? 0,
  }
}
