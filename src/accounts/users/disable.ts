import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { person, session } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import type { Role } from '../../domain/actor.ts'
import { personId } from '../form.ts'
import { lockAccounts, personFor, requireAnotherAdministrator } from './person.ts'

export const disableUserInput = z.strictObject({ id: personId, disabled: z.boolean() })

/** Shuts an account out, with every session and token at once, or lets it in again. Throws `conflict` for the last administrator. */
export async function disableUser({ ctx, input }: { ctx: Ctx; input: z.input<typeof disableUserInput> }): Promise<{ changed: boolean }> {
  const { id, disabled } = disableUserInput.parse(input)
  return ctx.db.orm.transaction(async (tx) => {
    await lockAccounts(tx)
    const was = await personFor(tx, ctx.actor, id)
    if ((was.disabledAt !== null) === disabled) return { changed: false }
    await requireAnotherAdministrator(tx, was, { role: was.role as Role, region: was.region, disabled })
    const at = ctx.clock.now()
    await tx.update(person).set({ disabledAt: disabled ? at : null, updatedAt: at }).where(eq(person.id, id))
    if (disabled) await tx.delete(session).where(eq(session.userId, id))
    await recordAudit(tx, { actor: ctx.actor, at }, [{ verb: disabled ? 'user.disable' : 'user.enable', entity: 'user', entityId: id, detail: { username: was.username } }])
    return { changed: true }
  })
}
