import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../db/context.ts'
import { READERS, regionScope, requireRole } from '../../domain/permit.ts'
import { filterSql, seenBy } from '../channel/filter.ts'

export type PlaceFigures = {
  readonly code: string
  readonly name: string
  readonly level: number
  /** Active channels in it and below it. */
  readonly active: number
  /** Of these, without a publication for more than 90 days. */
  readonly still: number
  /** With an open candidate. */
  readonly candidates: number
  /** Closed or merged. */
  readonly removed: number
}

/** More than so many days without a publication is called still. */
export const STILL_DAYS = 91

/**
 * The regions one step below `region` (the actor's own, or the province), each with all that lies below it, the one with the
 * most candidates first; channels registered with the region itself are a row of their own. And the way from the top to it.
 */
export async function placesBelow({ ctx, input: { region } }: { ctx: Pick<Ctx, 'db' | 'actor' | 'clock'>; input: { region: string | undefined } }): Promise<{ places: PlaceFigures[]; path: { code: string; name: string }[] }> {
  requireRole(ctx.actor, READERS)
  const { orm } = ctx.db
  const own = regionScope(ctx.actor)
  const top = region ?? own
  const start = top === null ? sql`select code from region where parent_code is null and code in (select distinct left(region_code, 2) || '0000' from channel where region_code is not null)` : sql`select ${top}::text as code`
  const still = filterSql({ daysFrom: STILL_DAYS }, ctx.clock.now())
  const [places, path] = await Promise.all([
    orm.execute<PlaceFigures>(sql`
      with recursive root as (${start}),
        below(leaf, head) as (
          select code, code from root
          union all select r.code, case when b.head in (select code from root) then r.code else b.head end from region r join below b on r.parent_code = b.leaf),
        counted as (
          select c.region_code, count(*) filter (where c.state = 'active')::int as active, count(*) filter (where c.state = 'active' and ${still})::int as still,
                 count(k.id)::int as candidates, count(*) filter (where c.state in ('closed', 'merged'))::int as removed
            from channel c left join candidate k on k.channel_id = c.id and k.closed_at is null where ${seenBy(ctx.actor)} group by c.region_code)
      select r.code, r.name, r.level::int, sum(n.active)::int as active, sum(n.still)::int as still, sum(n.candidates)::int as candidates, sum(n.removed)::int as removed
        from counted n join below b on b.leaf = n.region_code join region r on r.code = b.head
       group by r.code, r.name, r.level order by candidates desc, still desc, r.code`),
    top === null ? [] : orm.execute<{ code: string; name: string }>(sql`
      with recursive up(code, name, parent_code, n) as (
        select code, name, parent_code, 0 from region where code = ${top}
        union all select r.code, r.name, r.parent_code, up.n + 1 from region r join up on r.code = up.parent_code where ${own === null ? sql`true` : sql`up.code <> ${own}`})
      select code, name from up order by n desc`),
  ])
  return { places: [...places], path: [...path] }
}
