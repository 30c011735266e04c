import { sql } from 'drizzle-orm'
import type { Tx } from '../../db/client.ts'
import { keyFor, makeKey } from './key.ts'
import type { Key, KeyPlace } from './key.ts'

/** What a sealed text belongs to; part of what is authenticated. */
export const credentialPlace = (row: { credentialId: string; scope: string; target: string }): string => `credential:${row.credentialId}:${row.scope}:${row.target}`
export const bridgePlace = (row: { type: string; scope: string; target: string }): string => `bridge:${row.type}:${row.scope}:${row.target}`

export const installationPlace = (row: { name: string }): string => `installation:${row.name}`

/** Keys that something is sealed with now: one, but for rows left by a key that was lost. */
export async function keyIds(tx: Pick<Tx, 'execute'>): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`select distinct key_id as id from credential union select distinct key_id from bridge where key_id is not null union select distinct key_id from installation_secret`)
  return rows.map((r) => r.id)
}

/** Held to the end of the transaction: nothing is sealed while the key changes. */
export async function lockKey(tx: Pick<Tx, 'execute'>): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('huoshui.key'))`)
}

/** The key to seal with; made on first use. Under the lock. Throws `unavailable` where another one is in use. */
export async function sealingKey(tx: Pick<Tx, 'execute'>, place: KeyPlace): Promise<Key> {
  await lockKey(tx)
  return (await keyFor(place, await keyIds(tx))) ?? makeKey(place)
}
