import { resolve } from 'node:path'
import postgres from 'postgres'
import { openDb } from '../../db/client.ts'
import type { Db } from '../../db/client.ts'
import type { Config } from '../config/schema.ts'
import { HuoshuiError } from '../domain/error.ts'
import { openEmbedded } from './embedded.ts'
import { unreachableError } from './errors.ts'
import { migrateDatabase } from './migrate.ts'

/**
 * Statements take a millisecond or two, and a database of a few cores does a few at once: more connections would only stand open. A
 * process has half as many again for its services (db/client.ts), so that eight workers fit into PostgreSQL's usual hundred.
 */
const MOST_CONNECTIONS = 7

export type Engine = {
  readonly db: Db
  readonly databaseUrl: string
  /** The database runs in the data folder (true) or is the operator's own (DATABASE_URL). */
  readonly embedded: boolean
  /** Aborted, with a HuoshuiError as its reason, when the embedded database is gone for good. Never for DATABASE_URL. */
  readonly lost: AbortSignal
  close(): Promise<void>
}

/**
 * Opens the database, embedded or DATABASE_URL, at this program's schema. Throws HuoshuiError: `forbidden` (folder), `unavailable`
 * (will not start, cannot be reached), `conflict` (held by a dead process, schema newer than the program).
 */
export async function openEngine(config: Pick<Config, 'data' | 'databaseUrl' | 'concurrency'> & Partial<Pick<Config, 'databaseSilence'>>, options: { log?: { warn(message: string): void } } = {}): Promise<Engine> {
  const log = options.log ?? { warn: () => undefined }
  const max = Math.min(MOST_CONNECTIONS, Math.max(4, Math.ceil(config.concurrency / 4) + 2))
  const pools = { max, silenceMs: config.databaseSilence }
  if (config.databaseUrl !== undefined) {
    const url = config.databaseUrl
    await probe(url)
    await migrateDatabase(url)
    const db = openDb(url, pools)
    return { db, databaseUrl: url, embedded: false, lost: new AbortController().signal, close: () => db.close() }
  }
  const server = await openEmbedded(resolve(config.data), log)
  try {
    await migrateDatabase(server.url)
  } catch (error) {
    await server.close()
    throw error
  }
  const db = openDb(server.url, pools)
  return {
    db,
    databaseUrl: server.url,
    embedded: true,
    lost: server.lost,
    close: async () => {
      await db.close()
      await server.close()
    },
  }
}

/** One connection and one statement, so that what is wrong is said before any work starts. */
async function probe(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => undefined })
  try {
    const [row] = await sql<{ v: number }[]>`select current_setting('server_version_num')::int as v`
    if ((row?.v ?? 0) < 140_000) {
      throw new HuoshuiError('unavailable', { zh: '需要 PostgreSQL 14 或更高版本。', en: 'PostgreSQL 14 or later is needed.' })
    }
  } catch (error) {
    throw error instanceof HuoshuiError ? error : unreachableError(url, error)
  } finally {
    await sql.end({ timeout: 2 }).catch(() => undefined)
  }
}
