import { sql as q } from 'drizzle-orm'
import type { Ctx } from '../../db/context.ts'
import { FIGURES, memberRows } from './members.ts'
import type { Figure, Found } from './members.ts'

const COUNTED = Object.entries(FIGURES).map(([name, of]) => q`count(*) filter (where ${of})::int as ${q.identifier(name)}`)

/** Members of one region and kind, counted by every figure. */
export type Counted = { readonly region: string; readonly regionName: string; readonly kind: string } & Readonly<Record<Figure, number>>

/** The campaign's members as they stood at `until`, counted by city and kind in one pass: report and bulletin are sums of these. */
export async function countMembers(ctx: Ctx, campaign: Found, until: Date): Promise<Counted[]> {
  return [...await ctx.db.orm.execute<Counted>(q`
    select m.region, coalesce(r.name, '未填地区') as "regionName", m.kind, ${q.join(COUNTED, q`, `)}
      from ${memberRows(ctx, campaign, until)} m
      left join region r on r.code = m.region
     group by m.region, r.name, m.kind
     order by m.region, m.kind`)]
}
