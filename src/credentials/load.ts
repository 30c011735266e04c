import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { bridge, confirmedSignal, credential } from '../../db/schema/index.ts'
import type { Ctx } from '../../db/context.ts'
import type { Bridge } from '../channels/index.ts'
import { HuoshuiError } from '../domain/error.ts'
import { GUESSES } from './catalogue.ts'
import { keyFor } from './key.ts'
import type { Key, KeyPlace } from './key.ts'
import { unseal } from './seal.ts'
import { bridgePlace, credentialPlace } from './sealed-rows.ts'

export type OpenCredential = {
  readonly row: number
  readonly id: string
  readonly scope: string
  readonly target: string
  readonly fields: Readonly<Record<string, string>>
  /** Milliseconds since 1970. */
  readonly putAt: number
  readonly stopped: boolean
  readonly failures: number
  /** Milliseconds since 1970; null where it has never worked. */
  readonly lastSuccess: number | null
}

export type OpenBridge = { readonly scope: string; readonly target: string; readonly bridge: Bridge }

export type Means = {
  readonly credentials: readonly OpenCredential[]
  readonly bridges: readonly OpenBridge[]
  readonly confirmed: readonly string[]
  /** Why what is sealed could not be opened; the rest is there. */
  readonly trouble: HuoshuiError | null
}

const fields = z.record(z.string(), z.string())
const isType = (type: string): type is Bridge['type'] => type === 'wewe' || type === 'rsshub' || type === 'feed'

/** All credentials, bridges and confirmations, opened: three small tables. Rejects only where the database does. */
export async function loadMeans(ctx: Pick<Ctx, 'db'>, keys: KeyPlace): Promise<Means> {
  const { orm } = ctx.db
  const [sealed, bridges, confirmed] = await Promise.all([orm.select().from(credential), orm.select().from(bridge), orm.select({ id: confirmedSignal.signalId }).from(confirmedSignal)])
  let trouble: HuoshuiError | null = null
  /** The rows under the wrong key are left out and said; the others are used. */
  const byId = new Map<string, Promise<Key | null>>()
  const opened = async <T>(keyId: string, open: (key: Key) => T): Promise<T | null> => {
    try {
      const asked = byId.get(keyId) ?? keyFor(keys, [keyId])
      byId.set(keyId, asked)
      const key = await asked
      return key === null ? null : open(key)
    } catch (error) {
      trouble ??= error instanceof HuoshuiError ? error : new HuoshuiError('unavailable', { zh: '已存的凭据无法读取', en: 'a stored credential cannot be read' }, { cause: error })
      return null
    }
  }
  const credentials: OpenCredential[] = []
  for (const r of sealed) {
    const values = await opened(r.keyId, (key) => fields.parse(JSON.parse(unseal(key, credentialPlace(r), r.sealed))))
    if (values === null) continue
    credentials.push({
      row: r.id, id: r.credentialId, scope: r.scope, target: r.target, fields: values,
      putAt: r.putAt.getTime(), stopped: r.stoppedSince !== null, failures: r.failures, lastSuccess: r.lastSuccessAt?.getTime() ?? null,
    })
  }
  const open: OpenBridge[] = []
  for (const r of bridges) {
    const text = r.sealed
    const url = text === null || r.keyId === null ? r.url : await opened(r.keyId, (key) => unseal(key, bridgePlace(r), text))
    if (url !== null && isType(r.type)) open.push({ scope: r.scope, target: r.target, bridge: { type: r.type, url } })
  }
  // What is no longer a guess, or no longer known, decides nothing here.
  return { credentials, bridges: open, confirmed: confirmed.map((c) => c.id).filter((id) => GUESSES.has(id)), trouble }
}

/** The names and addresses that a list shows for its targets. */
export async function targetNames(ctx: Pick<Ctx, 'db'>, scope: 'organisation' | 'channel', ids: readonly number[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.db.orm.execute<{ id: string; name: string }>(sql`select id, name from ${sql.identifier(scope)} where id in ${[...ids]}`)
  return new Map(rows.map((r) => [String(r.id), r.name]))
}
