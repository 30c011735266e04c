import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { READERS, requireRole } from '../../domain/permit.ts'
import { seenBy } from './filter.ts'

const input = z.object({ id: z.number().int().positive(), page: z.number().int().min(1).default(1), size: z.number().int().min(1).max(200).default(50) })

export type HistoryRow = { readonly id: number; readonly at: string; readonly by: string; readonly verb: string; readonly reason: string | null; readonly detail: unknown }

/** What was done with a channel and by whom, the latest first, from the audit trail. Throws `not_found`. */
export async function channelHistory({ ctx, input: raw }: { ctx: Pick<Ctx, 'db' | 'actor'>; input: z.input<typeof input> }): Promise<{ total: number; rows: HistoryRow[] }> {
  requireRole(ctx.actor, READERS)
  const { id, page, size } = input.parse(raw)
  const { orm } = ctx.db
  const [found] = await orm.execute(sql`select 1 from channel c where c.id = ${id} and ${seenBy(ctx.actor)}`)
  if (found === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${id} 的渠道`, en: `There is no channel ${id}` })
  const about = sql`entity = 'channel' and entity_id = ${String(id)}`
  const [rows, [count]] = await Promise.all([
    orm.execute<HistoryRow>(sql`
      select id::int, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, coalesce(actor->>'name', '') as by, verb, reason, detail from audit where ${about}
       order by audit.id desc limit ${size} offset ${(page - 1) * size}`),
    orm.execute<{ n: number }>(sql`select count(*)::int as n from audit where ${about}`),
  ])
  return { total: count?.n ?? 0, rows: [...rows] }
}
