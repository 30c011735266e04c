import { sql as q } from 'drizzle-orm'
import type { Ctx } from '../../../db/context.ts'
import { inRegions, inScope } from '../../../db/scope.ts'
import { READERS, requireRole } from '../../domain/permit.ts'
import { lackingSql } from './needed.ts'

export type FilingRow = {
  readonly channel: number
  readonly kind: string
  readonly name: string
  readonly organisation: string | null
  readonly region: string | null
  readonly number: string | null
  readonly filedOn: string | null
  readonly reviewedBy: string | null
  /** Columns of the register that are empty and should not be. */
  readonly lacking: readonly string[]
  /** Fields, number, reviewer and day are all there. */
  readonly complete: boolean
}

/** The running channels of the actor's region with their filing, the incomplete first; or those alone. */
export async function listFilings({ ctx, input = {} }: { ctx: Ctx; input?: { incompleteOnly?: boolean } }): Promise<FilingRow[]> {
  requireRole(ctx.actor, READERS)
  const rows = await ctx.db.orm.execute<FilingRow>(q`
    select x.*, (cardinality(lacking) = 0 and number is not null) as complete from (
      select c.id::int as channel, c.kind, c.name, o.name as organisation, r.name as region, f.number, f.filed_on::text as "filedOn",
             f.reviewed_by as "reviewedBy", ${lackingSql} as lacking
        from channel c left join organisation o on o.id = c.organisation_id left join region r on r.code = c.region_code
        left join lateral (select * from filing f where f.channel_id = c.id order by f.id desc limit 1) f on true
       where c.state in ('active', 'paused') and ${inScope(q`c.region_code`, ctx.actor)}) x
     where ${input.incompleteOnly === true ? q`cardinality(lacking) > 0 or number is null` : q`true`}
     order by complete, x.channel`)
  return [...rows]
}

export type FilingPage = { readonly total: number; readonly filings: readonly FilingRow[] }

/** One page of the same, by channel: `view` cuts it to what is incomplete, only lacks its filing, or is complete. */
export async function pageFilings({ ctx, input }: {
  ctx: Ctx
  input: { view: 'incomplete' | 'unfiled' | 'complete' | 'all'; text?: string; region?: string; page: number; size: number }
}): Promise<FilingPage> {
  requireRole(ctx.actor, ['rectification', 'operations', 'read_only'])
  const { view, text, region, page, size } = input
  const like = text === undefined || text.trim() === '' ? null : `%${text.trim().replace(/[\\%_]/g, '\\$&')}%`
  const filed = q`exists (select from filing f where f.channel_id = c.id)`
  const lacks = q`cardinality(${lackingSql}) > 0`
  const of = {
    incomplete: q`(not ${filed} or ${lacks})`, unfiled: q`(not ${filed} and not ${lacks})`, complete: q`(${filed} and not ${lacks})`, all: q`true`,
  }[view]
  const from = q`
    from channel c left join organisation o on o.id = c.organisation_id
   where c.state in ('active', 'paused') and ${inScope(q`c.region_code`, ctx.actor)} and ${inRegions(q`c.region_code`, region === undefined ? [] : [region])}
     and (${like}::text is null or c.name ilike ${like} or o.name ilike ${like}) and ${of}`
  const [rows, [count]] = await Promise.all([
    ctx.db.orm.execute<FilingRow>(q`
      select x.*, r.name as region, f.number, f.filed_on::text as "filedOn", f.reviewed_by as "reviewedBy", (cardinality(x.lacking) = 0 and f.number is not null) as complete
        from (select c.id::int as channel, c.kind, c.name, c.region_code, o.name as organisation, ${lackingSql} as lacking ${from} order by c.id limit ${size} offset ${(page - 1) * size}) x
        left join region r on r.code = x.region_code left join lateral (select * from filing f where f.channel_id = x.channel order by f.id desc limit 1) f on true
       order by x.channel`),
    ctx.db.orm.execute<{ n: number }>(q`select count(*)::int as n ${from}`),
  ])
  return { total: count?.n ?? 0, filings: [...rows] }
}
