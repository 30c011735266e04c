import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Tx } from '../../../db/client.ts'
import type { Ctx } from '../../../db/context.ts'
import { account, person } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import type { Role } from '../../domain/actor.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'
import { personFields, username } from '../form.ts'
import { generatePassword, hashPassword } from '../password.ts'
import { lockAccounts, requirePlace } from './person.ts'

export const createUserInput = z.strictObject({ username, ...personFields, region: personFields.region.default(null), organisationId: personFields.organisationId.default(null) })

/**
 * Enters an account. Its first password is made here, answered once, kept only as a hash, and must be changed at the
 * first sign-in unless it is `lasting` (the demo's). Throws `conflict` where the name is taken, `forbidden` outside the
 * actor's region.
 */
export async function createUser({ ctx, input, lasting = false }: { ctx: Ctx; input: z.input<typeof createUserInput>; lasting?: boolean }): Promise<{ id: string; username: string; password: string }> {
  requireRole(ctx.actor, ['administrator'])
  const given = createUserInput.parse(input)
  const password = generatePassword()
  const hash = await hashPassword(password)
  return ctx.db.orm.transaction(async (tx) => {
    await lockAccounts(tx)
    await requirePlace(tx, ctx.actor, given)
    const id = await insertPerson(tx, ctx, { ...given, hash, mustChangePassword: !lasting })
    return { id, username: given.username, password }
  })
}

type NewPerson = { username: string; name: string; role: Role; region: string | null; organisationId: number | null; hash: string; mustChangePassword: boolean }

/** The rows of an account, and their trace. */
export async function insertPerson(tx: Tx, ctx: Pick<Ctx, 'actor' | 'clock'>, { hash, ...given }: NewPerson): Promise<string> {
  const at = ctx.clock.now()
  const id = randomUUID()
  const [made] = await tx.insert(person).values({ ...given, id, email: `${id}@huoshui.invalid`, createdAt: at, updatedAt: at }).onConflictDoNothing({ target: person.username }).returning({ id: person.id })
  if (made === undefined) throw new HuoshuiError('conflict', { zh: `用户名“${given.username}”已被使用`, en: `the user name “${given.username}” is taken` })
  await tx.insert(account).values({ id: randomUUID(), userId: id, accountId: id, providerId: 'credential', password: hash, createdAt: at, updatedAt: at })
  const { mustChangePassword: _own, ...detail } = given
  await recordAudit(tx, { actor: ctx.actor, at }, [{ verb: 'user.create', entity: 'user', entityId: id, detail }])
  return id
}
