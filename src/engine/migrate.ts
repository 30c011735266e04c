import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import type { Sql } from 'postgres'
import { schemaError } from './errors.ts'

const FOLDER = fileURLToPath(new URL('../../db/migrations', import.meta.url))
/** "HUOS": the advisory lock under which one process at a time changes the schema. */
const LOCK = 0x48554f53

async function known(folder: string): Promise<number[]> {
  const journal = JSON.parse(await readFile(join(folder, 'meta/_journal.json'), 'utf8')) as { entries: { when: number }[] }
  return journal.entries.map((e) => e.when)
}

async function applied(sql: Sql): Promise<number[]> {
  const [there] = await sql<{ found: boolean }[]>`select to_regclass('drizzle.__drizzle_migrations') is not null as found`
  if (there?.found !== true) return []
  const rows = await sql<{ at: string }[]>`select created_at::text as at from drizzle.__drizzle_migrations`
  return rows.map((r) => Number(r.at))
}

/**
 * Brings the database to this program's schema. Safe from many processes at once. Throws `conflict` where the database is ahead of
 * the program, or holds a schema that it does not know. `folder` is for tests.
 */
export async function migrateDatabase(url: string, folder: string = FOLDER): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connection: { application_name: 'huoshui-migrate' } })
  try {
    const ours = await known(folder)
    const check = async (): Promise<boolean> => {
      const done = await applied(sql)
      const strange = done.filter((at) => !ours.includes(at))
      if (strange.length > 0) throw schemaError(Math.max(...strange) > Math.max(...ours) ? 'newer' : 'foreign')
      return ours.every((at) => done.includes(at))
    }
    if (await check()) return
    await sql`select pg_advisory_lock(${LOCK})`
    if (!(await check())) await migrate(drizzle(sql), { migrationsFolder: folder })
  } finally {
    // Closing the session lets go of the lock.
    await sql.end({ timeout: 5 })
  }
}
