import { desc, eq, and } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { requireInScope } from '../../../db/scope.ts'
import { attestation, audit, channel, column, organisation, region } from '../../../db/schema/index.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { READERS, requireRole } from '../../domain/permit.ts'

export const showChannelInput = z.object({ id: z.number().int() })

/** All that is registered of one channel: itself, its unit, region, columns, the latest statements and acts. Throws `not_found`. */
export async function showChannel({ ctx, input }: { ctx: Pick<Ctx, 'db' | 'actor'>; input: z.input<typeof showChannelInput> }) {
  requireRole(ctx.actor, READERS)
  const { id } = showChannelInput.parse(input)
  const { orm } = ctx.db
  const [found] = await orm.select({ channel, organisation, region }).from(channel)
    .leftJoin(organisation, eq(organisation.id, channel.organisationId))
    .leftJoin(region, eq(region.code, channel.regionCode))
    .where(eq(channel.id, id))
  if (found === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${id} 的渠道`, en: `There is no channel ${id}` })
  await requireInScope(orm, ctx.actor, found.channel.regionCode)
  const [columns, attestations, history] = await Promise.all([
    orm.select().from(column).where(eq(column.channelId, id)).orderBy(column.id).limit(200),
    orm.select().from(attestation).where(eq(attestation.channelId, id)).orderBy(desc(attestation.statedOn), desc(attestation.id)).limit(50),
    orm.select().from(audit).where(and(eq(audit.entity, 'channel'), eq(audit.entityId, String(id)))).orderBy(desc(audit.id)).limit(100),
  ])
  return { ...found, columns, attestations, history }
}
