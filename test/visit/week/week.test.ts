import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { loadConfig } from '../../../src/config/load.ts'
import type { ConfigKey } from '../../../src/config/schema.ts'
import { startOfDay } from '../../../src/domain/date.ts'
import { gatherFacts } from '../../../src/review/index.ts'
import { watcherFigures } from '../../../src/schedule/index.ts'
import { check, gov2019 } from '../../../src/standard/index.ts'
import { createSampler, listWeeks, startWeek, stopWeek } from '../../../src/visit/week/index.ts'
import type { Sampler, WeekEntry } from '../../../src/visit/week/index.ts'
import { slotAt, spacing } from '../../../src/visit/week/slots.ts'
import { claimDue } from '../../../src/visit/week/store.ts'
import { testDatabase } from '../../helpers/postgres.ts'
import type { TestDatabase } from '../../helpers/postgres.ts'
import { deadPort, everySite, hostOf, proxy } from './sites.ts'
import type { Answering, TestProxy } from './sites.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const PAGE = `<html><head><title>某某县人民政府</title></head><body><ul>${'<li><a href="/a/1.html">某某县召开工作会议</a> 2026-05-30</li>'.repeat(20)}</ul></body></html>`
const log = { warn: (m: unknown) => void warnings.push(String(m)), info: () => undefined, debug: () => undefined } as never
let warnings: string[] = []
let t: TestDatabase
let sites: Answering
let dead: number
let way: TestProxy
/** What a site answers at a moment of the program's clock: a status, or null for a connection that breaks. */
let answers: Map<string, (now: Date, agent: string) => number | null>
const open: Sampler[] = []

beforeAll(async () => {
  sites = await everySite((req, res) => {
    const host = String(req.headers.host).replace(/:\d+$/, '')
    const status = (answers.get(host) ?? (() => 200))(t.ctx.clock.now(), String(req.headers['user-agent']))
    if (status === null) return void req.socket.destroy()
    res.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(status === 200 ? PAGE : `<h1>${status}</h1>`)
  })
  dead = await deadPort()
  way = await proxy()
})
afterAll(async () => {
  await sites.close()
  await way.close()
})
afterEach(async () => {
  for (const s of open.splice(0)) await s.close()
  await t.close()
})

async function fresh(): Promise<void> {
  t = await testDatabase({ now: '2026-06-01T12:00:00+08:00' })
  answers = new Map()
  warnings = []
  way.route = (target) => ({ host: target.slice(0, target.lastIndexOf(':')), port: Number(target.slice(target.lastIndexOf(':') + 1)) })
}

function sampler(settings: Partial<Record<ConfigKey, unknown>> = {}): Sampler {
  const s = createSampler({ ctx: t.ctx, config: loadConfig({}, { pace: 0, allowNets: ['127.0.0.0/8'], browser: false, ...settings }), log, patience: 5 })
  open.push(s)
  return s
}

/** Websites by number; those in `down` have an address that nothing listens on. */
async function register(n: number, down: readonly number[] = []): Promise<void> {
  const addresses = Array.from({ length: n }, (_, i) => `http://${hostOf(i + 1)}:${down.includes(i + 1) ? dead : sites.port}/`)
  await t.db.sql`
    insert into channel (kind, name, address, address_raw, identity_key, last_visit_at, last_outcome)
    select 'website', 'site ' || ord, a, a, a, '2026-05-30', 'ok' from unnest(${addresses}::text[]) with ordinality as x(a, ord) order by ord`
}

async function run(samplers: readonly Sampler[], from: Date, until: Date, everyMs = MINUTE): Promise<void> {
  for (let at = from.getTime(); at <= until.getTime(); at += everyMs) {
    t.ctx.clock.set(new Date(at))
    for (const s of samplers) {
      while ((await s.step()) > 0) await s.drain()
      await s.drain()
    }
  }
}

const weeks = async (): Promise<Map<number, WeekEntry>> => {
  const out = new Map<number, WeekEntry>()
  for (let offset = 0; ; offset += 200) {
    const found = await listWeeks({ ctx: t.ctx, input: { limit: 200, offset } })
    for (const w of found.weeks) out.set(w.channelId, w)
    if (found.weeks.length < 200) return out
  }
}

test('8 hours of a week over 1,000 sites: counts, spacing and figures exact', async () => {
  await fresh()
  // Of ten sites: one answers 500, one cannot be connected to, one has a wall, one fails in its third hour, six are in order.
  const start = startOfDay('2026-06-02')
  const inThird = (now: Date): boolean => Math.floor((now.getTime() - start.getTime()) / HOUR) === 2
  const down = Array.from({ length: 100 }, (_, i) => i * 10 + 1)
  await register(1000, down)
  for (let n = 1; n <= 1000; n++) {
    if (n % 10 === 0) answers.set(hostOf(n), () => 500)
    if (n % 10 === 2) answers.set(hostOf(n), () => 412)
    if (n % 10 === 3) answers.set(hostOf(n), (now) => (inThird(now) ? 503 : 200))
  }
  const started = await startWeek({ ctx: t.ctx, input: { selection: { all: true }, vantages: 1 } })
  expect(started).toEqual({ started: 1000, from: '2026-06-02', days: 7, visitsPerDay: 24, vantages: 1, running: 0 })
  const canaries = [`http://${hostOf(5000)}:${sites.port}/`]
  await run([sampler({ canaries }), sampler({ canaries })], start, new Date(start.getTime() + 8 * HOUR), 2 * MINUTE)
  expect(warnings).toEqual([])

  const rows = await t.db.sql<{ channelId: number; slot: number; at: Date; outcome: string }[]>`select channel_id::int as "channelId", slot, at, outcome from availability_sample order by channel_id, slot`
  expect(rows).toHaveLength(8000)
  const bySite = Map.groupBy(rows, (r) => r.channelId)
  expect(bySite.size).toBe(1000)
  const late = { least: Infinity, most: 0 }
  for (const [channelId, mine] of bySite) {
    expect(mine.map((r) => r.slot)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    const week = { channelId, fromOn: '2026-06-02', days: 7, visitsPerDay: 24 }
    for (const [i, r] of mine.entries()) {
      const by = r.at.getTime() - slotAt(week, r.slot).getTime()
      late.least = Math.min(late.least, by)
      late.most = Math.max(late.most, by)
      if (i > 0) expect(Math.abs(r.at.getTime() - mine[i - 1]!.at.getTime() - spacing(week))).toBeLessThanOrEqual(0.8 * spacing(week) + 2 * MINUTE)
    }
  }
  // Never before its moment, and never later than the step of the test's clock.
  expect(late.least).toBeGreaterThanOrEqual(0)
  expect(late.most).toBeLessThan(2 * MINUTE)

  const expected = (n: number): { counted: number; failed: number; percent: number | null; barred: number } =>
    n % 10 === 0 || n % 10 === 1 ? { counted: 8, failed: 8, percent: 100, barred: 0 }
    : n % 10 === 2 ? { counted: 0, failed: 0, percent: null, barred: 8 }
    : n % 10 === 3 ? { counted: 8, failed: 1, percent: 12.5, barred: 0 }
    : { counted: 8, failed: 0, percent: 0, barred: 0 }
  const found = await weeks()
  expect(found.size).toBe(1000)
  for (const [id, w] of found) {
    expect({ id, made: w.made, planned: w.planned, ownNetwork: w.figures.ownNetwork, state: w.state, answer: w.answer, ...pick(w) })
      .toEqual({ id, made: 8, planned: 8, ownNetwork: 0, state: 'running', answer: 'not_observed', ...expected(id) })
  }
}, 240_000)

const pick = ({ figures: f }: WeekEntry) => ({ counted: f.counted, failed: f.failed, percent: f.percent, barred: f.barred })

/** The verdict of the standard itself, from what the register holds. */
async function verdict(id: number): Promise<string> {
  const [facts] = await gatherFacts({ ctx: t.ctx, channelIds: [id], asOf: t.ctx.clock.now() })
  const r = check(facts!, gov2019, t.ctx.clock.now(), 'seed').results.find((x) => x.id === 'W2')!.result
  return r.answer === 'not_observed' ? `not_observed ${r.reason}` : r.answer
}

test('a whole week: 5 % to the look, a second vantage before a site is called down, our own network taken out', async () => {
  await fresh()
  const start = startOfDay('2026-06-02')
  const slotNow = (now: Date): number => Math.floor((now.getTime() - start.getTime()) / HOUR)
  // 3: nothing listens. 8: nothing listens, yet open from elsewhere. 9: nothing listens, and the other way out refuses to say.
  await register(10, [3, 8, 9])
  answers.set(hostOf(4), (now) => (slotNow(now) < 9 ? 500 : 200))
  answers.set(hostOf(5), (now) => (slotNow(now) < 8 ? 500 : 200))
  answers.set(hostOf(6), () => 403)
  const at = (n: number): string => `${hostOf(n)}:${dead}`
  way.route = (target) => (target === at(8) ? { host: hostOf(8), port: sites.port } : target === at(9) ? 'refuse' : target === at(3) ? null : { host: target.split(':')[0]!, port: sites.port })
  await startWeek({ ctx: t.ctx, input: { selection: { ids: [1, 2, 3, 4, 5, 6, 7, 8, 9] } } })
  // Our own network fails for an hour of the fifth day: the canary and every site with it. It begins in a gap, so that nobody answered just before.
  const moments = [1, 2, 4, 5, 6, 7].flatMap((channelId) => Array.from({ length: 168 }, (_, s) => slotAt({ channelId, fromOn: '2026-06-02', days: 7, visitsPerDay: 24 }, s).getTime())).sort((a, b) => a - b)
  const from = moments.find((m, i) => m > start.getTime() + 100 * HOUR && m - moments[i - 1]! > 8 * MINUTE)!
  const out = (now: Date): boolean => now.getTime() >= from - 2 * MINUTE && now.getTime() < from + HOUR
  for (const n of [1, 2, 4, 5, 6, 7, 100]) {
    const usual = answers.get(hostOf(n)) ?? (() => 200)
    answers.set(hostOf(n), (now, agent) => (out(now) ? null : usual(now, agent)))
  }
  const missed = moments.filter((m) => m >= from - MINUTE && m < from + HOUR - MINUTE)
  expect(missed.length).toBeGreaterThan(3)
  await run([sampler({ secondVantage: way.url, canaries: [`http://${hostOf(100)}:${sites.port}/`] })], start, startOfDay('2026-06-09'))
  expect(warnings).toEqual([])

  const found = await weeks()
  const brief = (id: number) => {
    const w = found.get(id)!
    const { ownNetwork, openElsewhere, unconfirmed, failed, barred } = w.figures
    return { state: w.state, made: w.made, planned: w.planned, failed, barred, openElsewhere, unconfirmed, answer: w.answer, total: w.figures.counted + ownNetwork + openElsewhere + unconfirmed + barred }
  }
  const base = { state: 'done', made: 168, planned: 168, failed: 0, barred: 0, openElsewhere: 0, unconfirmed: 0, total: 168 }
  for (const id of [1, 2, 7]) expect(brief(id)).toEqual({ ...base, answer: 'met' })
  expect(brief(5)).toEqual({ ...base, failed: 8, answer: 'met' })
  expect(brief(4)).toEqual({ ...base, failed: 9, answer: 'violated' })
  expect(brief(6)).toMatchObject({ failed: 0, answer: 'not_observed', total: 168 })
  expect(brief(3)).toMatchObject({ state: 'done', openElsewhere: 0, answer: 'violated', total: 168 })
  expect(found.get(3)!.figures.failed).toBeGreaterThan(160)
  expect(brief(8)).toMatchObject({ failed: 0, answer: 'not_observed', total: 168 })
  expect(brief(9)).toMatchObject({ failed: 0, openElsewhere: 0, answer: 'not_observed', total: 168 })
  expect(found.get(9)!.figures.unconfirmed).toBeGreaterThan(160)
  // Our own hour is shown, and held against nobody.
  expect([1, 2, 4, 5, 7].reduce((n, id) => n + found.get(id)!.figures.ownNetwork, 0)).toBeGreaterThanOrEqual(missed.length - 2)

  expect(await verdict(1)).toBe('met')
  expect(await verdict(4)).toBe('violated')
  expect(await verdict(5)).toBe('met')
  expect(await verdict(3)).toBe('violated')
  expect(await verdict(6)).toBe('not_observed too_few_samples')
  expect(await verdict(9)).toBe('not_observed one_vantage')
  // A finished week sends its site to be judged.
  const [waits] = await t.db.sql`select count(*)::int as n from channel where judged_visit_at is null and id <= 9`
  expect(waits).toEqual({ n: 9 })
}, 240_000)

test('another worker with another way out looks again; what nobody confirms decides nothing', async () => {
  await fresh()
  await register(4, [2])
  // Site 3 opens for everybody but worker A.
  answers.set(hostOf(3), (_now, agent) => (agent === 'A' ? 500 : 200))
  await startWeek({ ctx: t.ctx, input: { selection: { all: true } } })
  const canaries = [`http://${hostOf(100)}:${sites.port}/`]
  const a = sampler({ vantage: 'a', userAgent: 'A', canaries })
  const b = sampler({ vantage: 'b', userAgent: 'B', canaries })
  const second = () => t.db.sql`select channel_id::int as id, outcome, second, second_vantage as by, wanted from availability_sample where channel_id in (2, 3) order by at`
  const moments = [2, 3].map((channelId) => ({ channelId, at: slotAt({ channelId, fromOn: '2026-06-02', days: 7, visitsPerDay: 24 }, 0).getTime() })).sort((x, y) => x.at - y.at)
  const [first, last] = moments as [typeof moments[0] & object, typeof moments[0] & object]
  const outcome = (id: number): string => (id === 2 ? 'refused' : 'server_error')
  const only = async (s: Sampler, at: number): Promise<void> => run([s], new Date(at), new Date(at))
  await only(a, first.at)
  expect(await second()).toEqual([{ id: first.channelId, outcome: outcome(first.channelId), second: 'none', by: null, wanted: true }])
  // B comes within ten minutes of the one, and too late for the other.
  await only(b, first.at + MINUTE)
  expect((await second())[0]).toEqual({ id: first.channelId, outcome: outcome(first.channelId), second: first.channelId === 2 ? 'shut' : 'open', by: 'b', wanted: false })
  await only(a, last.at)
  await only(b, last.at + 11 * MINUTE)
  expect((await second())[1]).toEqual({ id: last.channelId, outcome: outcome(last.channelId), second: 'none', by: null, wanted: false })
})

test('a proxy that is cut off calls nobody down', async () => {
  await fresh()
  const start = startOfDay('2026-06-02')
  await register(3, [1, 2])
  await startWeek({ ctx: t.ctx, input: { selection: { ids: [1, 2] } } })
  way.route = () => null
  await run([sampler({ secondVantage: way.url, canaries: [`http://${hostOf(100)}:${sites.port}/`] })], start, new Date(start.getTime() + HOUR))
  expect(await t.db.sql`select outcome, second, second_outcome as there from availability_sample order by channel_id`).toEqual([
    { outcome: 'refused', second: 'none', there: 'network' }, { outcome: 'refused', second: 'none', there: 'network' },
  ])
})

test('what the program slept through is missed, not made up for', async () => {
  await fresh()
  const start = startOfDay('2026-06-02')
  await register(1)
  await startWeek({ ctx: t.ctx, input: { selection: { ids: [1] } } })
  const s = sampler()
  await run([s], start, new Date(start.getTime() + 3 * HOUR))
  await run([s], new Date(start.getTime() + 20 * HOUR), new Date(start.getTime() + 24 * HOUR))
  const w = (await weeks()).get(1)!
  expect({ made: w.made, planned: w.planned }).toEqual({ made: 7, planned: 24 })
})

test('the watcher is watched: looks that nobody makes, failures that nobody confirms', async () => {
  await fresh()
  const start = startOfDay('2026-06-02')
  await register(2, [1])
  await startWeek({ ctx: t.ctx, input: { selection: { all: true } } })
  const alarms = async (): Promise<string[]> => (await watcherFigures({ ctx: t.ctx })).alarms.map((a) => a.en).filter((a) => /weeks|confirmed/.test(a))
  t.ctx.clock.set(new Date(start.getTime() + 60 * MINUTE))
  expect(await alarms()).toEqual([])
  t.ctx.clock.set(new Date(start.getTime() + 3 * HOUR))
  expect(await alarms()).toEqual(['availability weeks stand still: looks of 2 weeks are more than an hour late'])
  const s = sampler({ canaries: [`http://${hostOf(100)}:${sites.port}/`] })
  await run([s], new Date(start.getTime() + 3 * HOUR), new Date(start.getTime() + 4 * HOUR + 20 * MINUTE))
  expect(await alarms()).toEqual([expect.stringMatching(/^[12] failures to open in 24 hours were confirmed from nowhere else/)])
})

test('a look in hand is nobody else’s; a slot is written once; a stopped week is looked at no more', async () => {
  await fresh()
  const start = startOfDay('2026-06-02')
  await register(2)
  await startWeek({ ctx: t.ctx, input: { selection: { all: true } } })
  t.ctx.clock.set(new Date(start.getTime() + HOUR - MINUTE))
  const { sql } = t.db
  const held = await claimDue(sql, t.ctx.clock.now(), 10)
  expect(held.map((h) => h.channelId).sort()).toEqual([1, 2])
  expect(await claimDue(sql, t.ctx.clock.now(), 10)).toEqual([])
  await sql`update availability_week set held_until = now() - interval '1 second'`
  expect(await claimDue(sql, t.ctx.clock.now(), 10)).toHaveLength(2)
  await stopWeek({ ctx: t.ctx, input: { selection: { ids: [1] } } })
  await sql`update availability_week set held_until = null`
  expect((await claimDue(sql, t.ctx.clock.now(), 10)).map((h) => h.channelId)).toEqual([2])
})

test('what cannot be: no selection, too few looks, a day gone by, a site twice, a stranger’s region', async () => {
  await fresh()
  await register(2)
  const start = (input: Record<string, unknown>, ctx = t.ctx) => startWeek({ ctx, input: input as never })
  await expect(start({ selection: {} })).rejects.toMatchObject({ code: 'bad_input' })
  await expect(start({ selection: { all: true }, visitsPerDay: 19 })).rejects.toMatchObject({ code: 'bad_input' })
  await expect(start({ selection: { all: true }, days: 6 })).rejects.toMatchObject({ code: 'bad_input' })
  await expect(start({ selection: { all: true }, from: '2026-06-01' })).rejects.toMatchObject({ code: 'bad_input' })
  await expect(start({ selection: { ids: [99] } })).rejects.toMatchObject({ code: 'not_found' })
  await expect(stopWeek({ ctx: t.ctx, input: { selection: { all: true } } })).rejects.toMatchObject({ code: 'not_found' })
  expect(await start({ selection: { ids: [1] }, from: '2026-06-05' })).toMatchObject({ started: 1, from: '2026-06-05' })
  expect(await start({ selection: { all: true } })).toMatchObject({ started: 1, running: 1 })
  const person = { kind: 'user', id: '1', name: '某', role: 'operations', region: '360102' } as never
  await expect(start({ selection: { all: true } }, { ...t.ctx, actor: person })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(start({ selection: { ids: [1] } }, { ...t.ctx, actor: person })).rejects.toMatchObject({ code: 'not_found' })
  await expect(start({ selection: { ids: [1] } }, { ...t.ctx, actor: { kind: 'user', id: '2', name: '某', role: 'read_only', region: null } as never })).rejects.toMatchObject({ code: 'forbidden' })
  expect(await t.db.sql`select verb from audit order by id`).toEqual([{ verb: 'availability.start' }, { verb: 'availability.start' }])
})
