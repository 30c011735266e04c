import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { inScope, requireWholeRegister } from '../../../db/scope.ts'
import { recordAudit } from '../../audit/record.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'
import { selected, selection } from './start.ts'

const input = z.object({ selection, reason: z.string().max(500).optional() })

/** Ends the running weeks of a selection; what was seen is kept. Throws `bad_input`, `not_found` where none runs, `forbidden`. */
export async function stopWeek({ ctx, input: raw }: { ctx: Ctx; input: z.input<typeof input> }): Promise<{ stopped: number }> {
  requireRole(ctx.actor, ['operations'])
  const given = input.safeParse(raw)
  if (!given.success) throw new HuoshuiError('bad_input', { zh: `范围有误:${z.prettifyError(given.error)}`, en: `Wrong selection: ${z.prettifyError(given.error)}` })
  const { selection: which, reason } = given.data
  if (which.all === true) requireWholeRegister(ctx.actor)
  const now = ctx.clock.now()
  return ctx.db.orm.transaction(async (tx) => {
    const rows = await tx.execute<{ id: number }>(sql`
      update availability_week w set state = 'stopped', ended_at = ${now.toISOString()}::timestamptz, held_until = null
        from channel c where c.id = w.channel_id and w.state = 'running' and ${selected(which)} and ${inScope(sql`c.region_code`, ctx.actor)} returning w.id::int as id`)
    if (rows.length === 0) throw new HuoshuiError('not_found', { zh: '所选范围内没有正在进行的监测周', en: 'no week is running in the selection' })
    await recordAudit(tx, { actor: ctx.actor, at: now }, [{ verb: 'availability.stop', entity: 'availability_week', detail: { selection: which, weeks: rows.length }, ...(reason === undefined ? {} : { reason }) }])
    return { stopped: rows.length }
  })
}
