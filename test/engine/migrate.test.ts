import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrateDatabase, openEngine } from '../../src/engine/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

const MIGRATIONS = fileURLToPath(new URL('../../db/migrations', import.meta.url))
let t: TestDatabase
let folder: string
beforeEach(async () => {
  t = await testDatabase({ empty: true })
  folder = await mkdtemp(join(tmpdir(), 'huoshui-migrations-'))
  await cp(MIGRATIONS, folder, { recursive: true })
})
afterEach(async () => {
  await t.close()
  await rm(folder, { recursive: true })
})

/** A later program's folder: one more change. */
async function later(when: (last: number) => number): Promise<void> {
  const file = join(folder, 'meta/_journal.json')
  const journal = JSON.parse(await readFile(file, 'utf8')) as { entries: { idx: number; when: number; tag: string }[] }
  const last = journal.entries.at(-1)!
  journal.entries.push({ ...last, idx: last.idx + 1, when: when(last.when), tag: '9999_more' })
  await writeFile(file, JSON.stringify(journal))
  await writeFile(join(folder, '9999_more.sql'), 'create table more (id int)')
}

describe('the schema', () => {
  test('is made once by many at once', async () => {
    await Promise.all(Array.from({ length: 6 }, () => migrateDatabase(t.url)))
    expect(await t.db.sql`select count(*)::int as n from channel`).toEqual([{ n: 0 }])
    const entries = (JSON.parse(await readFile(join(folder, 'meta/_journal.json'), 'utf8')) as { entries: unknown[] }).entries.length
    expect(await t.db.sql`select count(*)::int as n from drizzle.__drizzle_migrations`).toEqual([{ n: entries }])
  })

  test('goes forward on an older database', async () => {
    await migrateDatabase(t.url)
    await later((last) => last + 1)
    await migrateDatabase(t.url, folder)
    expect(await t.db.sql`select count(*)::int as n from more`).toEqual([{ n: 0 }])
  })

  test('never backward: a newer database is refused in words', async () => {
    await later((last) => last + 1)
    await migrateDatabase(t.url, folder)
    await expect(migrateDatabase(t.url)).rejects.toMatchObject({ code: 'conflict', text: { zh: expect.stringContaining('更新版本'), en: expect.stringContaining('newer') } })
  })

  test('one with another history is refused', async () => {
    await migrateDatabase(t.url)
    await t.db.sql`update drizzle.__drizzle_migrations set created_at = created_at - 5`
    await expect(migrateDatabase(t.url)).rejects.toMatchObject({ code: 'conflict', text: { en: expect.stringContaining('does not know') } })
  })
})

describe('your own PostgreSQL', () => {
  test('is connected to, brought to the schema and left running', async () => {
    const engine = await openEngine({ data: '/nowhere', databaseUrl: t.url, concurrency: 1 })
    expect(engine.embedded).toBe(false)
    expect(await engine.db.sql`select count(*)::int as n from visit`).toEqual([{ n: 0 }])
    await engine.close()
    expect(await t.db.sql`select 1 as one`).toEqual([{ one: 1 }])
  })

  test.each([
    ['a closed port', (url: URL) => { url.port = '1' }, 'refused'],
    ['a wrong password', (url: URL) => { url.password = 'guess' }, 'wrong user name or password'],
    ['no such database', (url: URL) => { url.pathname = '/nope' }, 'no such database'],
  ])('%s is said in words, without the password', async (_, spoil, words) => {
    const url = new URL(t.url)
    spoil(url)
    const error = await openEngine({ data: '/nowhere', databaseUrl: url.href, concurrency: 1 }).catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'unavailable', text: { en: expect.stringContaining(words), zh: expect.stringContaining('DATABASE_URL') } })
    expect(String(error)).not.toContain(url.password)
  })
})
