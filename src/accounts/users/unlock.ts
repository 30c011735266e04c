import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { signInFailure, twoFactor } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import { personId } from '../form.ts'
import { nameDigest } from '../sign-in/failures.ts'
import { personFor } from './person.ts'

export const unlockUserInput = z.strictObject({ id: personId })

/** Opens the lock that wrong passwords or codes have shut, before its time. */
export async function unlockUser({ ctx, input }: { ctx: Ctx; input: z.input<typeof unlockUserInput> }): Promise<{ unlocked: true }> {
  const { id } = unlockUserInput.parse(input)
  return ctx.db.orm.transaction(async (tx) => {
    const { username } = await personFor(tx, ctx.actor, id)
    await tx.delete(signInFailure).where(eq(signInFailure.nameDigest, nameDigest(username)))
    await tx.update(twoFactor).set({ failedVerificationCount: 0, lockedUntil: null }).where(eq(twoFactor.userId, id))
    await recordAudit(tx, { actor: ctx.actor, at: ctx.clock.now() }, [{ verb: 'user.unlock', entity: 'user', entityId: id, detail: { username } }])
    return { unlocked: true as const }
  })
}
