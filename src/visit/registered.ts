import type { Sql } from 'postgres'
import type { Identity } from '../channels/index.ts'
import type { Kind } from '../domain/kinds.ts'
import { loadSubject } from './load.ts'
import type { Subject } from './load.ts'

/** The registered channel of this very account, with all that a visit of it would use; null where the register has none. */
export async function findRegistered(sql: Sql, kind: Kind, identity: Identity): Promise<Subject | null> {
  const [row] = await sql<{ id: number }[]>`
    select id::int from channel where kind = ${kind} and identity_key = ${identity.key} order by state = 'active' desc, id limit 1`
  return row === undefined ? null : loadSubject(sql, row.id)
}
