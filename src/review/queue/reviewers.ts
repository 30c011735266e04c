import type { Ctx } from '../../../db/context.ts'
import { requireRole, regionScope } from '../../domain/permit.ts'

export type Reviewer = { readonly id: string; readonly name: string; readonly region: string | null; readonly inHand: number }

/** Colleagues who may decide something in the actor's region, with how many unsettled candidates each has in hand. */
export async function listReviewers({ ctx }: { ctx: Ctx }): Promise<Reviewer[]> {
  requireRole(ctx.actor, ['rectification', 'read_only', 'operations'])
  const own = regionScope(ctx.actor)
  const { sql } = ctx.db
  return sql<Reviewer[]>`
    with recursive below as (select code from region where code = ${own} union select r.code from region r join below b on r.parent_code = b.code),
      above as (select code, parent_code from region where code = ${own} union select r.code, r.parent_code from region r join above a on r.code = a.parent_code)
    select p.id, p.name, r.name as region, coalesce(h.n, 0) as "inHand"
      from person p left join region r on r.code = p.region
      left join (select assignee, count(*)::int as n from candidate where closed_at is null and assignee is not null group by assignee) h on h.assignee = p.id
     where p.role in ('rectification', 'administrator') and p.disabled_at is null
       and (${own}::text is null or p.region is null or p.region in (select code from below) or p.region in (select code from above))
     order by p.name, p.id limit 500`
}
