import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seedConsole } from '../../bench/console/seed/register.ts'
import { campaignProgress, reportCampaign } from '../../src/campaign/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { ADMINISTRATOR, testServer } from '../helpers/server.ts'
import type { Person } from '../helpers/server.ts'

describe('the overview', () => {
  let t: TestDatabase
  let app: FastifyInstance
  let person: Person = ADMINISTRATOR
  const get = async (address: string) => {
    const answer = await app.inject(address)
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json()
  }
  const total = async (query: string): Promise<number> => (await get(`/api/channels?size=1&${query}`)).total
  beforeAll(async () => {
    t = await testDatabase()
    await seedConsole({ ctx: t.ctx, size: { channels: 600, candidates: 120, visits: 2 } })
    app = await testServer(t, { person: () => person })
  })
  afterAll(async () => { await app.close(); await t.close() })

  test.each([['the whole register', ''], ['one city', '360100']])('counts what its links list: %s', async (_name, region) => {
    person = ADMINISTRATOR
    const at = region === '' ? '' : `region=${region}&`
    const o = await get(`/api/overview?${at}`)
    expect(o.states.active).toBe(await total(`${at}states=active`))
    for (const [visiting, n] of Object.entries(o.visiting)) expect([visiting, await total(`${at}visiting=${visiting}`)]).toEqual([visiting, n])
    for (const a of o.ages) expect(await total(`${at}states=active&daysFrom=${a.from}${a.to === null ? '' : `&daysTo=${a.to}`}`)).toBe(a.channels)
    expect(await total(`${at}states=active&undated=true`)).toBe(o.undated)
    expect(o.ages.reduce((n: number, a: { channels: number }) => n + a.channels, o.undated)).toBe(o.states.active)
    for (const r of o.outcomes) expect(await total(`${at}states=active&outcomes=${r.outcome}`)).toBe(r.channels)
    for (const r of o.reasons) expect(await total(`${at}proposals=${r.proposal}&rules=${r.rule}`)).toBe(r.channels)
    expect(o.candidates).toBeGreaterThan(0)
    expect(await total(`${at}candidate=true`)).toBe(o.candidates)
  })
  test('ranks regions one step down, and each step adds up', async () => {
    const province = await get('/api/overview?region=360000')
    expect(province.places.length).toBeGreaterThan(4)
    expect(province.places.map((p: { candidates: number }) => p.candidates)).toEqual(province.places.map((p: { candidates: number }) => p.candidates).sort((a: number, b: number) => b - a))
    const city = province.places[0]
    const below = await get(`/api/overview?region=${city.code}`)
    expect(below.path.map((p: { name: string }) => p.name)).toEqual(['江西省', city.name])
    expect(below.places.reduce((n: number, p: { active: number }) => n + p.active, 0)).toBe(city.active)
    expect((await get('/api/overview')).places).toEqual(province.places)
  })
  test('shows a person of one region that region alone', async () => {
    person = { ...ADMINISTRATOR, role: 'read_only', region: '360100' }
    const own = await get('/api/overview')
    const other = await get('/api/overview?region=360200')
    expect(own.states.active).toBeGreaterThan(0)
    expect(own.places.every((p: { code: string }) => p.code.startsWith('3601'))).toBe(true)
    expect(other.states.active + other.candidates + other.places.length).toBe(0)
    person = ADMINISTRATOR
    expect((await get('/api/overview')).states.active).toBeGreaterThan(own.states.active)
  })
  test('tells the weeks: what was opened less what was settled is what stands', async () => {
    person = ADMINISTRATOR
    const weeks = await get('/api/overview/trend?weeks=20')
    expect(weeks).toHaveLength(20)
    expect(weeks.at(-1).from).toBe('2026-06-01')
    for (const [i, w] of weeks.entries()) {
      if (i > 0) expect(w.open).toBe(weeks[i - 1].open + w.opened - w.settled)
      expect(await total(`openedFrom=${w.from}&openedTo=${w.to}`)).toBe(w.opened)
      expect(await total(`settledFrom=${w.from}&settledTo=${w.to}`)).toBe(w.settled)
      expect(await total(`removedFrom=${w.from}&removedTo=${w.to}`)).toBe(w.removed)
      expect(await total(`openOn=${w.to}`)).toBe(w.open)
    }
    expect(weeks.at(-1).open).toBe((await get('/api/overview')).candidates)
  })
  test('gives the running campaign as its report does', async () => {
    const { campaign } = await get('/api/overview/campaign')
    const report = await reportCampaign({ ctx: t.ctx, input: { name: campaign.name } })
    expect({ baseline: campaign.baseline, removed: campaign.removed, rate: campaign.rate }).toEqual({ baseline: report.totals.baseline, removed: report.totals.removed, rate: report.totals.rate })
    expect(await total(`campaign=${campaign.id}&states=closed,merged`)).toBe(campaign.removed)
    expect(campaign.removed).toBeGreaterThan(0)
    await t.db.sql`update campaign set targets = '{"rate": 40, "endsOn": "2026-05-31"}'`
    expect(await campaignProgress({ ctx: t.ctx })).toBeNull()
    await t.db.sql`update campaign set targets = '{"rate": 40, "endsOn": "2026-06-01"}'`
    expect((await campaignProgress({ ctx: t.ctx }))?.endsOn).toBe('2026-06-01')
  })
})

describe('the overview of an empty register', () => {
  test('is all nothing, and no error', async () => {
    const t = await testDatabase()
    const app = await testServer(t)
    const o = (await app.inject('/api/overview')).json()
    expect([o.states.active, o.candidates, o.places, o.oldest]).toEqual([0, 0, [], null])
    expect((await app.inject('/api/overview/campaign')).json()).toEqual({ campaign: null })
    expect((await app.inject('/api/overview/trend')).json()).toHaveLength(16)
    await app.close()
    await t.close()
  })
})
