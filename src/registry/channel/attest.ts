import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { requireInScope, requireOwnUnit } from '../../../db/scope.ts'
import { attestation, channel } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import { dayInChina } from '../../domain/date.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'
import { day } from './form.ts'

export const attestInput = z.object({
  channel: z.number().int(),
  /** The day of the last publication, or of a group's last use. */
  newestOn: day,
  /** The day it was stated; today unless given. */
  statedOn: day.optional(),
  statedBy: z.string().trim().min(1).max(100),
  link: z.url({ protocol: /^https?$/ }).max(2000).optional(),
  note: z.string().trim().max(500).optional(),
})

/**
 * Enters a unit's own dated statement of its last publication or use; the same one again changes nothing. The channel is
 * due at once, so that the statement is looked at. Throws `not_found`, and `bad_input` for days that lie ahead.
 */
export async function attest({ ctx, input }: { ctx: Ctx; input: z.input<typeof attestInput> }): Promise<{ id: number | null }> {
  requireRole(ctx.actor, ['operations', 'rectification', 'unit_contact'])
  const { channel: channelId, newestOn, statedBy, link, note, ...rest } = attestInput.parse(input)
  const at = ctx.clock.now()
  const today = dayInChina(at)
  const statedOn = rest.statedOn ?? today
  if (statedOn > today || newestOn > statedOn) {
    throw new HuoshuiError('bad_input', {
      zh: `日期不合理：最近更新 ${newestOn} 不应晚于填报日期 ${statedOn}，填报日期不应晚于今天 ${today}`,
      en: `These days cannot be: last publication ${newestOn} lies no later than the statement ${statedOn}, and that no later than today ${today}`,
    })
  }
  return ctx.db.orm.transaction(async (tx) => {
    const [found] = await tx.select({ id: channel.id, regionCode: channel.regionCode, organisation: channel.organisationId }).from(channel).where(eq(channel.id, channelId))
    if (found === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${channelId} 的渠道`, en: `There is no channel ${channelId}` })
    await requireInScope(tx, ctx.actor, found.regionCode)
    requireOwnUnit(ctx.actor, found.organisation)
    const source = ctx.actor.kind === 'user' ? 'console' : 'command'
    const [made] = await tx.insert(attestation)
      .values({ channelId, newestOn, statedOn, statedBy, link: link ?? null, note: note ?? null, source, createdAt: at })
      .onConflictDoNothing().returning({ id: attestation.id })
    if (made === undefined) return { id: null }
    await tx.update(channel).set({ nextDueAt: at, dueReason: 'run_now' }).where(eq(channel.id, channelId))
    await recordAudit(tx, { actor: ctx.actor, at }, [{ verb: 'channel.attest', entity: 'channel', entityId: channelId, detail: { newestOn, statedOn, statedBy, link, note } }])
    return { id: made.id }
  })
}
