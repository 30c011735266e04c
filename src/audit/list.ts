import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { requireRole } from '../domain/permit.ts'
import { auditFilter, auditSql } from './filter.ts'

export const listAuditInput = z.object({
  filter: auditFilter.default({}),
  page: z.number().int().min(1).max(100_000).default(1),
  size: z.number().int().min(1).max(500).default(50),
})

export type AuditRow = {
  readonly id: number
  /** ISO 8601. */
  readonly at: string
  readonly actorKind: string
  readonly actorName: string
  readonly actorRole: string | null
  readonly verb: string
  readonly entity: string
  readonly entityId: string | null
  /** What the subject is called now, for channels, candidates and accounts. */
  readonly subject: string | null
  readonly reason: string | null
  readonly detail: unknown
}

/** One page of the audit trail, the latest act first, and how many acts there are in all. For administrators. */
export async function listAudit({ ctx, input }: { ctx: Pick<Ctx, 'db' | 'actor'>; input: z.input<typeof listAuditInput> }): Promise<{ total: number; acts: AuditRow[] }> {
  requireRole(ctx.actor, ['administrator'])
  const { filter, page, size } = listAuditInput.parse(input)
  const where = auditSql(filter, ctx.actor)
  const [acts, [count]] = await Promise.all([
    auditRows(ctx, sql`where ${where} order by a.at desc, a.id desc limit ${size} offset ${(page - 1) * size}`),
    ctx.db.orm.execute<{ n: number }>(sql`select count(*)::int as n from audit a where ${where}`),
  ])
  return { total: count?.n ?? 0, acts }
}

/** The rows that `rest` picks of `audit a`. */
export async function auditRows(ctx: Pick<Ctx, 'db'>, rest: SQL): Promise<AuditRow[]> {
  const rows = await ctx.db.orm.execute<Omit<AuditRow, 'id'> & { id: string }>(sql`
    select t.id, to_char(t.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, t.actor->>'kind' as "actorKind", coalesce(t.actor->>'name', '') as "actorName", t.actor->>'role' as "actorRole",
      t.verb, t.entity, t.entity_id as "entityId", t.reason, t.detail,
      case when t.entity = 'channel' and t.entity_id ~ '^\\d{1,15}$' then (select c.name from channel c where c.id = t.entity_id::bigint)
        when t.entity = 'candidate' and t.entity_id ~ '^\\d{1,15}$' then (select c.name from candidate k join channel c on c.id = k.channel_id where k.id = t.entity_id::bigint)
        when t.entity = 'user' then (select p.username from person p where p.id = t.entity_id) end as subject
    from (select a.* from audit a ${rest}) t order by t.at desc, t.id desc`)
  return rows.map((r) => ({ ...r, id: Number(r.id) }))
}
