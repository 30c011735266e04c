import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { regionScope, READERS, requireRole } from '../../domain/permit.ts'

export const listRegionsInput = z.object({
  /** Those without a registered channel too. */
  all: z.boolean().default(false),
})

export type RegionRow = { readonly code: string; readonly name: string; readonly level: number; readonly parent: string | null }

/** Regions down to the county in the actor's own region, those above it left out: with channels in or below them, or all. */
export async function listRegions({ ctx, input }: { ctx: Pick<Ctx, 'db' | 'actor'>; input: z.input<typeof listRegionsInput> }): Promise<RegionRow[]> {
  requireRole(ctx.actor, READERS)
  const { all } = listRegionsInput.parse(input)
  const { sql } = ctx.db
  const own = regionScope(ctx.actor)
  return sql<RegionRow[]>`
    with recursive used(code) as (
        select distinct region_code from channel where region_code is not null
        union select r.parent_code from region r join used u on u.code = r.code where r.parent_code is not null),
      below(code) as (
        select code from region where ${own === null ? sql`parent_code is null` : sql`code = ${own}`}
        union select r.code from region r join below b on r.parent_code = b.code)
    select r.code, r.name, r.level::int, r.parent_code as parent from region r join below using (code)
    where r.level <= 3 and (${all} or r.code in (select code from used)) order by r.code`
}
