import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { inScope } from '../../../db/scope.ts'
import { READERS, requireRole } from '../../domain/permit.ts'
import { channelFilter, filterSql } from './filter.ts'

const SORTS = {
  id: sql.raw('c.id'),
  name: sql.raw('c.name'),
  kind: sql.raw('c.kind'),
  region: sql.raw('c.region_code'),
  newest: sql.raw('c.newest_on'),
  last_visit: sql.raw('c.last_visit_at'),
  next_due: sql.raw('c.next_due_at'),
} as const

export const listChannelsInput = z.object({
  filter: channelFilter.default({}),
  sort: z.enum(['id', 'name', 'kind', 'region', 'newest', 'last_visit', 'next_due']).default('id'),
  descending: z.boolean().default(false),
  page: z.number().int().min(1).max(100_000).default(1),
  size: z.number().int().min(1).max(500).default(50),
})

export type ChannelListItem = {
  readonly id: number
  readonly kind: string
  readonly name: string
  readonly address: string
  readonly siteCode: string | null
  readonly organisation: string | null
  readonly supervisor: string | null
  readonly regionCode: string | null
  readonly region: string | null
  readonly filingStatus: string | null
  readonly runningStatus: string | null
  readonly state: string
  readonly newestOn: string | null
  readonly lastOutcome: string | null
  /** ISO 8601. */
  readonly lastVisitAt: string | null
}

/** One page of the channels in the actor's region and how many there are in all. Filtered, sorted and paged by the database. */
export async function listChannels({ ctx, input }: { ctx: Pick<Ctx, 'db' | 'actor'>; input: z.input<typeof listChannelsInput> }): Promise<{ total: number; channels: ChannelListItem[] }> {
  requireRole(ctx.actor, READERS)
  const { filter, sort, descending, page, size } = listChannelsInput.parse(input)
  const where = sql`${filterSql(filter)} and ${inScope(sql`c.region_code`, ctx.actor)}`
  const order = descending ? sql.raw('desc') : sql.raw('asc')
  const [rows, [count]] = await Promise.all([
    ctx.db.orm.execute<Omit<ChannelListItem, 'id' | 'lastVisitAt'> & { id: string; lastVisitAt: string | null }>(sql`
      select c.id, c.kind, c.name, c.address, c.site_code as "siteCode", o.name as organisation, c.supervisor, c.region_code as "regionCode", r.name as region,
        c.filing_status as "filingStatus", c.running_status as "runningStatus", c.state, c.newest_on::text as "newestOn", c.last_outcome as "lastOutcome",
        to_char(c.last_visit_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "lastVisitAt"
      from channel c left join organisation o on o.id = c.organisation_id left join region r on r.code = c.region_code
      where ${where} order by ${SORTS[sort]} ${order} nulls last, c.id ${order} limit ${size} offset ${(page - 1) * size}`),
    ctx.db.orm.execute<{ n: string }>(sql`select count(*) as n from channel c left join organisation o on o.id = c.organisation_id where ${where}`),
  ])
  return { total: Number(count?.n ?? 0), channels: rows.map((r) => ({ ...r, id: Number(r.id) })) }
}
