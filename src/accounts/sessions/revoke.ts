import { and, eq, ne } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { session } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { ownId } from '../own.ts'

export const revokeSessionInput = z.strictObject({ id: z.string().min(1).max(64) })

/** Ends one of the actor's own sessions. Throws `not_found`, also for somebody else's. */
export async function revokeSession({ ctx, input }: { ctx: Ctx; input: z.input<typeof revokeSessionInput> }): Promise<{ ended: number }> {
  const { id } = revokeSessionInput.parse(input)
  const userId = ownId(ctx.actor)
  return ctx.db.orm.transaction(async (tx) => {
    const gone = await tx.delete(session).where(and(eq(session.id, id), eq(session.userId, userId))).returning({ id: session.id })
    if (gone.length === 0) throw new HuoshuiError('not_found', { zh: '没有这个登录会话,可能已经结束', en: 'there is no such session; it may have ended' })
    await recordAudit(tx, { actor: ctx.actor, at: ctx.clock.now() }, [{ verb: 'session.revoke', entity: 'user', entityId: userId, detail: { sessions: 1 } }])
    return { ended: 1 }
  })
}

/** Ends all of the actor's own sessions but the one named. */
export async function revokeOtherSessions({ ctx, input }: { ctx: Ctx; input: { keep: string } }): Promise<{ ended: number }> {
  const userId = ownId(ctx.actor)
  return ctx.db.orm.transaction(async (tx) => {
    const gone = await tx.delete(session).where(and(ne(session.id, input.keep), eq(session.userId, userId))).returning({ id: session.id })
    if (gone.length > 0) await recordAudit(tx, { actor: ctx.actor, at: ctx.clock.now() }, [{ verb: 'session.revoke', entity: 'user', entityId: userId, detail: { sessions: gone.length } }])
    return { ended: gone.length }
  })
}
