import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { gatherFacts } from '../../src/review/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

/** Rows as visits write them, gathered for moments of the past. */
describe('gathering facts', () => {
  let t: TestDatabase
  let site = 0
  const at = (day: number): Date => new Date(Date.UTC(2026, 4, day, 4))
  const observe = (day: number, about: string, outcome: string, value: object, columnId: number | null = null): Promise<unknown> =>
    t.db.sql`insert into observation (channel_id, column_id, visit_id, at, about, outcome, value, evidence) values (${site}, ${columnId}, 0, ${at(day)}, ${about}, ${outcome}, ${t.db.sql.json(value as never)}, ${[`sha${day}`]})`
  const visited = (day: number, outcome: string): Promise<unknown> =>
    t.db.sql`insert into visit (channel_id, slot, started_at, ended_at, outcome, home_ms) values (${site}, ${at(day)}, ${at(day)}, ${at(day)}, ${outcome}, 300)`
  beforeAll(async () => {
    t = await testDatabase()
    const [row] = await t.db.sql<{ id: number }[]>`
      insert into channel (kind, name, address, address_raw, identity_key) values ('website', '某网', 'http://a/', 'a', 'a') returning id::int`
    site = row?.id ?? 0
  })
  afterAll(() => t.close())
  const facts = async (day: number) => {
    const [one] = await gatherFacts({ ctx: t.ctx, channelIds: [site], asOf: at(day) })
    if (one === undefined) throw new Error('no facts')
    return one
  }

  test('a column that could not be seen keeps what was seen before, with the outcome of the last look', async () => {
    const [col] = await t.db.sql<{ id: number }[]>`
      insert into site_column (channel_id, url, url_key, name, class, source, first_seen_at, last_seen_at) values (${site}, 'http://a/x/', 'a/x', '要闻', 'news', 'navigation', ${at(1)}, ${at(9)}) returning id::int`
    await observe(2, 'column', 'ok', { newest: '2026-05-01', witness: null, list: 'listed', url: 'http://a/x/', status: 200 }, col?.id ?? 0)
    await observe(5, 'column', 'challenge', { newest: null, witness: null, list: 'unreadable', url: 'http://a/x/', status: 403 }, col?.id ?? 0)
    expect((await facts(3)).columns[0]).toMatchObject({ newest: '2026-05-01', outcome: 'ok', observedAt: at(2), evidence: ['sha2'] })
    expect((await facts(6)).columns[0]).toMatchObject({ newest: '2026-05-01', outcome: 'challenge', observedAt: at(2) })
    // Before it was first seen the column was not there.
    expect((await facts(0)).columns).toEqual([])
  })

  test('sightings of gone carry the last sighting alive however old it is', async () => {
    await visited(1, 'not_found')
    await observe(1, 'home', 'not_found', { newest: null })
    await visited(2, 'ok')
    await visited(25, 'not_found')
    await observe(25, 'home', 'not_found', { newest: null })
    const found = await facts(26)
    // The sighting of day 1 lies before day 2, when the site was well: without that visit two sightings would confirm each other.
    expect(found.visits.map((v) => v.outcome)).toEqual(['not_found', 'ok'])
    expect(found.gone).toHaveLength(2)
  })

  test('an outcome that this program does not know is our own fault', async () => {
    await visited(27, 'something_new')
    expect((await facts(28)).visits[0]).toMatchObject({ outcome: 'own_fault' })
  })

  test('an item is late only against a look that came before it', async () => {
    const seen = (key: string, day: number, date: string): Promise<unknown> =>
      t.db.sql`insert into item (channel_id, key, title, url, date, first_seen_at, last_seen_at) values (${site}, ${key}, ${key}, 'http://a/x', ${date}, ${at(day)}, ${at(day)})`
    await visited(3, 'ok')
    await visited(20, 'ok')
    // More of them than are asked for came with the first look that saw anything (day 2, above), and one before any look.
    for (let i = 0; i < 60; i++) await seen(`first${i}`, 2, '2026-04-01')
    await seen('before', 1, '2026-04-01')
    await seen('late', 20, '2026-05-01')
    await seen('timely', 20, '2026-05-18')
    expect((await facts(2)).lateItems).toEqual([])
    expect((await facts(21)).lateItems).toEqual([expect.objectContaining({ title: 'late', date: '2026-05-01', firstSeenOn: '2026-05-20', previousLookOn: '2026-05-03' })])
  })
})
