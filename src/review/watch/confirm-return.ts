import { z } from 'zod'
import { sql as q } from 'drizzle-orm'
import type { Ctx } from '../../../db/context.ts'
import { requireInScope } from '../../../db/scope.ts'
import { candidateStep } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'

const input = z.object({ channel: z.number().int().positive(), reason: z.string().trim().min(1).max(4000) })

export type Returned = { readonly channel: number; readonly from: string; readonly candidate: number | null }

/**
 * A shut or merged channel lives again, as a person confirms: it is active, due at once, counts as remaining in every
 * campaign, and the decision that ended it is open again. Throws `not_found`, `conflict` (it was not ended), `forbidden`.
 */
export async function confirmReturn({ ctx, input: raw }: { ctx: Ctx; input: z.input<typeof input> }): Promise<Returned> {
  requireRole(ctx.actor, ['rectification'])
  const { channel, reason } = input.parse(raw)
  const now = ctx.clock.now()
  const at = now.toISOString()
  return ctx.db.orm.transaction(async (tx) => {
    const [row] = await tx.execute<{ state: string; regionCode: string | null }>(q`select state, region_code as "regionCode" from channel where id = ${channel} for update`)
    if (row === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${channel} 的渠道`, en: `there is no channel ${channel}` })
    await requireInScope(tx, ctx.actor, row.regionCode)
    if (row.state !== 'closed' && row.state !== 'merged') {
      throw new HuoshuiError('conflict', { zh: `渠道 ${channel} 并未关停或整合`, en: `channel ${channel} was neither shut nor merged` })
    }
    await tx.execute(q`update channel set state = 'active', updated_at = ${at}::timestamptz where id = ${channel}`)
    const [reopened] = await tx.execute<{ id: number; was: string }>(q`
      with last as (select id, state from candidate where channel_id = ${channel} and state in ('shut_down', 'merged') order by id desc limit 1)
      update candidate k set state = 'open', closed_at = null, version = k.version + 1, note = ${reason} from last
       where k.id = last.id and not exists (select from candidate o where o.channel_id = ${channel} and o.closed_at is null)
      returning k.id::int, last.state as was`)
    if (reopened !== undefined) {
      await tx.insert(candidateStep).values({ candidateId: reopened.id, at: now, actor: ctx.actor, step: 'reopen', fromState: reopened.was, toState: 'open', reason, detail: { returned: true } })
      await recordAudit(tx, { actor: ctx.actor, at: now }, [{ verb: 'candidate.reopen', entity: 'candidate', entityId: reopened.id, reason, detail: { from: reopened.was, to: 'open', returned: true } }])
    }
    await recordAudit(tx, { actor: ctx.actor, at: now }, [{ verb: 'channel.return', entity: 'channel', entityId: channel, reason, detail: { from: row.state } }])
    return { channel, from: row.state, candidate: reopened?.id ?? null }
  })
}
