import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { seedRegions } from '../../src/registry/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { ADMINISTRATOR, testServer } from '../helpers/server.ts'
import type { Person } from '../helpers/server.ts'

const OPERATIONS: Person = { ...ADMINISTRATOR, role: 'operations' }

describe('scheduling', () => {
  let t: TestDatabase
  let app: FastifyInstance
  let person: Person = OPERATIONS
  beforeAll(async () => {
    t = await testDatabase()
    await seedRegions(t.ctx)
    // 280 websites that nothing presses, 10 that are daily, 5 of another city.
    await t.db.sql`insert into channel (kind, name, address, address_raw, identity_key, region_code, due_reason)
      select 'website', 's' || n, 'https://s' || n || '.gov.cn/', 'x', 'k' || n, case when n > 290 then '360200' else '360100' end, case when n between 281 and 290 then 'overdue' else 'deadline' end
      from generate_series(1, 295) n`
    await t.db.sql`insert into visit (channel_id, slot, started_at, ended_at, outcome, worker) select id, ${t.ctx.clock.now()}, ${t.ctx.clock.now()}::timestamptz - interval '30 seconds', ${t.ctx.clock.now()}, case when id % 2 = 0 then 'ok' else 'timeout' end, 'machine:1' from channel where region_code = '360100'`
    app = await testServer(t, { person: () => person, env: { HUOSHUI_CONCURRENCY: '2', HUOSHUI_KEY: Buffer.alloc(32, 7).toString('base64') } })
  })
  afterAll(async () => { await app.close(); await t.close() })
  const preview = async (body: object) => app.inject({ method: 'POST', url: '/api/policies/preview', payload: body })

  test('a policy says what it would mean before it is set: channels, visits a day, when they are through', async () => {
    person = OPERATIONS
    const every = await preview({ scope: 'region', target: '360100', settings: { visitsPerDay: 24, windows: [{ from: '07:00', to: '20:00' }] } })
    expect(every.statusCode).toBe(200)
    // 290 × 24 visits of 30 s, two at once: 1,740 minutes, more than the 660 that the windows leave.
    expect(every.json()).toMatchObject({ channels: 290, visitsPerDay: 6960, visitSeconds: 30, opensAt: '20:00', doneBy: null })
    const daily = await preview({ scope: 'region', target: '360100', settings: { intervalDays: 1, windows: [{ from: '07:00', to: '20:00' }] } })
    // 290 visits of 30 s, two at once: 73 minutes.
    expect(daily.json()).toMatchObject({ visitsPerDay: 290, doneBy: '21:13' })
    // As it stands: 10 daily, 280 at 1/14 and the audit's 2 %.
    expect(daily.json().visitsPerDayNow).toBe(Math.round(10 + 280 * (1 / 14 + 0.02)))
    expect((await t.db.sql`select * from policy`).length).toBe(0)
  })
  test('a channel’s own policy and a unit’s say what they would mean, beside units that have none', async () => {
    const [unit] = await t.db.sql<{ id: number }[]>`insert into organisation (name, region_code) values ('教育局', '360200') returning id::int`
    await t.db.sql`update channel set organisation_id = ${unit!.id} where address in ('https://s291.gov.cn/', 'https://s292.gov.cn/')`
    const [own] = await t.db.sql<{ id: number }[]>`select id::int from channel where address = 'https://s291.gov.cn/'`
    expect((await preview({ scope: 'channel', target: String(own!.id), settings: { visitsPerDay: 24 } })).json()).toMatchObject({ channels: 1, visitsPerDay: 24, visitsPerDayNow: 0 })
    expect((await preview({ scope: 'organisation', target: String(unit!.id), settings: { visitsPerDay: 24 } })).json()).toMatchObject({ channels: 2, visitsPerDay: 48, visitsPerDayNow: 0 })
    await t.db.sql`insert into policy (scope, target, settings, updated_at, updated_by) values ('organisation', ${String(unit!.id)}, '{"visitsPerDay": 24}', now(), 'x')`
    expect((await preview({ scope: 'region', target: '360200', settings: { visitsPerDay: 3 } })).json()).toMatchObject({ channels: 5, visitsPerDay: 48 + 9, visitsPerDayNow: 48 })
    await t.db.sql`delete from policy`
  })
  test('a setting that is none is refused with its name, and nothing is set', async () => {
    const answer = await app.inject({ method: 'PUT', url: '/api/policies', payload: { scope: 'all', settings: { sometimes: 3 } } })
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error.message.zh).toContain('sometimes')
    expect((await t.db.sql`select * from policy`).length).toBe(0)
  })
  test('is set, listed with its target’s name, and taken away by null', async () => {
    await app.inject({ method: 'PUT', url: '/api/policies', payload: { scope: 'region', target: '360100', settings: { intervalDays: 2 }, reason: '试行' } })
    expect((await app.inject('/api/policies')).json()).toMatchObject([{ scope: 'region', target: '360100', targetName: '南昌市', settings: { intervalDays: 2 } }])
    await app.inject({ method: 'PUT', url: '/api/policies', payload: { scope: 'region', target: '360100', settings: { intervalDays: null } } })
    expect((await app.inject('/api/policies')).json()).toEqual([])
  })
  test('who has one region sets policies there alone', async () => {
    person = { ...OPERATIONS, region: '360200' }
    expect((await app.inject({ method: 'PUT', url: '/api/policies', payload: { scope: 'region', target: '360100', settings: { intervalDays: 2 } } })).statusCode).toBe(403)
    expect((await preview({ scope: 'all', settings: {} })).json().channels).toBe(5)
    person = OPERATIONS
  })
  test('the engine room shows the hour’s visits, who made them and which hosts rest', async () => {
    await t.db.sql`insert into pacing (key, next_at, rest_until, failures, leases) values ('host:slow.gov.cn', now(), now() + interval '10 minutes', 3, ${t.db.sql.json({ a: Date.now() + 60_000 })})`
    const room = (await app.inject('/api/engine-room')).json()
    expect(room.hours).toHaveLength(24)
    expect(room.hours.reduce((n: number, h: { visits: number }) => n + h.visits, 0)).toBe(290)
    expect(room.hours.reduce((n: number, h: { seen: number }) => n + h.seen, 0)).toBe(145)
    expect(room.workers).toEqual([{ name: 'machine:1', visits: 290, lastVisit: t.ctx.clock.now().toISOString() }])
    expect(room).toMatchObject({ restingCount: 1, requests: 1, resting: [{ key: 'host:slow.gov.cn', failures: 3 }] })
  })
  test('credentials are put and listed without their values', async () => {
    const kinds = (await app.inject('/api/credentials/kinds')).json() as { id: string; fields: string[]; oneAccount: boolean }[]
    const kind = kinds.find((k) => !k.oneAccount)
    if (kind === undefined) throw new Error('no credential for all')
    const values = Object.fromEntries(kind.fields.map((f) => [f, 'very-secret-value']))
    const put = await app.inject({ method: 'PUT', url: `/api/credentials/${kind.id}`, payload: { values } })
    expect(put.statusCode, put.body).toBe(200)
    const list = await app.inject('/api/credentials')
    expect(list.json()).toMatchObject([{ id: kind.id, state: 'untried', fields: kind.fields }])
    expect(list.body).not.toContain('very-secret-value')
    expect((await app.inject({ method: 'POST', url: `/api/credentials/${kind.id}/remove`, payload: {} })).statusCode).toBe(200)
    expect((await app.inject({ method: 'POST', url: `/api/credentials/${kind.id}/remove`, payload: {} })).statusCode).toBe(404)
  })
})
