import type { Ctx } from '../../db/context.ts'
import { scopeOf } from '../../db/scope.ts'
import { requireRole } from '../domain/permit.ts'
import { rate } from './rate.ts'

export type CampaignRow = {
  readonly name: string
  /** ISO 8601. */
  readonly startedAt: string
  readonly startedBy: string
  readonly scope: { readonly regions?: readonly string[]; readonly kinds?: readonly string[] }
  /** Percent to remove; null where none was set. */
  readonly target: number | null
  readonly baseline: number
  readonly removed: number
  readonly rate: number | null
}

/** Every campaign with members in the actor's region, the latest first, as each stands now. */
export async function listCampaigns({ ctx }: { ctx: Ctx }): Promise<CampaignRow[]> {
  requireRole(ctx.actor, ['rectification', 'operations', 'read_only'])
  const { sql } = ctx.db
  const rows = await sql<(Omit<CampaignRow, 'startedAt' | 'rate'> & { startedAt: Date })[]>`
    select p.name, p.started_at as "startedAt", coalesce(p.started_by->>'name', '') as "startedBy", p.scope, (p.targets->>'rate')::float as target,
           count(*)::int as baseline, count(*) filter (where c.state in ('closed', 'merged'))::int as removed
      from campaign p join campaign_member m on m.campaign_id = p.id join channel c on c.id = m.channel_id
     where ${scopeOf(sql, 'm.region_code', ctx.actor)} group by p.id order by p.started_at desc, p.id desc limit 200`
  return rows.map((r) => ({ ...r, startedAt: r.startedAt.toISOString(), rate: rate(r.removed, r.baseline) }))
}
