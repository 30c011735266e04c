import type { Ctx } from '../../db/context.ts'
import { READERS, requireRole } from '../domain/permit.ts'
import { SCOPES } from './settings.ts'
import type { PolicySettings, Scope } from './settings.ts'

export type PolicyEntry = { readonly scope: Scope; readonly target: string; /** Name of the region, organisation or channel. */ readonly targetName: string | null; readonly settings: PolicySettings; readonly updatedAt: string; readonly updatedBy: string }

/** Every policy, the widest scope first. */
export async function listPolicies({ ctx }: { ctx: Ctx }): Promise<PolicyEntry[]> {
  requireRole(ctx.actor, READERS)
  const rows = await ctx.db.sql<(Omit<PolicyEntry, 'updatedAt'> & { ms: number })[]>`
    select scope, target, settings, case scope
        when 'region' then (select name from region where code = target)
        when 'organisation' then (select name from organisation where id::text = target)
        when 'channel' then (select name from channel where id::text = target) end as "targetName",
      (extract(epoch from updated_at) * 1000)::float8 as ms, updated_by as "updatedBy" from policy order by target`
  return rows
    .map(({ ms, ...r }) => ({ ...r, updatedAt: new Date(ms).toISOString() }))
    .toSorted((a, b) => SCOPES.indexOf(a.scope) - SCOPES.indexOf(b.scope))
}
