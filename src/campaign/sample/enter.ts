import { z } from 'zod'
import { sql as q } from 'drizzle-orm'
import type { Ctx } from '../../../db/context.ts'
import { requireInScope } from '../../../db/scope.ts'
import { recordAudit } from '../../audit/record.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'

const input = z.object({
  sample: z.string().min(1),
  channel: z.number().int().positive(),
  result: z.enum(['passed', 'failed']),
  note: z.string().trim().max(2000).optional(),
})
export type SampleResult = z.input<typeof input>

/**
 * Enters one result of a spot check; entering again corrects it, and both stand in the audit trail. A failed one needs a
 * note of what failed. Throws `not_found` (no such sample, or the channel was not drawn), `bad_input`, `forbidden`.
 */
export async function enterResult({ ctx, input: raw }: { ctx: Ctx; input: SampleResult }): Promise<{ sample: string; channel: number; result: string }> {
  requireRole(ctx.actor, ['rectification', 'operations'])
  const { sample, channel, result, note } = input.parse(raw)
  if (result === 'failed' && (note === undefined || note === '')) throw new HuoshuiError('bad_input', { zh: '不合格须写明主要问题(note)', en: 'a failed one takes a note of what failed' })
  const now = ctx.clock.now()
  return ctx.db.orm.transaction(async (tx) => {
    const [row] = await tx.execute<{ id: number; before: string | null; regionCode: string | null }>(q`
      select s.id::int, m.result as before, m.region_code as "regionCode" from sample s join sample_member m on m.sample_id = s.id
       where s.name = ${sample} and m.channel_id = ${channel} for update of m`)
    if (row === undefined) throw new HuoshuiError('not_found', { zh: `抽查“${sample}”中没有渠道 ${channel}`, en: `channel ${channel} is not in the sample ${sample}` })
    const [place] = await tx.execute<{ regionCode: string | null }>(q`select region_code as "regionCode" from channel where id = ${channel}`)
    await requireInScope(tx, ctx.actor, place?.regionCode ?? row.regionCode)
    await tx.execute(q`
      update sample_member set result = ${result}, note = ${note ?? null}, entered_by = ${JSON.stringify(ctx.actor)}::jsonb, entered_at = ${now.toISOString()}::timestamptz
       where sample_id = ${row.id} and channel_id = ${channel}`)
    await recordAudit(tx, { actor: ctx.actor, at: now }, [{ verb: 'sample.enter', entity: 'sample', entityId: row.id, detail: { channel, before: row.before, result, note: note ?? null } }])
    return { sample, channel, result }
  })
}
