import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { account, person, session, signInFailure, twoFactor } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import { requireRole } from '../../domain/permit.ts'
import { personId } from '../form.ts'
import { generatePassword, hashPassword } from '../password.ts'
import { nameDigest } from '../sign-in/failures.ts'
import { lockAccounts, personFor } from './person.ts'

export const resetPasswordInput = z.strictObject({
  id: personId,
  /** Takes the second factor away too: for somebody who has lost the telephone. */
  secondFactor: z.boolean().default(false),
})

/** Gives an account a new first password, answered once. Its sessions end and its lock opens. */
export async function resetPassword({ ctx, input }: { ctx: Ctx; input: z.input<typeof resetPasswordInput> }): Promise<{ username: string; password: string }> {
  requireRole(ctx.actor, ['administrator'])
  const { id, secondFactor } = resetPasswordInput.parse(input)
  const password = generatePassword()
  const hash = await hashPassword(password)
  return ctx.db.orm.transaction(async (tx) => {
    await lockAccounts(tx)
    const was = await personFor(tx, ctx.actor, id)
    const at = ctx.clock.now()
    await tx.update(account).set({ password: hash, updatedAt: at }).where(and(eq(account.userId, id), eq(account.providerId, 'credential')))
    await tx.update(person).set({ mustChangePassword: true, updatedAt: at, ...(secondFactor ? { twoFactorEnabled: false } : {}) }).where(eq(person.id, id))
    if (secondFactor) await tx.delete(twoFactor).where(eq(twoFactor.userId, id))
    await tx.delete(session).where(eq(session.userId, id))
    await tx.delete(signInFailure).where(eq(signInFailure.nameDigest, nameDigest(was.username)))
    await recordAudit(tx, { actor: ctx.actor, at }, [{ verb: 'user.reset_password', entity: 'user', entityId: id, detail: { username: was.username, secondFactor } }])
    return { username: was.username, password }
  })
}
