import { createHash, timingSafeEqual } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Ctx } from '../../db/context.ts'
import { person, setupCode } from '../../db/schema/index.ts'
import { HuoshuiError } from '../domain/error.ts'
import { personName, username } from './form.ts'
import { chosenPasswordProblem } from './guess.ts'
import { hashPassword, readableSecret } from './password.ts'
import { insertPerson } from './users/create.ts'
import { lockAccounts } from './users/person.ts'

const digestOf = (code: string): string => createHash('sha256').update(`huoshui setup ${code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`).digest('hex')

/** Has nobody an account yet? */
export async function needsSetup({ db }: { db: Db }): Promise<boolean> {
  const [row] = await db.orm.select({ id: person.id }).from(person).limit(1)
  return row === undefined
}

/**
 * A fresh one-time code for the first administrator, to be shown to whoever holds the machine; only its digest is kept,
 * and it takes the place of an earlier one. null where somebody has an account already.
 */
export async function prepareSetup({ ctx }: { ctx: Ctx }): Promise<string | null> {
  return ctx.db.orm.transaction(async (tx) => {
    await lockAccounts(tx)
    const [row] = await tx.select({ id: person.id }).from(person).limit(1)
    if (row !== undefined) return null
    const code = readableSecret(4)
    const values = { digest: digestOf(code), createdAt: ctx.clock.now() }
    await tx.insert(setupCode).values(values).onConflictDoUpdate({ target: setupCode.one, set: values })
    return code
  })
}

export const firstAdministratorInput = z.strictObject({ code: z.string().max(60), username, name: personName, password: z.string().max(512) })

/**
 * Enters the first administrator, for whoever can read the code on the terminal. Throws `forbidden` for a wrong code or
 * where somebody has an account already, `bad_input` for a weak password.
 */
export async function createFirstAdministrator({ ctx, input }: { ctx: Ctx; input: z.input<typeof firstAdministratorInput> }): Promise<{ id: string; username: string }> {
  const { code, password, ...given } = firstAdministratorInput.parse(input)
  // Looked at before the costly part: a stranger must not keep the machine busy.
  await requireCode(ctx.db.orm, code)
  const problem = await chosenPasswordProblem({ password, username: given.username, name: given.name })
  if (problem !== null) throw new HuoshuiError('bad_input', problem)
  const hash = await hashPassword(password)
  return ctx.db.orm.transaction(async (tx) => {
    await lockAccounts(tx)
    await requireCode(tx, code)
    const id = await insertPerson(tx, ctx, { ...given, role: 'administrator', region: null, organisationId: null, hash, mustChangePassword: false })
    await tx.delete(setupCode)
    return { id, username: given.username }
  })
}

async function requireCode(tx: Pick<Db['orm'], 'execute'>, code: string): Promise<void> {
  const [row] = await tx.execute<{ digest: string | null; taken: boolean }>(sql`select (select digest from setup_code) as digest, exists (select from person) as taken`)
  if (row?.taken !== false) throw new HuoshuiError('forbidden', { zh: '系统已完成初始化,请直接登录', en: 'the first administrator is there already: sign in' })
  if (row.digest === null || !timingSafeEqual(Buffer.from(row.digest), Buffer.from(digestOf(code)))) {
    throw new HuoshuiError('forbidden', { zh: '初始化码不正确。它显示在启动服务的终端里,重启服务会换新', en: 'wrong set-up code: it stands on the terminal where the server was started, and changes at each start' })
  }
}
