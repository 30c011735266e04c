import { sql as q } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { inRegions, inScope } from '../../../db/scope.ts'
import { recordAudit } from '../../audit/record.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'

const input = z.object({
  candidates: z.array(z.number().int().positive()).min(1).max(1000),
  /** An account's id; null takes it out of anybody's hands. */
  assignee: z.string().min(1).max(100).nullable(),
})

/**
 * Gives candidates into a colleague's hands (分派), or one's own. Settled ones are refused, and so is a colleague whose
 * region does not cover them. All or none. Throws `not_found`, `bad_input`, `conflict`, `forbidden`.
 */
export async function assignCandidates({ ctx, input: raw }: { ctx: Ctx; input: z.input<typeof input> }): Promise<{ assigned: number }> {
  requireRole(ctx.actor, ['rectification'])
  const { candidates, assignee } = input.parse(raw)
  const ids = [...new Set(candidates)].sort((a, b) => a - b)
  const now = ctx.clock.now()
  return ctx.db.orm.transaction(async (tx) => {
    const scope = await scopeOfColleague(tx, ctx, assignee)
    const rows = await tx.execute<{ id: number; mine: boolean; theirs: boolean; settled: boolean; before: string | null }>(q`
      select k.id::int, ${inScope(q`c.region_code`, ctx.actor)} as mine, ${inRegions(q`c.region_code`, scope)} as theirs, k.closed_at is not null as settled, k.assignee as before
        from candidate k join channel c on c.id = k.channel_id where k.id = any(${q.param(`{${ids.join(',')}}`)}::bigint[]) order by k.id for update of k`)
    if (rows.length < ids.length) throw new HuoshuiError('not_found', { zh: '所选候选中有不存在的编号', en: 'some of the candidates do not exist' })
    if (rows.some((r) => !r.mine)) throw new HuoshuiError('forbidden', { zh: '所选候选不全在您的管辖地区内', en: 'some of them lie outside your region' })
    if (rows.some((r) => r.settled)) throw new HuoshuiError('conflict', { zh: '已办结的候选不再分派', en: 'a settled candidate is not assigned' })
    if (rows.some((r) => !r.theirs)) throw new HuoshuiError('bad_input', { zh: '该同事的管辖地区不包括所选的全部候选', en: 'your colleague’s region does not cover all of them' })
    await tx.execute(q`update candidate set assignee = ${assignee} where id = any(${q.param(`{${ids.join(',')}}`)}::bigint[])`)
    await recordAudit(tx, { actor: ctx.actor, at: now }, rows.map((r) => ({ verb: 'candidate.assign', entity: 'candidate', entityId: r.id, detail: { from: r.before, to: assignee } })))
    return { assigned: rows.length }
  })
}

/** The regions that whoever takes it may decide in: none named means everywhere. Oneself needs no looking up. */
async function scopeOfColleague(tx: Pick<Ctx['db']['orm'], 'execute'>, ctx: Ctx, assignee: string | null): Promise<string[]> {
  if (assignee === null || (ctx.actor.kind === 'user' && ctx.actor.id === assignee)) return []
  const [found] = await tx.execute<{ region: string | null; fit: boolean }>(q`
    select region, disabled_at is null and role in ('rectification', 'administrator') as fit from person where id = ${assignee}`)
  if (found === undefined || !found.fit) throw new HuoshuiError('bad_input', { zh: '没有这位研判人员,或其账号已停用', en: 'there is no such reviewer, or the account is disabled' })
  return found.region === null ? [] : [found.region]
}
