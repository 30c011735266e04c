import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { person } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import type { Role } from '../../domain/actor.ts'
import { personFields, personId } from '../form.ts'
import { lockAccounts, personFor, requireAnotherAdministrator, requirePlace } from './person.ts'

export const updateUserInput = z.strictObject({ id: personId, changes: z.strictObject(personFields).partial() })

/** Changes name, role, region or unit; in force from the next request on. Throws `conflict` for the last administrator. */
export async function updateUser({ ctx, input }: { ctx: Ctx; input: z.input<typeof updateUserInput> }): Promise<{ changed: boolean }> {
  const { id, changes } = updateUserInput.parse(input)
  return ctx.db.orm.transaction(async (tx) => {
    await lockAccounts(tx)
    const was = await personFor(tx, ctx.actor, id)
    const before = { name: was.name, role: was.role as Role, region: was.region, organisationId: was.organisationId }
    const after = {
      name: changes.name ?? before.name,
      role: changes.role ?? before.role,
      region: changes.region === undefined ? before.region : changes.region,
      organisationId: changes.organisationId === undefined ? before.organisationId : changes.organisationId,
    }
    if (JSON.stringify(before) === JSON.stringify(after)) return { changed: false }
    await requirePlace(tx, ctx.actor, after)
    await requireAnotherAdministrator(tx, was, { ...after, disabled: was.disabledAt !== null })
    const at = ctx.clock.now()
    await tx.update(person).set({ ...after, updatedAt: at }).where(eq(person.id, id))
    await recordAudit(tx, { actor: ctx.actor, at }, [{ verb: 'user.update', entity: 'user', entityId: id, detail: { username: was.username, before, after } }])
    return { changed: true }
  })
}
