import type { Ctx } from '../../../db/context.ts'
import { READERS, regionScope, requireRole } from '../../domain/permit.ts'
import type { Every } from './every.ts'

export type CheckPlan = { readonly id: number; readonly name: string; readonly standard: string; readonly filter: Readonly<Record<string, unknown>>; readonly every: Every; readonly nextAt: string; readonly lastRun: number | null; readonly by: string; readonly active: boolean }

/** Plans of checks; whoever has a region sees those made for it. */
export async function listCheckPlans({ ctx }: { ctx: Ctx }): Promise<CheckPlan[]> {
  requireRole(ctx.actor, READERS)
  const own = regionScope(ctx.actor)
  const rows = await ctx.db.sql<(Omit<CheckPlan, 'nextAt'> & { nextAt: Date })[]>`
    select id::int, name, edition as standard, filter, every, next_at as "nextAt", last_run_id::int as "lastRun", actor->>'name' as by, active
    from check_plan where ${own}::text is null or actor->>'region' = ${own} order by name`
  return rows.map((r) => ({ ...r, nextAt: r.nextAt.toISOString() }))
}
