import { getTableName } from 'drizzle-orm'
import * as schema from '../../../db/schema/index.ts'
import { HuoshuiError } from '../../domain/error.ts'
import type { Engine } from '../../engine/index.ts'

/** Held on a connection of its own by a demo while it runs. */
const DEMO_LOCK = 20_200_525

/**
 * Takes the demo's database for this process and empties it, so that each demo starts from nothing. Returns what lets
 * it go. Throws `conflict` where another demo is at work on it.
 */
export async function takeDemo(engine: Engine): Promise<() => Promise<void>> {
  const held = await engine.db.sql.reserve()
  const [lock] = await held<{ ok: boolean }[]>`select pg_try_advisory_lock(${DEMO_LOCK}) as ok`
  if (lock?.ok !== true) {
    held.release()
    throw new HuoshuiError('conflict', { zh: '另一个演示正在运行,请先结束它', en: 'another demo is running: end it first' })
  }
  // Jobs left in the queue are harmless: their slots are no longer open.
  const tables = Object.values(schema).map((t) => getTableName(t)).filter((name) => name !== 'region')
  await held.unsafe(`truncate ${tables.map((name) => `"${name}"`).join(', ')} restart identity`)
  return async () => {
    await held`select pg_advisory_unlock(${DEMO_LOCK})`
    held.release()
  }
}
