import type { Ctx } from '../../db/context.ts'
import { scopeOf } from '../../db/scope.ts'
import { READERS, regionScope, requireRole } from '../domain/permit.ts'
import { SCOPES } from './settings.ts'
import type { PolicySettings, Scope } from './settings.ts'

export type PolicyEntry = { readonly scope: Scope; readonly target: string; /** Name of the region, organisation or channel. */ readonly targetName: string | null; readonly settings: PolicySettings; readonly updatedAt: string; readonly updatedBy: string }

/** Policies, the widest scope first: those for all or a kind, and those that touch the actor's region. */
export async function listPolicies({ ctx }: { ctx: Ctx }): Promise<PolicyEntry[]> {
  requireRole(ctx.actor, READERS)
  const { sql } = ctx.db
  const own = regionScope(ctx.actor)
  const rows = await sql<(Omit<PolicyEntry, 'updatedAt'> & { ms: number })[]>`
    with recursive above(code) as (
        select ${own}::text union select r.parent_code from region r join above a on r.code = a.code where r.parent_code is not null),
      placed as (
        select p.*, coalesce(r.name, o.name, c.name) as name, coalesce(r.code, o.region_code, c.region_code) as place from policy p
          left join region r on p.scope = 'region' and r.code = p.target
          left join organisation o on p.scope = 'organisation' and o.id::text = p.target
          left join channel c on p.scope = 'channel' and c.id::text = p.target)
    select scope, target, settings, name as "targetName", (extract(epoch from updated_at) * 1000)::float8 as ms, updated_by as "updatedBy" from placed
     where scope in ('all', 'kind') or ${scopeOf(sql, 'place', ctx.actor)} or (scope = 'region' and target in (select code from above)) order by target`
  return rows
    .map(({ ms, ...r }) => ({ ...r, updatedAt: new Date(ms).toISOString() }))
    .toSorted((a, b) => SCOPES.indexOf(a.scope) - SCOPES.indexOf(b.scope))
}
