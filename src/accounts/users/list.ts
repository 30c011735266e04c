import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { inScope } from '../../../db/scope.ts'
import { ROLES } from '../../domain/actor.ts'
import type { Role } from '../../domain/actor.ts'
import { requireRole } from '../../domain/permit.ts'

export const listUsersInput = z.object({
  text: z.string().trim().max(100).optional(),
  role: z.enum(ROLES).optional(),
  /** The region itself or what lies below it. */
  region: z.string().max(12).optional(),
  state: z.enum(['active', 'disabled', 'locked']).optional(),
  page: z.number().int().min(1).max(100_000).default(1),
  size: z.number().int().min(1).max(500).default(50),
})

export type UserRow = {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly role: Role
  readonly region: string | null
  readonly regionName: string | null
  readonly organisationId: number | null
  readonly organisation: string | null
  readonly disabled: boolean
  readonly locked: boolean
  readonly mustChangePassword: boolean
  readonly secondFactor: boolean
  readonly sessions: number
  /** ISO 8601; null for never. */
  readonly lastSignInAt: string | null
  readonly createdAt: string
}

const instant = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`)

/** Accounts of the actor's region, by user name. `now` is the real time, which locks and sessions go by. */
export async function listUsers({ ctx, input, now }: { ctx: Ctx; input: z.input<typeof listUsersInput>; now: Date }): Promise<{ total: number; users: UserRow[] }> {
  requireRole(ctx.actor, ['administrator'])
  const { text, role, region, state, page, size } = listUsersInput.parse(input)
  const at = sql`${now.toISOString()}::timestamptz`
  const locked = sql`exists (select from sign_in_failure f where f.name_digest = encode(sha256(convert_to('huoshui name ' || p.username, 'UTF8')), 'hex') and f.locked_until > ${at})`
  const all = [inScope(sql`p.region`, ctx.actor)]
  if (text !== undefined && text !== '') {
    const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`
    all.push(sql`(p.username ilike ${like} or p.name ilike ${like})`)
  }
  if (role !== undefined) all.push(sql`p.role = ${role}`)
  if (region !== undefined) all.push(sql`p.region in (with recursive below as (select ${region}::text as code union select r.code from region r join below b on r.parent_code = b.code) select code from below)`)
  if (state !== undefined) all.push(state === 'locked' ? locked : state === 'disabled' ? sql`p.disabled_at is not null` : sql`p.disabled_at is null`)
  const where = sql.join(all, sql` and `)
  const [rows, [count]] = await Promise.all([
    ctx.db.orm.execute<UserRow & { organisationId: string | null }>(sql`
      select p.id, p.username, p.name, p.role, p.region, r.name as "regionName", p.organisation_id::text as "organisationId", o.name as organisation, p.disabled_at is not null as disabled,
        ${locked} as locked, p.must_change_password as "mustChangePassword", p.two_factor_enabled as "secondFactor",
        (select count(*)::int from session s where s.user_id = p.id and s.expires_at > ${at}) as sessions,
        ${instant('p.last_sign_in_at')} as "lastSignInAt", ${instant('p.created_at')} as "createdAt"
      from person p left join region r on r.code = p.region left join organisation o on o.id = p.organisation_id
      where ${where} order by p.disabled_at is not null, p.username limit ${size} offset ${(page - 1) * size}`),
    ctx.db.orm.execute<{ n: number }>(sql`select count(*)::int as n from person p where ${where}`),
  ])
  return { total: count?.n ?? 0, users: rows.map((u) => ({ ...u, organisationId: u.organisationId === null ? null : Number(u.organisationId) })) }
}
