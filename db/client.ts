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

/** A connection that was not needed for so long is given back: others may be short of one. */
const IDLE_SECONDS = 60

export type Tx = Parameters<Parameters<Db['orm']['transaction']>[0]>[0]

/**
 * Opens two pools: one for the hot statements (at most `max` connections), a smaller one for the services. They are
 * apart because drizzle replaces its client's own reading and writing of dates and JSON. Nothing connects until the
 * first statement.
 */
export function openDb(url: string, options: { max?: number } = {}): Db {
  const max = options.max ?? 10
  const open = (connections: number): Sql => postgres(url, { max: connections, onnotice: () => undefined, idle_timeout: IDLE_SECONDS, connection: { application_name: 'huoshui' } })
  const sql = open(max)
  const services = open(Math.max(2, Math.ceil(max / 2)))
  return {
    orm: drizzle(services, { schema }),
    sql,
    close: async () => {
      await Promise.all([sql.end({ timeout: 5 }), services.end({ timeout: 5 })])
    },
  }
}
