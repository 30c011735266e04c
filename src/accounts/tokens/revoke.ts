import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { apiToken } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { ownId } from '../own.ts'

export const revokeTokenInput = z.strictObject({ id: z.string().min(1).max(64) })

/** Ends one of the actor's own tokens, at once and for good. Throws `not_found`, also for somebody else's. */
export async function revokeToken({ ctx, input, now }: { ctx: Ctx; input: z.input<typeof revokeTokenInput>; now: Date }): Promise<{ revoked: true }> {
  const { id } = revokeTokenInput.parse(input)
  return ctx.db.orm.transaction(async (tx) => {
    const [gone] = await tx.update(apiToken).set({ revokedAt: now }).where(and(eq(apiToken.id, id), eq(apiToken.userId, ownId(ctx.actor)), isNull(apiToken.revokedAt))).returning({ name: apiToken.name })
    if (gone === undefined) throw new HuoshuiError('not_found', { zh: '没有这个令牌,可能已经撤销', en: 'there is no such token; it may be revoked already' })
    await recordAudit(tx, { actor: ctx.actor, at: ctx.clock.now() }, [{ verb: 'token.revoke', entity: 'token', entityId: id, detail: { name: gone.name } }])
    return { revoked: true as const }
  })
}
