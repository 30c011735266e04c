import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { scopeOf, unitOf } from '../../../db/scope.ts'
import { dayInChina } from '../../domain/date.ts'
import { READERS, requireRole } from '../../domain/permit.ts'
import type { OrderRow } from './list.ts'

const input = z.object({
  kind: z.enum(['rectification', 'shutdown']).optional(),
  overdue: z.boolean().optional(),
  text: z.string().trim().max(200).optional(),
  region: z.string().max(12).optional(),
  page: z.number().int().min(1).max(100_000).default(1),
  size: z.number().int().min(1).max(200).default(50),
})

/** One page of the documents issued in the actor's region: what is overdue first, then the nearest deadline of those still open, then the rest by age. */
export async function pageOrders({ ctx, input: raw = {} }: { ctx: Ctx; input?: z.input<typeof input> }): Promise<{ total: number; overdue: number; orders: OrderRow[] }> {
  requireRole(ctx.actor, READERS)
  const { kind = null, overdue = null, text, region, page, size } = input.parse(raw)
  const { sql } = ctx.db
  const today = dayInChina(ctx.clock.now())
  const like = text === undefined || text === '' ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const below = region === undefined ? sql`true` : sql`c.region_code in (with recursive sub as (select code from region where code = ${region} union select r.code from region r join sub on r.parent_code = sub.code) select code from sub)`
  const running = sql`k.state in ('ordered', 'to_merge', 'to_shut_down', 'escalated')`
  const late = sql`(greatest(d.deadline, k.deadline) < ${today}::date and ${running})`
  const from = sql`
    from order_document d join candidate k on k.id = d.candidate_id join channel c on c.id = k.channel_id left join organisation o on o.id = c.organisation_id
   where (${kind}::text is null or d.kind = ${kind}) and (${like}::text is null or d.content->>'number' ilike ${like} or c.name ilike ${like} or o.name ilike ${like})
     and ${below} and ${scopeOf(sql, 'c.region_code', ctx.actor)} and ${unitOf(sql, 'c.organisation_id', ctx.actor)}`
  const [orders, [count]] = await Promise.all([
    sql<OrderRow[]>`
      select d.id::int, d.kind, d.content->>'number' as number, k.id::int as candidate, jsonb_build_object('id', c.id, 'kind', c.kind, 'name', c.name) as channel,
             o.name as organisation, (select r.name from region r where r.code = c.region_code) as region, d.content->>'issuedOn' as "issuedOn",
             to_char(greatest(d.deadline, k.deadline), 'YYYY-MM-DD') as deadline, k.state, ${late} as overdue
        ${from} and (${overdue}::boolean is null or ${late} = ${overdue})
       order by ${late} desc, ${running} desc, case when ${running} then greatest(d.deadline, k.deadline) end, d.id desc limit ${size} offset ${(page - 1) * size}`,
    sql<{ n: number; late: number }[]>`select count(*) filter (where ${overdue}::boolean is null or ${late} = ${overdue})::int as n, count(*) filter (where ${late})::int as late ${from}`,
  ])
  return { total: count?.n ?? 0, overdue: count?.late ?? 0, orders }
}
