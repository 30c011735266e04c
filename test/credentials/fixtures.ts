import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor } from '../../src/domain/actor.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

export const SECRET = 'tOpSecret-Value-9f8e7d6c'
export const KEY_A = Buffer.alloc(32, 1).toString('base64')
export const KEY_B = Buffer.alloc(32, 2).toString('base64')

export const regional: Actor = { kind: 'user', id: '7', name: '李四', role: 'operations', region: '360100' }
export const reader: Actor = { kind: 'user', id: '8', name: '王五', role: 'read_only', region: null }

export type Place = TestDatabase & { readonly data: string; channel(kind: string, more?: { organisation?: number; region?: string; name?: string; key?: string }): Promise<number>; organisation(name: string, region?: string): Promise<number> }

/** A database with two cities, and a data folder. */
export async function place(): Promise<Place> {
  const t = await testDatabase()
  const data = await mkdtemp(join(tmpdir(), 'huoshui-keys-'))
  const { sql } = t.db
  await sql`insert into region (code, name, level, parent_code) values ('360000', '江西省', 1, null), ('360100', '南昌市', 2, '360000'), ('360200', '景德镇市', 2, '360000') on conflict do nothing`
  let n = 0
  return {
    ...t, data,
    organisation: async (name, region = '360100') => {
      const [row] = await sql<{ id: number }[]>`insert into organisation (name, region_code) values (${name}, ${region}) returning id::int`
      return row!.id
    },
    channel: async (kind, more = {}) => {
      n++
      const key = more.key ?? `1${String(n).padStart(9, '0')}`
      const [row] = await sql<{ id: number }[]>`
        insert into channel (kind, name, address, address_raw, identity_key, organisation_id, region_code)
        values (${kind}, ${more.name ?? `渠道${n}`}, ${key}, ${key}, ${key}, ${more.organisation ?? null}, ${more.region ?? '360100'}) returning id::int`
      return row!.id
    },
    close: async () => {
      await t.close()
      await rm(data, { recursive: true, force: true })
    },
  }
}
