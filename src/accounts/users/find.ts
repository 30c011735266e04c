import { eq } from 'drizzle-orm'
import type { Ctx } from '../../../db/context.ts'
import { person } from '../../../db/schema/index.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'
import { username } from '../form.ts'

/** The number of the account of that user name. Throws `not_found`. */
export async function findUser({ ctx, input }: { ctx: Ctx; input: { username: string } }): Promise<{ id: string }> {
  requireRole(ctx.actor, ['administrator'])
  const name = username.parse(input.username)
  const [row] = await ctx.db.orm.select({ id: person.id }).from(person).where(eq(person.username, name))
  if (row === undefined) throw new HuoshuiError('not_found', { zh: `没有用户名为“${name}”的账号`, en: `there is no account “${name}”` })
  return row
}
