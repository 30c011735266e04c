import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import { requireInScope } from '../../../db/scope.ts'
import { organisation, person, region } from '../../../db/schema/index.ts'
import type { Actor, Role } from '../../domain/actor.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'

export type Person = typeof person.$inferSelect

/** Accounts are changed one act after another: two administrators cannot both be the one who removes the other. */
export async function lockAccounts(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('huoshui.accounts'))`)
}

/** The account, for an administrator of its region. Throws `forbidden`, `not_found`. */
export async function personFor(tx: Tx, actor: Actor, id: string): Promise<Person> {
  requireRole(actor, ['administrator'])
  const [row] = await tx.select().from(person).where(eq(person.id, id)).for('update')
  if (row === undefined) throw new HuoshuiError('not_found', { zh: '没有这个账号', en: 'there is no such account' })
  await requireInScope(tx, actor, row.region)
  return row
}

/** Throws `not_found` for a region or unit that is not there, `forbidden` where they lie outside the actor's own region. */
export async function requirePlace(tx: Tx, actor: Actor, place: { region: string | null; organisationId: number | null }): Promise<void> {
  await requireInScope(tx, actor, place.region)
  if (place.region !== null) {
    const [found] = await tx.select({ code: region.code }).from(region).where(eq(region.code, place.region))
    if (found === undefined) throw new HuoshuiError('not_found', { zh: `没有代码为 ${place.region} 的地区`, en: `there is no region ${place.region}` })
  }
  if (place.organisationId !== null) {
    const [found] = await tx.select({ region: organisation.regionCode }).from(organisation).where(eq(organisation.id, place.organisationId))
    if (found === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${place.organisationId} 的单位`, en: `there is no organisation ${place.organisationId}` })
    await requireInScope(tx, actor, found.region)
  }
}

/** Throws `conflict` where the change would leave nobody who can administer the whole register. */
export async function requireAnotherAdministrator(tx: Tx, was: Person, will: { role: Role; region: string | null; disabled: boolean }): Promise<void> {
  const rules = (p: { role: string; region: string | null; disabled: boolean }): boolean => p.role === 'administrator' && p.region === null && !p.disabled
  if (!rules({ ...was, disabled: was.disabledAt !== null }) || rules(will)) return
  const [other] = await tx.execute<{ n: number }>(sql`select count(*)::int as n from person where role = 'administrator' and region is null and disabled_at is null and id <> ${was.id}`)
  if ((other?.n ?? 0) === 0) throw new HuoshuiError('conflict', { zh: '这是最后一个管理全部台账的管理员,不能停用或改变其角色', en: 'this is the last administrator of the whole register: he stays' })
}
