import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { dayInChina } from '../../domain/date.ts'
import { READERS, requireRole } from '../../domain/permit.ts'
import { channelFilter, filterSql, seenBy } from './filter.ts'

const SORTS = {
  id: sql.raw('c.id'),
  name: sql.raw('c.name'),
  kind: sql.raw('c.kind'),
  region: sql.raw('c.region_code'),
  newest: sql.raw('c.newest_on'),
  last_visit: sql.raw('c.last_visit_at'),
  next_due: sql.raw('c.next_due_at'),
  state: sql.raw('c.state'),
  outcome: sql.raw('c.last_outcome'),
} as const

export type ChannelSort = keyof typeof SORTS
export const CHANNEL_SORTS = Object.keys(SORTS) as ChannelSort[]

export const listChannelsInput = z.object({
  filter: channelFilter.default({}),
  sort: z.enum(CHANNEL_SORTS).default('id'),
  descending: z.boolean().default(false),
  page: z.number().int().min(1).max(100_000).default(1),
  size: z.number().int().min(1).max(500).default(50),
})

/** Instants are ISO 8601. */
export type ChannelListItem = {
  readonly id: number
  readonly kind: string
  readonly name: string
  readonly address: string
  readonly accountId: string | null
  readonly siteCode: string | null
  readonly organisationId: number | null
  readonly organisation: string | null
  readonly supervisor: string | null
  readonly regionCode: string | null
  readonly region: string | null
  readonly filingStatus: string | null
  readonly filingNumber: string | null
  readonly runningStatus: string | null
  readonly openedOn: string | null
  readonly contact: string | null
  readonly phone: string | null
  readonly state: string
  readonly newestOn: string | null
  /** Since the newest publication, in China's calendar. */
  readonly days: number | null
  readonly lastOutcome: string | null
  readonly lastVisitAt: string | null
  readonly nextDueAt: string | null
  readonly dueReason: string | null
  /** What its open candidate proposes, and by which rule. */
  readonly proposal: string | null
  readonly rule: string | null
  readonly candidate: number | null
}

/** One page of the channels in the actor's region and how many there are in all. Filtered, sorted and paged by the database. */
export async function listChannels({ ctx, input }: { ctx: Pick<Ctx, 'db' | 'actor' | 'clock'>; input: z.input<typeof listChannelsInput> }): Promise<{ total: number; channels: ChannelListItem[] }> {
  requireRole(ctx.actor, READERS)
  const { filter, sort, descending, page, size } = listChannelsInput.parse(input)
  const now = ctx.clock.now()
  const where = sql`${filterSql(filter, now)} and ${seenBy(ctx.actor)}`
  const order = descending ? sql.raw('desc') : sql.raw('asc')
  const iso = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`)
  // The page's ids are found first, from the register alone; names are fetched for these few only.
  const [rows, [count]] = await Promise.all([
    ctx.db.orm.execute<ChannelListItem>(sql`
      with chosen as materialized (
        select c.id from channel c where ${where} order by ${SORTS[sort]} ${order} nulls last, c.id ${order} limit ${size} offset ${(page - 1) * size})
      select c.id::int, c.kind, c.name, c.address, c.account_id as "accountId", c.site_code as "siteCode", c.organisation_id::int as "organisationId", o.name as organisation, c.supervisor,
        c.region_code as "regionCode", r.name as region, c.filing_status as "filingStatus", c.filing_number as "filingNumber", c.running_status as "runningStatus",
        c.opened_on::text as "openedOn", c.contact, c.phone, c.state, c.newest_on::text as "newestOn", ${dayInChina(now)}::date - c.newest_on as days, c.last_outcome as "lastOutcome",
        ${iso('c.last_visit_at')} as "lastVisitAt", ${iso('c.next_due_at')} as "nextDueAt", c.due_reason as "dueReason", k.proposal, k.rule, k.id::int as candidate
      from chosen join channel c on c.id = chosen.id left join organisation o on o.id = c.organisation_id left join region r on r.code = c.region_code
      left join candidate k on k.channel_id = c.id and k.closed_at is null
      order by ${SORTS[sort]} ${order} nulls last, c.id ${order}`),
    ctx.db.orm.execute<{ n: number }>(sql`select count(*)::int as n from channel c where ${where}`),
  ])
  return { total: count?.n ?? 0, channels: [...rows] }
}
