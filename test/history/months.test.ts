import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeMonths } from '../../src/history/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

const NOW = '2026-06-15T12:00:00+08:00'
let t: TestDatabase
let channel = 0
beforeEach(async () => {
  t = await testDatabase({ now: NOW })
  const [row] = await t.db.sql<{ id: number }[]>`insert into channel (kind, name, address, address_raw, identity_key) values ('website', '某网', 'http://a/', 'a', 'a') returning id::int`
  channel = row!.id
})
afterEach(() => t.close())

const observe = (at: string): Promise<unknown> => t.db.sql`insert into observation (channel_id, visit_id, at, about, outcome) values (${channel}, 1, ${at}, 'home', 'ok')`
/** Each partition with how many rows it holds, in order of time. */
const held = async (): Promise<string[]> => {
  const parts = await t.db.sql<{ name: string }[]>`select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'observation'::regclass`
  const rows = await Promise.all(parts.map(async ({ name }) => `${name} ${(await t.db.sql<{ n: string }[]>`select count(*) as n from ${t.db.sql(name)}`)[0]!.n}`))
  return rows.sort()
}

describe('months', () => {
  test('are made for the present one and the coming two; once, whoever else does it at the same time', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => makeMonths({ ctx: t.ctx })))
    expect(made.flat().sort()).toEqual(['observation_2026_06', 'observation_2026_07', 'observation_2026_08'])
    expect(await makeMonths({ ctx: t.ctx })).toEqual([])
    t.ctx.clock.set(new Date('2026-07-31T15:59:59Z'))
    expect(await makeMonths({ ctx: t.ctx })).toEqual(['observation_2026_09'])
    // Midnight in China, not in Greenwich, begins the month.
    t.ctx.clock.set(new Date('2026-07-31T16:00:00Z'))
    expect(await makeMonths({ ctx: t.ctx })).toEqual(['observation_2026_10'])
    expect(await held()).toEqual(['observation_2026_06 0', 'observation_2026_07 0', 'observation_2026_08 0', 'observation_2026_09 0', 'observation_2026_10 0', 'observation_kept 0', 'observation_later 0'])
  })

  test('every moment has its place, and rows that came before their month was made move into it', async () => {
    for (const at of ['2019-01-01T00:00:00Z', '2026-05-31T15:59:59Z', '2026-05-31T16:00:00Z', '2026-08-31T15:59:59Z', '2026-09-20T00:00:00Z', '2031-01-01T00:00:00Z']) await observe(at)
    await makeMonths({ ctx: t.ctx })
    expect(await held()).toEqual(['observation_2026_06 1', 'observation_2026_07 0', 'observation_2026_08 1', 'observation_kept 2', 'observation_later 2'])
    t.ctx.clock.set(new Date('2026-07-02T00:00:00Z'))
    await makeMonths({ ctx: t.ctx })
    expect(await held()).toEqual(['observation_2026_06 1', 'observation_2026_07 0', 'observation_2026_08 1', 'observation_2026_09 1', 'observation_kept 2', 'observation_later 1'])
    expect(await t.db.sql`select count(*)::int as n, count(distinct id)::int as ids from observation`).toEqual([{ n: 6, ids: 6 }])
  })

  test('a program that was off for years makes those between as well', async () => {
    await makeMonths({ ctx: { ...t.ctx, clock: { now: () => new Date('2024-11-05T00:00:00Z') } } })
    expect(await makeMonths({ ctx: t.ctx })).toHaveLength(19)
    expect((await held())[0]).toBe('observation_2024_11 0')
  })

  test('while somebody reads for long it is put off, in words, and what is observed has its place all the same', async () => {
    const reader = await t.db.sql.reserve()
    await reader`begin`
    await reader`select count(*) from observation`
    await expect(makeMonths({ ctx: t.ctx })).rejects.toMatchObject({ code: 'conflict', text: { zh: expect.any(String), en: expect.stringContaining('later') } })
    await reader`rollback`
    reader.release()
    await observe('2026-06-20T00:00:00Z')
    await makeMonths({ ctx: t.ctx })
    expect(await held()).toContain('observation_2026_06 1')
  })

  test('each has the keys, the indexes and the checks of the whole', async () => {
    await makeMonths({ ctx: t.ctx })
    for (const name of ['observation_2026_06', 'observation_kept', 'observation_later']) {
      const of = async (table: string) => ({
        constraints: (await t.db.sql<{ d: string }[]>`select pg_get_constraintdef(oid) as d from pg_constraint where conrelid = ${table}::regclass and contype in ('c', 'f', 'p') order by 1`).map((r) => r.d),
        indexes: (await t.db.sql<{ d: string }[]>`select substring(pg_get_indexdef(indexrelid) from 'USING.*') as d from pg_index where indrelid = ${table}::regclass order by 1`).map((r) => r.d),
      })
      expect(await of(name), name).toEqual(await of('observation'))
    }
    const wrong = (columns: string, values: string): Promise<unknown> => t.db.sql.unsafe(`insert into observation (at, about, outcome, ${columns}) values ('2026-06-20', 'home', 'ok', ${values})`)
    await expect(wrong('channel_id, visit_id', '999, 1')).rejects.toMatchObject({ code: '23503' })
    await expect(wrong('channel_id, visit_id, column_id', `${channel}, 1, 999`)).rejects.toMatchObject({ code: '23503' })
    await expect(wrong('channel_id', `${channel}`)).rejects.toMatchObject({ code: '23514' })
  })
})
