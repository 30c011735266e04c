import { sql as q } from 'drizzle-orm'
import type { Ctx } from '../../../db/context.ts'
import { inScope } from '../../../db/scope.ts'
import { READERS, requireRole } from '../../domain/permit.ts'
import { lackingSql } from './needed.ts'

export type FilingRow = {
  readonly channel: number
  readonly kind: string
  readonly name: string
  readonly organisation: string | null
  readonly region: string | null
  readonly number: string | null
  readonly filedOn: string | null
  readonly reviewedBy: string | null
  /** Columns of the register that are empty and should not be. */
  readonly lacking: readonly string[]
  /** Fields, number, reviewer and day are all there. */
  readonly complete: boolean
}

/** The running channels of the actor's region with their filing, the incomplete first; or those alone. */
export async function listFilings({ ctx, input = {} }: { ctx: Ctx; input?: { incompleteOnly?: boolean } }): Promise<FilingRow[]> {
  requireRole(ctx.actor, READERS)
  const rows = await ctx.db.orm.execute<FilingRow>(q`
    select x.*, (cardinality(lacking) = 0 and number is not null) as complete from (
      select c.id::int as channel, c.kind, c.name, o.name as organisation, r.name as region, f.number, f.filed_on::text as "filedOn",
             f.reviewed_by as "reviewedBy", ${lackingSql} as lacking
        from channel c left join organisation o on o.id = c.organisation_id left join region r on r.code = c.region_code
        left join lateral (select * from filing f where f.channel_id = c.id order by f.id desc limit 1) f on true
       where c.state in ('active', 'paused') and ${inScope(q`c.region_code`, ctx.actor)}) x
     where ${input.incompleteOnly === true ? q`cardinality(lacking) > 0 or number is null` : q`true`}
     order by complete, x.channel`)
  return [...rows]
}
