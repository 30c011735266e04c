import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { openDb } from '../../db/client.ts'
import type { Db } from '../../db/client.ts'
import type { Ctx } from '../../db/context.ts'
import { stoppedClock } from '../../src/domain/clock.ts'
import { TEMPLATE } from './global-setup.ts'

export type TestDatabase = {
  readonly url: string
  readonly db: Db
  /** Acts as the command line; its clock stands at 2026-06-01 12:00 in China until a test moves it. */
  readonly ctx: Ctx & { readonly clock: ReturnType<typeof stoppedClock> }
  close(): Promise<void>
}

/** A fresh database of its own, at the program's schema. Close it in afterAll. `empty`: without tables. */
export async function testDatabase(options: { empty?: boolean; now?: string } = {}): Promise<TestDatabase> {
  const base = process.env['HUOSHUI_TEST_POSTGRES']
  if (base === undefined) throw new Error('no test PostgreSQL: run through vitest with test/helpers/global-setup.ts')
  const name = `t_${randomBytes(6).toString('hex')}`
  const admin = postgres(`${base}/postgres`, { max: 1, onnotice: () => undefined })
  await admin.unsafe(options.empty === true ? `create database ${name}` : `create database ${name} template ${TEMPLATE} strategy file_copy`)
  const url = `${base}/${name}`
  const db = openDb(url)
  return {
    url,
    db,
    ctx: { db, clock: stoppedClock(new Date(options.now ?? '2026-06-01T12:00:00+08:00')), actor: { kind: 'cli', name: 'test' } },
    close: async () => {
      await db.close()
      await admin.unsafe(`drop database if exists ${name} with (force)`)
      await admin.end()
    },
  }
}
