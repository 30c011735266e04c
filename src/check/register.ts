import type { Ctx } from '../../db/context.ts'
import { scopeOf } from '../../db/scope.ts'
import { READERS, requireRole } from '../domain/permit.ts'
import { checkRegister } from '../standard/index.ts'
import type { Registered, RegisterFinding } from '../standard/index.ts'

export type RegisterCheck = {
  readonly as_of: string
  readonly channels: number
  readonly findings: readonly (Omit<RegisterFinding, 'channels'> & { readonly channels: readonly { readonly id: number; readonly name: string }[] })[]
}

/**
 * What the register itself shows to be against a rule: several accounts of a unit on one platform, sites of townships,
 * codes, names, filing. Judged now; nothing is stored. Of the channels in the actor's region that are active or paused.
 */
export async function registerCheck({ ctx }: { ctx: Ctx }): Promise<RegisterCheck> {
  requireRole(ctx.actor, READERS)
  const { sql } = ctx.db
  const now = ctx.clock.now()
  const rows = await sql<(Omit<Registered, 'unit'> & { unitId: number | null; unitName: string | null; unitLevel: 1 | 2 | 3 | 4 | null })[]>`
    select c.id::int, c.kind, c.name, c.site_code as "siteCode", c.region_code as "regionCode", c.filing_status as "filingStatus", c.running_status as "runningStatus",
           o.id::int as "unitId", o.name as "unitName", g.level::int as "unitLevel"
      from channel c left join organisation o on o.id = c.organisation_id left join region g on g.code = o.region_code
     where c.state in ('active', 'paused') and ${scopeOf(sql, 'c.region_code', ctx.actor)} order by c.id`
  const all = rows.map(({ unitId, unitName, unitLevel, ...c }): Registered => ({ ...c, unit: unitId === null ? null : { id: unitId, name: unitName ?? '', level: unitLevel } }))
  const names = new Map(all.map((c) => [c.id, c.name]))
  return {
    as_of: now.toISOString(), channels: all.length,
    findings: checkRegister(all, now).map(({ channels, ...f }) => ({ ...f, channels: channels.map((id) => ({ id, name: names.get(id) ?? '' })) })),
  }
}
