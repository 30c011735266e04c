import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { z } from 'zod'
import { inScope } from '../../../db/scope.ts'
import type { Actor } from '../../domain/actor.ts'
import { addDays, dayInChina } from '../../domain/date.ts'
import { KIND_IDS } from '../../domain/kinds.ts'
import { unitScope } from '../../domain/permit.ts'

const days = z.number().int().min(0).max(100_000)

/** How a channel stands with the watcher. `covered`, `unseen`: by a visit of the last 14 days. */
export const VISITING = ['never', 'overdue', 'in_hand', 'covered', 'uncovered', 'unseen'] as const

/** Which channels; all that is given must hold. `region` takes all below it too. */
export const channelFilter = z.object({
  kinds: z.array(z.enum(KIND_IDS)).optional(),
  region: z.string().max(12).optional(),
  organisation: z.number().int().optional(),
  states: z.array(z.enum(['active', 'paused', 'closed', 'merged'])).optional(),
  outcomes: z.array(z.string().max(40)).optional(),
  filing: z.array(z.enum(['filed', 'pending', 'unfiled', 'exempt'])).optional(),
  /** In name, address, account id, code or organisation. */
  text: z.string().trim().max(200).optional(),
  ids: z.array(z.number().int()).max(10_000).optional(),
  /** Whole days since the newest publication, in China's calendar, both ends included. */
  daysFrom: days.optional(),
  daysTo: days.optional(),
  /** No publication date is known. */
  undated: z.boolean().optional(),
  visiting: z.enum(VISITING).optional(),
  /** With an open candidate that proposes this, or that stands on this rule. */
  proposals: z.array(z.enum(['rectify', 'merge', 'shut_down'])).optional(),
  rules: z.array(z.string().max(40)).optional(),
  /** With any candidate that is not settled. */
  candidate: z.boolean().optional(),
  /** A candidate of it was opened, or settled, on these days of China's calendar, both included. */
  openedFrom: z.iso.date().optional(),
  openedTo: z.iso.date().optional(),
  settledFrom: z.iso.date().optional(),
  settledTo: z.iso.date().optional(),
  /** Closed or merged on these days. */
  removedFrom: z.iso.date().optional(),
  removedTo: z.iso.date().optional(),
  /** A candidate of it was open at the end of this day. */
  openOn: z.iso.date().optional(),
  /** In the baseline of this campaign. */
  campaign: z.number().int().optional(),
})

export type ChannelFilter = z.infer<typeof channelFilter>

/** The condition on `channel c` joined with `organisation o`, at the program's moment `now`. */
export function filterSql(filter: ChannelFilter, now: Date): SQL {
  const all: SQL[] = [sql`true`]
  const among = (expression: SQL, values: readonly (string | number)[] | undefined): void => {
    if (values !== undefined) all.push(amongSql(expression, values))
  }
  among(sql`c.kind`, filter.kinds)
  among(sql`c.state`, filter.states)
  among(sql`c.last_outcome`, filter.outcomes)
  among(sql`c.filing_status`, filter.filing)
  if (filter.ids !== undefined) all.push(sql`c.id in (select value::bigint from json_array_elements_text(${JSON.stringify(filter.ids)}::json))`)
  if (filter.organisation !== undefined) all.push(sql`c.organisation_id = ${filter.organisation}`)
  if (filter.region !== undefined) {
    all.push(sql`c.region_code in (
      with recursive below(code) as (select ${filter.region}::text union select r.code from region r join below b on r.parent_code = b.code) select code from below)`)
  }
  if (filter.text !== undefined && filter.text !== '') {
    const like = `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`
    // Without letters that have a case (Chinese, digits) the plain comparison finds the same, several times as fast.
    const is = filter.text.toLowerCase() === filter.text.toUpperCase() ? sql.raw('like') : sql.raw('ilike')
    all.push(sql`(c.name ${is} ${like} or c.address ${is} ${like} or c.address_raw ${is} ${like} or c.account_id ${is} ${like} or c.site_code ${is} ${like}
      or c.organisation_id in (select id from organisation where name ${is} ${like}))`)
  }
  const today = dayInChina(now)
  if (filter.daysFrom !== undefined) all.push(sql`c.newest_on <= ${addDays(today, -filter.daysFrom)}::date`)
  if (filter.daysTo !== undefined) all.push(sql`c.newest_on >= ${addDays(today, -filter.daysTo)}::date`)
  if (filter.undated === true) all.push(sql`c.newest_on is null`)
  if (filter.visiting !== undefined) all.push(visitingSql(filter.visiting, now))
  if (filter.candidate === true || filter.proposals !== undefined || filter.rules !== undefined) {
    const proposal = filter.proposals === undefined ? sql`true` : amongSql(sql`k.proposal`, filter.proposals)
    const rule = filter.rules === undefined ? sql`true` : amongSql(sql`k.rule`, filter.rules)
    all.push(sql`c.id in (select k.channel_id from candidate k where k.closed_at is null and ${proposal} and ${rule})`)
  }
  for (const [column, from, to] of [['opened_at', filter.openedFrom, filter.openedTo], ['closed_at', filter.settledFrom, filter.settledTo]] as const) {
    if (from === undefined && to === undefined) continue
    const on = sql`(${sql.raw(`k.${column}`)} at time zone 'Asia/Shanghai')::date`
    all.push(sql`c.id in (select k.channel_id from candidate k where ${on} >= ${from ?? '-infinity'}::date and ${on} <= ${to ?? 'infinity'}::date)`)
  }
  if (filter.removedFrom !== undefined || filter.removedTo !== undefined) {
    all.push(sql`c.id in (select l.channel_id from channel_life l where l.to_state in ('closed', 'merged')
      and (l.at at time zone 'Asia/Shanghai')::date between ${filter.removedFrom ?? '-infinity'}::date and ${filter.removedTo ?? 'infinity'}::date)`)
  }
  if (filter.openOn !== undefined) {
    const after = sql`(${addDays(filter.openOn, 1)}::date)::timestamp at time zone 'Asia/Shanghai'`
    all.push(sql`c.id in (select k.channel_id from candidate k where k.opened_at < ${after} and (k.closed_at is null or k.closed_at >= ${after}))`)
  }
  if (filter.campaign !== undefined) all.push(sql`c.id in (select m.channel_id from campaign_member m where m.campaign_id = ${filter.campaign})`)
  return sql.join(all, sql` and `)
}

const amongSql = (expression: SQL, values: readonly (string | number)[]): SQL =>
  sql`${expression} in (select value from json_array_elements_text(${JSON.stringify(values)}::json))`

/** The same words as the overview's figures: what is behind a number is what was counted. */
export function visitingSql(visiting: (typeof VISITING)[number], now: Date): SQL {
  const at = sql`${now.toISOString()}::timestamptz`
  switch (visiting) {
    case 'never': return sql`(c.state = 'active' and c.last_visit_at is null)`
    case 'overdue': return sql`(c.state = 'active' and c.next_due_at < ${at} - interval '1 hour')`
    case 'in_hand': return sql`(c.state = 'active' and c.claimed_slot is not null)`
    case 'covered': return sql`(c.state = 'active' and c.last_visit_at > ${at} - interval '14 days')`
    case 'uncovered': return sql`(c.state = 'active' and (c.last_visit_at is null or c.last_visit_at <= ${at} - interval '14 days'))`
    case 'unseen': return sql`(c.state = 'active' and (c.last_seen_at is null or c.last_seen_at <= ${at} - interval '14 days'))`
  }
}

/** What of `channel c` the actor may see: a region's people their region, a unit's contact the unit's own. */
export function seenBy(actor: Actor): SQL {
  const unit = unitScope(actor)
  return unit === null ? inScope(sql`c.region_code`, actor) : sql`(${inScope(sql`c.region_code`, actor)} and c.organisation_id = ${unit})`
}
