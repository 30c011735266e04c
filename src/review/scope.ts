import { sql as q } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import type { Actor } from '../domain/actor.ts'
import { HuoshuiError } from '../domain/error.ts'
import { regionScope } from '../domain/permit.ts'

/** Throws `forbidden` unless the region lies in the actor's own region or below it. */
export async function requireInScope(tx: Pick<Tx, 'execute'>, actor: Actor, region: string | null): Promise<void> {
  const own = regionScope(actor)
  if (own === null) return
  const [row] = await tx.execute<{ ok: boolean }>(q`
    with recursive up as (
      select code, parent_code from region where code = ${region}
      union select r.code, r.parent_code from region r join up on r.code = up.parent_code)
    select exists (select from up where code = ${own}) as ok`)
  if (row?.ok !== true) {
    throw new HuoshuiError('forbidden', { zh: '该渠道不在您的管辖地区内', en: 'the channel lies outside your region' })
  }
}
