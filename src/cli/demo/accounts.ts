import type { Ctx } from '../../../db/context.ts'
import { createUser } from '../../accounts/index.ts'
import type { Role } from '../../domain/actor.ts'

export type DemoAccount = { readonly username: string; readonly password: string; readonly role: Role }

const NAMES: Readonly<Record<Role, string>> = { administrator: '管理员', operations: '运维员', rectification: '整改员', read_only: '只读员', unit_contact: '联系人' }

/** An account for each role, whose passwords may be used at once; the unit's contact speaks for the unit with the most channels. */
export async function demoAccounts(ctx: Ctx): Promise<DemoAccount[]> {
  const [unit] = await ctx.db.sql<{ id: number; region: string | null }[]>`
    select o.id::int as id, o.region_code as region from organisation o join channel c on c.organisation_id = o.id group by o.id order by count(*) desc, o.id limit 1`
  const out: DemoAccount[] = []
  for (const [role, username] of Object.entries(NAMES) as [Role, string][]) {
    const place = role === 'unit_contact' ? { region: unit?.region ?? null, organisationId: unit?.id ?? null } : {}
    const { password } = await createUser({ ctx, input: { username, name: username, role, ...place }, lasting: true })
    out.push({ username, password, role })
  }
  return out
}
