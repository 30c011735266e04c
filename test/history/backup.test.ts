import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '../../db/client.ts'
import { verifyTrail } from '../../src/audit/index.ts'
import { backup, restore, verifyBackup } from '../../src/backup/index.ts'
import { tablesOf } from '../../src/backup/tables.ts'
import { openEngine } from '../../src/engine/index.ts'
import { makeMonths, rollUp } from '../../src/history/index.ts'
import { gatherFacts } from '../../src/review/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { growPast } from './past.ts'

const NOW = '2026-06-15T12:00:00+08:00'
const BEFORE = new Date('2024-06-01T00:00:00+08:00')
const config = { keepMonths: 24 }

describe('a backup of a register whose months are rolled up', () => {
  let folder: string
  let t: TestDatabase
  let file: string
  let ids: number[]
  /** Each partition with its bounds, how many rows it holds and a digest of them. */
  const parts = async (db: TestDatabase): Promise<unknown[]> => {
    const named = await db.db.sql<{ name: string; bound: string }[]>`
      select c.relname as name, pg_get_expr(c.relpartbound, c.oid) as bound from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'observation'::regclass order by 1`
    return Promise.all(named.map(async (p) => ({ ...p, held: (await db.db.sql`select count(*)::int as n, md5(string_agg(o::text, '' order by id)) as rows from ${db.db.sql(p.name)} o`)[0] })))
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huoshui-history-'))
    file = join(folder, 'all.tar.gz')
    t = await testDatabase({ now: NOW })
    const past = await growPast(t, { seed: 11, from: new Date('2022-03-10T00:00:00Z'), until: new Date(NOW), channels: 8 })
    ids = [...past.sites, ...past.accounts]
    await makeMonths({ ctx: t.ctx })
    await rollUp({ ctx: t.ctx, config })
    await backup({ ctx: t.ctx, config: { data: join(folder, 'old') }, input: { file } })
  })
  afterAll(async () => { await t.close(); await rm(folder, { recursive: true, force: true }) })

  test('holds the table once, and none of its partitions as a table of its own', async () => {
    const said = await verifyBackup(file)
    const names = said.tables.map((x) => x.name)
    expect(names.filter((n) => n.startsWith('observation')).sort()).toEqual(['observation', 'observation_month'])
    expect(names).toEqual((await tablesOf(t.db.sql)).map((x) => x.name))
    const [rows] = await t.db.sql<{ n: number }[]>`select count(*)::int as n from observation`
    expect(said.tables.find((x) => x.name === 'observation')).toMatchObject({ rows: rows!.n })
  })

  test.each([['fresh', false], ['one that has made months of its own', true]])('is restored into the same partitions, row by row (%s)', async (_, used) => {
    const fresh = await testDatabase({ now: NOW })
    try {
      if (used) await makeMonths({ ctx: fresh.ctx })
      const here = await parts(t)
      await restore({ ctx: fresh.ctx, config: { data: join(folder, `new-${used}`) }, input: { file } })
      expect(await parts(fresh)).toEqual(here)
      const months = (db: TestDatabase) => db.db.sql`select * from observation_month order by channel_id, month, about, column_id`
      expect(await months(fresh)).toEqual(await months(t))
      expect(await verifyTrail({ ctx: fresh.ctx, input: {} })).toMatchObject({ ok: true })
      // What was let go stays let go: a moment before is refused here as well, and the present is judged alike.
      await expect(gatherFacts({ ctx: fresh.ctx, channelIds: ids, asOf: new Date(BEFORE.getTime() - 1) })).rejects.toMatchObject({ code: 'conflict' })
      expect(await gatherFacts({ ctx: fresh.ctx, channelIds: ids, asOf: BEFORE })).toEqual(await gatherFacts({ ctx: t.ctx, channelIds: ids, asOf: BEFORE }))
      // Numbers go on after the last one, and so do months and rolling up.
      const [next] = await fresh.db.sql<{ id: string; last: string }[]>`insert into observation (channel_id, visit_id, at, about, outcome) values (${ids[0] ?? 0}, 1, ${new Date(NOW)}, 'home', 'ok') returning id, (select max(id) from observation) as last`
      expect(Number(next!.id)).toBeGreaterThan(Number(next!.last))
      expect(await rollUp({ ctx: fresh.ctx, config })).toMatchObject({ months: [], dropped: 0 })
      expect((await rollUp({ ctx: fresh.ctx, config: { keepMonths: 20 } })).months.map((m) => m.month)).toEqual(['2024-06-01', '2024-07-01', '2024-08-01', '2024-09-01'])
    } finally { await fresh.close() }
  })
})

test('from the embedded database into a grown one and back, by the same file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huoshui-both-'))
  const clock = { now: () => new Date(NOW) }
  const actor = { kind: 'cli', name: 'test' } as const
  const grown = await testDatabase({ now: NOW })
  try {
    const open = (data: string) => openEngine({ data: join(folder, data), databaseUrl: undefined, concurrency: 1 })
    const summary = async (db: Db): Promise<unknown> => [
      await db.sql`select tableoid::regclass::text as part, count(*)::int as n, md5(string_agg(o::text, '' order by id)) as rows from observation o group by 1 order by 1`,
      await db.sql`select count(*)::int as n, md5(string_agg(o::text, '' order by o::text)) as rows from observation_month o`,
    ]
    const small = await open('small')
    const first = join(folder, 'first.tar.gz')
    let here: unknown
    try {
      const ctx = { db: small.db, clock, actor }
      await growPast(small, { seed: 13, from: new Date('2023-12-05T00:00:00Z'), until: new Date(NOW), channels: 4 })
      await makeMonths({ ctx })
      await rollUp({ ctx, config })
      here = await summary(small.db)
      await backup({ ctx, config: { data: join(folder, 'small') }, input: { file: first } })
    } finally { await small.close() }
    await restore({ ctx: grown.ctx, config: { data: join(folder, 'grown') }, input: { file: first } })
    expect(await summary(grown.db)).toEqual(here)
    const second = join(folder, 'second.tar.gz')
    await backup({ ctx: grown.ctx, config: { data: join(folder, 'grown') }, input: { file: second } })
    const back = await open('back')
    try {
      await restore({ ctx: { db: back.db, clock, actor }, config: { data: join(folder, 'back') }, input: { file: second } })
      expect(await summary(back.db)).toEqual(here)
      expect(await verifyTrail({ ctx: { db: back.db, clock, actor }, input: {} })).toMatchObject({ ok: true })
    } finally { await back.close() }
  } finally {
    await grown.close()
    await rm(folder, { recursive: true, force: true })
  }
})
