import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { verifyTrail } from '../../src/audit/index.ts'
import { migrateDatabase } from '../../src/engine/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { contents, fill, schemaText } from './fill.ts'

const MIGRATIONS = fileURLToPath(new URL('../../db/migrations', import.meta.url))
type Journal = { entries: { idx: number; when: number; tag: string }[] }
const { entries } = JSON.parse(readFileSync(join(MIGRATIONS, 'meta/_journal.json'), 'utf8')) as Journal
/** Every schema that a released program had, by its last migration. */
const EARLIER = entries.slice(0, -1).map((e, i) => [e.tag, i + 1] as const)
const ROWS = 6

let t: TestDatabase
let folder: string
beforeEach(async () => {
  t = await testDatabase({ empty: true })
  folder = await mkdtemp(join(tmpdir(), 'huoshui-forward-'))
})
afterEach(async () => {
  await t.close()
  await rm(folder, { recursive: true })
})

/** The migrations as the program had them when there were `count`. */
async function program(count: number): Promise<string> {
  const own = join(folder, `p${count}`)
  await cp(MIGRATIONS, own, { recursive: true })
  const file = join(own, 'meta/_journal.json')
  await writeFile(file, JSON.stringify({ ...(JSON.parse(await readFile(file, 'utf8')) as Journal), entries: entries.slice(0, count) }))
  return own
}

/** A register of that program with rows in every table, some years of observations among them. */
async function registerOf(count: number): Promise<string> {
  const own = await program(count)
  await migrateDatabase(t.url, own)
  await fill(t.db.sql, 0, ROWS - 1)
  for (const at of ['1989-06-30T16:00:00Z', '2019-01-31T15:59:59.999Z', '2019-01-31T16:00:00Z', '2024-02-29T12:00:00Z', '2099-01-01T00:00:00Z']) {
    await t.db.sql`insert into observation (channel_id, visit_id, at, about, outcome, value) select id, id, ${at}, 'home', 'ok', '{"zh": "页"}' from channel`
  }
  return own
}

test.each(EARLIER)('a register of the schema %s stands whole where coming forward fails, comes forward whole the next time, and is refused by its own program from then on', async (_, count) => {
  const old = await registerOf(count)
  const [before, schema] = [await contents(t.db.sql), await schemaText(t.db.sql)]
  for (const [table, rows] of Object.entries(before)) expect(rows.length, table).toBeGreaterThanOrEqual(table === 'setup_code' ? 1 : ROWS)

  // It fails at its very end: nothing of it is left, and the old program still knows the register.
  const broken = await program(entries.length)
  await appendFile(join(broken, `${entries.at(-1)!.tag}.sql`), ';--> statement-breakpoint\nselect 1 / 0')
  await expect(migrateDatabase(t.url, broken)).rejects.toThrow()
  expect(await schemaText(t.db.sql)).toEqual(schema)
  expect(await contents(t.db.sql)).toEqual(before)
  await migrateDatabase(t.url, old)

  // Every row of every table as it was, and the schema that a new register has.
  await migrateDatabase(t.url)
  const after = await contents(t.db.sql)
  for (const table of Object.keys(before)) expect(after[table], table).toEqual(before[table])
  expect(after['audit_chain']).toHaveLength(before['audit']!.length)
  const fresh = await testDatabase()
  try {
    expect(await schemaText(t.db.sql)).toEqual(await schemaText(fresh.db.sql))
  } finally { await fresh.close() }

  await expect(migrateDatabase(t.url, old)).rejects.toMatchObject({ code: 'conflict', text: { zh: expect.stringContaining('更新版本'), en: expect.stringContaining('newer') } })
  expect(await contents(t.db.sql)).toEqual(after)

  // Work goes on: numbers follow the last ones given, in every table.
  await fill(t.db.sql, ROWS, ROWS + 1)
  expect((await contents(t.db.sql))['observation']!.length).toBe(before['observation']!.length + 2)
  expect(await verifyTrail({ ctx: t.ctx, input: {} })).toMatchObject({ ok: true, rows: before['audit']!.length + 2 })
})

test('killed in the middle: the old schema stands whole, and whoever comes next brings it forward', async () => {
  await registerOf(1)
  const [rows, schema] = [await contents(t.db.sql), await schemaText(t.db.sql)]
  const slow = await program(entries.length)
  const file = join(slow, '0005_partition_observations.sql')
  // Everything of the old form is gone when it stops here.
  await writeFile(file, (await readFile(file, 'utf8')).replace('DROP TABLE "observation_whole";', 'DROP TABLE "observation_whole";--> statement-breakpoint\nselect pg_sleep(600);'))
  const child = spawn(process.execPath, [fileURLToPath(new URL('migrator.ts', import.meta.url)), slow], { stdio: 'ignore', env: { ...process.env, DATABASE_URL: t.url } })
  const ended = once(child, 'exit')
  let session: number | undefined
  while (session === undefined) {
    const [found] = await t.db.sql<{ pid: number }[]>`select pid from pg_stat_activity where datname = current_database() and application_name = 'huoshui-migrate' and wait_event = 'PgSleep'`
    session = found?.pid
  }
  child.kill('SIGKILL')
  await ended
  // The server would learn of it as the statement ends; it is not waited for.
  await t.db.sql`select pg_terminate_backend(${session}, 10000)`
  expect(await schemaText(t.db.sql)).toEqual(schema)
  expect(await contents(t.db.sql)).toEqual(rows)
  await Promise.all([migrateDatabase(t.url), migrateDatabase(t.url)])
  expect((await contents(t.db.sql))['observation']).toEqual(rows['observation'])
})

test('observations come into the months they lie in, those too old or in the future beside them', async () => {
  await registerOf(5)
  await migrateDatabase(t.url)
  const parts = await t.db.sql<{ name: string; n: number; first: Date | null; last: Date | null }[]>`
    select tableoid::regclass::text as name, count(*)::int as n, min(at) as first, max(at) as last from observation group by 1`
  const held = new Map(parts.map((p) => [p.name, p.n]))
  expect(held.get('observation_kept')).toBe(ROWS)
  expect(held.get('observation_later')).toBe(ROWS)
  expect(held.get('observation_2019_01')).toBe(ROWS)
  expect(held.get('observation_2019_02')).toBe(ROWS)
  expect(held.get('observation_2024_02')).toBe(ROWS)
  // Without gaps between the first and the last.
  const months = await t.db.sql<{ bound: string }[]>`select pg_get_expr(c.relpartbound, c.oid) as bound from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'observation'::regclass`
  const ends = new Set(months.map((m) => /TO \((.*)\)/.exec(m.bound)?.[1]))
  for (const { bound } of months) {
    const from = /FROM \((.*?)\)/.exec(bound)?.[1]
    if (from !== 'MINVALUE') expect(ends.has(from)).toBe(true)
  }
})
