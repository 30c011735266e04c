import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { scopeOf } from '../../../db/scope.ts'
import { READERS, requireRole } from '../../domain/permit.ts'

export const searchOrganisationsInput = z.object({ text: z.string().trim().max(200).default(''), limit: z.number().int().min(1).max(100).default(20) })

export type OrganisationRow = { readonly id: number; readonly name: string; readonly region: string | null; readonly channels: number }

/** Organisations of the actor's region whose name holds the text, the shortest names first. */
export async function searchOrganisations({ ctx, input }: { ctx: Pick<Ctx, 'db' | 'actor'>; input: z.input<typeof searchOrganisationsInput> }): Promise<OrganisationRow[]> {
  requireRole(ctx.actor, READERS)
  const { text, limit } = searchOrganisationsInput.parse(input)
  const { sql } = ctx.db
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return sql<OrganisationRow[]>`
    select o.id::int, o.name, r.name as region, (select count(*)::int from channel c where c.organisation_id = o.id) as channels
    from organisation o left join region r on r.code = o.region_code
    where o.name ilike ${like} and ${scopeOf(sql, 'o.region_code', ctx.actor)} order by length(o.name), o.name, o.id limit ${limit}`
}
