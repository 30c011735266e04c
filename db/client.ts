import { drizzle } from 'drizzle-orm/postgres-js'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Sql } from 'postgres'
import * as schema from './schema/index.ts'

/** The database two ways: `orm` (drizzle) for services, `sql` (postgres.js) for the hot paths' own statements. */
export type Db = {
  readonly orm: PostgresJsDatabase<typeof schema>
  readonly sql: Sql
  close(): Promise<void>
}

export type Tx = Parameters<Parameters<Db['orm']['transaction']>[0]>[0]

/** Opens a pool of at most `max` connections. Nothing connects until the first statement. */
export function openDb(url: string, options: { max?: number } = {}): Db {
  const sql = postgres(url, { max: options.max ?? 10, onnotice: () => undefined, connection: { application_name: 'huoshui' } })
  return { orm: drizzle(sql, { schema }), sql, close: () => sql.end({ timeout: 5 }) }
}
