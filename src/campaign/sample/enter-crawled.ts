import { sql as q } from 'drizzle-orm'
import type { Ctx } from '../../../db/context.ts'
import { inScope } from '../../../db/scope.ts'
import { recordAudit } from '../../audit/record.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { OUTCOMES } from '../../domain/outcome.ts'
import type { Outcome } from '../../domain/outcome.ts'
import { requireRole } from '../../domain/permit.ts'

const NOT_OBSERVED = (Object.keys(OUTCOMES) as Outcome[]).filter((o) => OUTCOMES[o].group === 'not_observed')

/**
 * Takes over what the crawler found since the sample was drawn: a standing candidate failed, a channel seen without one
 * passed. What was not observed stays open, and what a person entered is never overwritten. Throws `not_found`.
 */
export async function enterCrawled({ ctx, input: { sample } }: { ctx: Ctx; input: { sample: string } }): Promise<{ entered: number; left: number }> {
  requireRole(ctx.actor, ['rectification', 'operations'])
  const now = ctx.clock.now()
  return ctx.db.orm.transaction(async (tx) => {
    const [found] = await tx.execute<{ id: number; drawnAt: string }>(q`select id::int, drawn_at as "drawnAt" from sample where name = ${sample}`)
    if (found === undefined) throw new HuoshuiError('not_found', { zh: `没有名为“${sample}”的抽查`, en: `there is no sample named ${sample}` })
    const actor = JSON.stringify({ kind: 'system', name: 'crawler' })
    const done = await tx.execute<{ channel: number }>(q`
      update sample_member m set result = case when k.id is null then 'passed' else 'failed' end, note = k.clause->>'zh',
             entered_by = ${actor}::jsonb, entered_at = ${now.toISOString()}::timestamptz
        from channel c left join candidate k on k.channel_id = c.id and k.closed_at is null
       where m.sample_id = ${found.id} and c.id = m.channel_id and m.result is null and ${inScope(q`c.region_code`, ctx.actor)}
         and c.last_visit_at > (select drawn_at from sample where id = ${found.id}) and c.last_visit_at = c.judged_visit_at
         and (k.id is not null or c.last_outcome <> all(${q.param(NOT_OBSERVED)}::text[]))
      returning m.channel_id::int as channel`)
    const [left] = await tx.execute<{ n: number }>(q`select count(*)::int as n from sample_member where sample_id = ${found.id} and result is null`)
    await recordAudit(tx, { actor: ctx.actor, at: now }, [{ verb: 'sample.enter_crawled', entity: 'sample', entityId: found.id, detail: { entered: done.length, left: left?.n ?? 0 } }])
    return { entered: done.length, left: left?.n ?? 0 }
  })
}
