import { sql } from 'drizzle-orm'
import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { actName, subjectName } from '../domain/acts.ts'
import { requireRole } from '../domain/permit.ts'
import { csvStream } from '../export/csv.ts'
import type { Row } from '../export/table.ts'
import { auditFilter, auditSql } from './filter.ts'
import { auditRows } from './list.ts'
import { recordAudit } from './record.ts'

/** Rows read from the database at once. */
const BATCH = 1000

/** What the filter picks, the latest first, as CSV; taking it is an act of its own. For administrators. */
export async function exportAudit({ ctx, input }: { ctx: Ctx; input: z.input<typeof auditFilter> }): Promise<Readable> {
  requireRole(ctx.actor, ['administrator'])
  const filter = auditFilter.parse(input)
  const where = auditSql(filter, ctx.actor)
  // Up to here and no further: the export's own row is not part of it, nor what comes while it is read.
  const last = await ctx.db.orm.transaction(async (tx) => {
    const [row] = await tx.execute<{ id: string }>(sql`select coalesce(max(id), 0) as id from audit`)
    await recordAudit(tx, { actor: ctx.actor, at: ctx.clock.now() }, [{ verb: 'audit.export', entity: 'audit', detail: { filter } }])
    return row?.id ?? '0'
  })
  async function* rows(): AsyncGenerator<Row> {
    for (let below = sql`a.id <= ${last}::bigint`; ;) {
      const batch = await auditRows(ctx, sql`where ${where} and ${below} order by a.at desc, a.id desc limit ${BATCH}`)
      for (const a of batch) {
        yield {
          id: a.id, at: a.at, kind: a.actorKind, actor: a.actorName, role: a.actorRole, act: actName(a.verb).zh, verb: a.verb, entity: subjectName(a.entity).zh,
          entityId: a.entityId, subject: a.subject, reason: a.reason, detail: a.detail === null ? null : JSON.stringify(a.detail),
        }
      }
      const end = batch.at(-1)
      if (end === undefined || batch.length < BATCH) return
      below = sql`a.id <= ${last}::bigint and (a.at, a.id) < ((select at from audit where id = ${end.id}), ${end.id}::bigint)`
    }
  }
  const column = (key: string, title: string) => ({ key, title })
  return csvStream({
    name: '审计', rows: rows(),
    columns: [
      column('id', '序号'), column('at', '时间(UTC)'), column('kind', '来源'), column('actor', '操作人'), column('role', '角色'), column('act', '操作'), column('verb', '操作代码'),
      column('entity', '对象类型'), column('entityId', '对象编号'), column('subject', '对象名称'), column('reason', '理由'), column('detail', '详情'),
    ],
  })
}
