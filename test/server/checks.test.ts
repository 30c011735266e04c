import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { runDuePlans } from '../../src/check/index.ts'
import { nextRun } from '../../src/check/plan/every.ts'
import { channelFilter, channelIds, seedRegions } from '../../src/registry/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { ADMINISTRATOR, testServer } from '../helpers/server.ts'
import type { Person } from '../helpers/server.ts'

const HERE: Person = { ...ADMINISTRATOR, id: 'u-nanchang', name: '南昌整改', role: 'rectification', region: '360100' }
const THERE: Person = { ...HERE, id: 'u-jdz', name: '景德镇整改', region: '360200' }

describe('checks', () => {
  let t: TestDatabase
  let app: FastifyInstance
  let person: Person = ADMINISTRATOR
  beforeAll(async () => {
    t = await testDatabase()
    await seedRegions(t.ctx)
    await t.db.sql`insert into channel (kind, name, address, address_raw, identity_key, region_code) values
      ('weibo', '南昌发布', 'https://weibo.com/u/1', 'x', 'k1', '360102'), ('weibo', '景德镇发布', 'https://weibo.com/u/2', 'x', 'k2', '360202'), ('website', '南昌市政府', 'https://nc.gov.cn/', 'x', 'k3', '360100')`
    app = await testServer(t, { person: () => person })
  })
  afterAll(async () => { await app.close(); await t.close() })

  const get = async (url: string) => app.inject(url)
  const begin = async (filter: object): Promise<number> => {
    const started = await app.inject({ method: 'POST', url: '/api/check-runs', payload: { filter } })
    expect(started.statusCode, started.body).toBe(200)
    for (;;) {
      const job = (await get(`/api/jobs/${started.json().id}`)).json()
      if (job.state !== 'running') {
        expect(job).toMatchObject({ state: 'done', error: null })
        return job.result
      }
      await new Promise(setImmediate)
    }
  }

  test('are run for what a filter means, told of while they run, and listed', async () => {
    person = ADMINISTRATOR
    const run = await begin({ kinds: ['weibo'] })
    expect((await get(`/api/check-runs/${run}`)).json()).toMatchObject({ run, standard: 'gov-2019', channels: 2, by: '系统管理员' })
    const list = (await get(`/api/check-runs/${run}/checks?text=南昌`)).json()
    expect(list).toMatchObject({ total: 1, checks: [{ name: '南昌发布', kind: 'weibo', verdict: 'undecided' }] })
    const sheet = (await get(`/api/checks/${list.checks[0].check}`)).json()
    expect(sheet.results.find((r: { id: string }) => r.id === 'N2a')).toMatchObject({ answer: 'not_observed', clause: { zh: expect.any(String) } })
    expect((await get('/api/check-runs')).json().runs[0]).toMatchObject({ run, channels: 2 })
  })
  test('hold a region’s own channels alone, and are shown to that region alone', async () => {
    person = HERE
    const run = await begin({})
    const names = (await get(`/api/check-runs/${run}/checks`)).json().checks.map((c: { name: string }) => c.name)
    expect(names.toSorted()).toEqual(['南昌发布', '南昌市政府'])
    person = THERE
    expect((await get(`/api/check-runs/${run}`)).statusCode).toBe(404)
    expect((await get(`/api/check-runs/${run}/file?format=csv`)).statusCode).toBe(404)
    expect((await get('/api/check-runs')).json().total).toBe(0)
    const [other] = await t.db.sql<{ id: number }[]>`select k.id::int from indicator_check k join channel c on c.id = k.channel_id where c.name = '南昌发布' limit 1`
    expect((await get(`/api/checks/${other?.id}`)).statusCode).toBe(403)
  })
  test('nothing to check, a reader, and somebody else’s job are refused in words', async () => {
    person = ADMINISTRATOR
    const nothing = await app.inject({ method: 'POST', url: '/api/check-runs', payload: { filter: { kinds: ['douyin'] } } })
    expect([nothing.statusCode, nothing.json().error.message.zh]).toEqual([400, '没有符合条件的渠道,请放宽筛选条件'])
    const unknown = await app.inject({ method: 'POST', url: '/api/check-runs', payload: { standard: 'gov-1999' } })
    const failed = (await get(`/api/jobs/${unknown.json().id}`)).json()
    expect(failed.error.en).toContain('gov-1999')
    person = THERE
    expect((await get(`/api/jobs/${unknown.json().id}`)).statusCode).toBe(404)
    person = { ...ADMINISTRATOR, role: 'read_only' }
    expect((await app.inject({ method: 'POST', url: '/api/check-runs', payload: {} })).statusCode).toBe(403)
  })
  test('a file is handed out with a name that every browser understands, and nothing stays behind', async () => {
    person = ADMINISTRATOR
    const run = await begin({})
    const file = await get(`/api/check-runs/${run}/file?format=csv`)
    expect(file.headers['content-disposition']).toContain(`filename*=UTF-8''${encodeURIComponent(`指标检查-${run}.csv`)}`)
    expect(file.body).toContain('南昌发布')
    const book = await get(`/api/check-runs/${run}/file?format=xlsx`)
    expect(book.rawPayload.subarray(0, 2).toString()).toBe('PK')
  })
  test('what waits for a person is asked, signed in the signer’s name, and counts in the next check', async () => {
    person = HERE
    const [site] = await t.db.sql<{ id: number }[]>`select id::int from channel where name = '南昌市政府'`
    const work = (await get(`/api/check-work?channel=${site?.id}`)).json() as { indicator: string; questions: { key: string; type: string }[] }[]
    const item = work.find((w) => w.questions.every((q) => q.type === 'yes_no'))
    if (item === undefined) throw new Error('nothing asks yes or no')
    const answers = Object.fromEntries(item.questions.map((q) => [q.key, false]))
    const signed = await app.inject({ method: 'POST', url: '/api/findings', payload: { channel: site?.id, indicator: item.indicator, answers } })
    expect(signed.statusCode, signed.body).toBe(200)
    expect((await get(`/api/findings?channel=${site?.id}`)).json()).toMatchObject([{ indicator: item.indicator, by: '南昌整改', intact: true }])
    expect((await get(`/api/check-work?channel=${site?.id}`)).json().map((w: { indicator: string }) => w.indicator)).not.toContain(item.indicator)
    person = THERE
    expect((await app.inject({ method: 'POST', url: '/api/findings', payload: { channel: site?.id, indicator: item.indicator, answers } })).statusCode).toBe(403)
    expect((await get(`/api/findings?channel=${site?.id}`)).json()).toEqual([])
  })
  test('a plan runs when it is due, once, in its maker’s name and region', async () => {
    person = HERE
    const set = await app.inject({ method: 'PUT', url: '/api/check-plans', payload: { name: '每月检查', every: 'month', filter: { kinds: ['weibo'] } } })
    expect(set.json().nextAt).toBe('2026-06-30T18:00:00.000Z')
    const choose = ({ ctx, filter }: { ctx: typeof t.ctx; filter: object }) => channelIds({ ctx, input: { filter: channelFilter.parse(filter) } })
    expect(await runDuePlans({ ctx: t.ctx, choose: choose as never })).toEqual([])
    t.ctx.clock.set(new Date('2026-07-01T03:00:00+08:00'))
    const twice = await Promise.all([runDuePlans({ ctx: t.ctx, choose: choose as never }), runDuePlans({ ctx: t.ctx, choose: choose as never })])
    const [run] = twice.flat()
    expect(twice.flat()).toHaveLength(1)
    expect((await get(`/api/check-runs/${run}`)).json()).toMatchObject({ by: '南昌整改', channels: 1 })
    expect((await get('/api/check-plans')).json()).toMatchObject([{ name: '每月检查', lastRun: run, nextAt: '2026-07-31T18:00:00.000Z' }])
    person = THERE
    expect((await get('/api/check-plans')).json()).toEqual([])
    expect((await app.inject({ method: 'PUT', url: '/api/check-plans', payload: { name: '每月检查', every: 'week' } })).statusCode).toBe(409)
  })
  test.each([
    ['week', '2026-06-01T12:00:00+08:00', '2026-06-08T02:00:00+08:00'],
    ['week', '2026-06-01T01:00:00+08:00', '2026-06-01T02:00:00+08:00'],
    ['week', '2026-06-07T23:59:00+08:00', '2026-06-08T02:00:00+08:00'],
    ['month', '2026-12-31T12:00:00+08:00', '2027-01-01T02:00:00+08:00'],
    ['quarter', '2026-06-30T12:00:00+08:00', '2026-07-01T02:00:00+08:00'],
    ['quarter', '2026-11-01T00:00:00+08:00', '2027-01-01T02:00:00+08:00'],
  ] as const)('every %s after %s is %s', (every, after, next) => {
    expect(nextRun(every, new Date(after)).toISOString()).toBe(new Date(next).toISOString())
  })
})
