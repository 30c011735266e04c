import { sql as q } from 'drizzle-orm'
import type { Ctx } from '../../db/context.ts'
import { READERS, requireRole } from '../domain/permit.ts'
import { CITY, CITY_JOINS, FIGURES, memberRows } from './members.ts'
import type { Figure, Found } from './members.ts'

const COUNTED = Object.entries(FIGURES).map(([name, of]) => q`count(*) filter (where ${of})::int as ${q.identifier(name)}`)

const SUMMED = Object.keys(FIGURES).map((name) => q`sum(m.${q.identifier(name)})::int as ${q.identifier(name)}`)

/** Members of one region and kind, counted by every figure. */
export type Counted = { readonly region: string; readonly regionName: string; readonly kind: string } & Readonly<Record<Figure, number>>

/**
 * The campaign's members as they stood at `until`, counted by city and kind in one pass: report and bulletin are sums of these.
 * Counted by the region they are registered in, and these few hundred groups then by its city.
 */
export async function countMembers(ctx: Ctx, campaign: Found, until: Date): Promise<Counted[]> {
  requireRole(ctx.actor, READERS)
  return [...await ctx.db.orm.execute<Counted>(q`
    select ${CITY} as region, coalesce(max(r.name), '未填地区') as "regionName", m.kind, ${q.join(SUMMED, q`, `)}
      from (select m.region_code, m.kind, ${q.join(COUNTED, q`, `)} from ${memberRows(ctx, campaign, until)} m group by m.region_code, m.kind) m
      ${CITY_JOINS}
      left join region r on r.code = ${CITY}
     group by 1, m.kind
     order by 1, m.kind`)]
}
