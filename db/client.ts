import { createConnection } from 'node:net'
import type { Socket } from 'node:net'
import { drizzle } from 'drizzle-orm/postgres-js'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Sql } from 'postgres'
import { answered } from './answered.ts'
import * as schema from './schema/index.ts'

/** The database two ways: `orm` (drizzle) for services, `sql` (postgres.js) for the hot paths' own statements. */
export type Db = {
  readonly orm: PostgresJsDatabase<typeof schema>
  readonly sql: Sql
  /**
   * Lets `work` have connections of its own that may be silent as long as the system's keep-alive finds the other end there: for statements over
   * whole tables (a restore, a month rolled up), which with a hundred million rows take longer than any answer is waited for.
   */
  unhurried<T>(work: (db: Pick<Db, 'orm' | 'sql'>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A connection that was not needed for so long is given back: others may be short of one. */
const IDLE_SECONDS = 60

export type Tx = Parameters<Parameters<Db['orm']['transaction']>[0]>[0]

/**
 * Opens two pools: one for the hot statements (at most `max` connections), a smaller one for the services. They are
 * apart because drizzle replaces its client's own reading and writing of dates and JSON. Nothing connects until the
 * first statement. A connection that gives no answer for `silenceMs` (never, unless given) is closed and its statements fail; the
 * server, for its part, lets go of a client that has gone, so that no lock outlives it.
 */
export function openDb(url: string, options: { max?: number; silenceMs?: number | undefined } = {}): Db {
  const max = options.max ?? 10
  const sockets = new Set<Socket>()
  const open = (connections: number): Sql => postgres(url, {
    max: connections,
    onnotice: () => undefined,
    idle_timeout: IDLE_SECONDS,
    connection: { application_name: 'huoshui', idle_in_transaction_session_timeout: 600_000, tcp_keepalives_idle: 60, tcp_keepalives_interval: 10, tcp_keepalives_count: 6 },
    ...(options.silenceMs === undefined || severalHosts(url) ? {} : { socket: patient(options.silenceMs, sockets) }),
  })
  const sql = open(max)
  const services = open(Math.max(2, Math.ceil(max / 2)))
  return {
    orm: drizzle(services, { schema }),
    sql,
    unhurried: async (work) => {
      const own = openDb(url, { max: 2 })
      try {
        return await work(own)
      } finally {
        await own.close()
      }
    },
    close: async () => {
      await Promise.all([sql.end({ timeout: 5 }), services.end({ timeout: 5 })])
      // One whose other end has gone would not be told so, and keep the process.
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** The driver tries several hosts in turn by itself. */
const severalHosts = (url: string): boolean => (/@([^/]*)/.exec(url)?.[1] ?? '').includes(',')

/** A socket that is given up when it is not answered. It is still connecting when the driver gets it: what is written waits. */
function patient(silenceMs: number, sockets: Set<Socket>) {
  return ({ host, port, path }: { host: readonly string[]; port: readonly number[]; path?: string | false | undefined }): Socket => {
    const socket = answered(typeof path === 'string' && path !== '' ? createConnection(path) : createConnection(port[0] ?? 5432, host[0] ?? 'localhost'), silenceMs)
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    return socket
  }
}
