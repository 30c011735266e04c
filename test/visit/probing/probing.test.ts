import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadConfig } from '../../../src/config/load.ts'
import { factsForCheck } from '../../../src/check/facts.ts'
import { noEvidence } from '../../../src/evidence/index.ts'
import { setPolicy } from '../../../src/schedule/index.ts'
import { PROBE_VALUES } from '../../../src/standard/needs.ts'
import { createProber, createVisitor, probeNow, showProbes } from '../../../src/visit/index.ts'
import type { ProbeSummary, Visitor } from '../../../src/visit/index.ts'
import { testDatabase } from '../../helpers/postgres.ts'
import type { TestDatabase } from '../../helpers/postgres.ts'
import { ordinary, serve } from '../harness.ts'
import type { TestSite } from '../harness.ts'

const DAY = 86_400_000
const warnings: string[] = []
const log = { warn: (message: unknown) => void warnings.push(String(message)), info: () => undefined, debug: () => undefined }

describe('functions of registered websites', () => {
  let t: TestDatabase
  let visitor: Visitor
  const sites: TestSite[] = []
  const made: ProbeSummary[] = []
  const add = async (site: TestSite, seen: boolean): Promise<number> => {
    const [row] = await t.db.sql<{ id: number }[]>`
      insert into channel (kind, name, address, address_raw, identity_key, created_at, updated_at) values ('website', ${site.url}, ${site.url}, ${site.url}, ${site.url}, now(), now()) returning id::int`
    const id = row?.id ?? 0
    if (seen) await visitor.visit({ channelId: id, slot: t.ctx.clock.now(), reason: 'first', signal: new AbortController().signal })
    return id
  }
  const site = async (routes = ordinary(), host = '127.0.0.1'): Promise<TestSite> => {
    const s = await serve(routes, host)
    sites.push(s)
    return s
  }
  const step = async (): Promise<number> => {
    const prober = createProber({ ctx: t.ctx, log, probe: (args) => visitor.probe(args), atOnce: 4, onRun: (s) => made.push(s) })
    const begun = await prober.step()
    await prober.drain()
    return begun
  }
  const signal = new AbortController().signal

  beforeAll(async () => {
    t = await testDatabase()
    visitor = await createVisitor({ ctx: t.ctx, config: loadConfig({}, { pace: 0, allowNets: ['127.0.0.0/8'], browser: false }), log, evidence: noEvidence })
  })
  afterAll(async () => {
    await visitor.close()
    await Promise.all(sites.map((s) => s.close()))
    await t.close()
  })

  test('each is tried once it has been seen, its observations are what the checks read, and it comes again after its interval', async () => {
    const routes = ordinary()
    routes['/'] = String(routes['/']).replace('<div class="quick">', '<div class="quick"><a href="/gone.html">往年</a>')
    const id = await add(await site(routes), true)
    await add(await site(), false)
    expect(await step()).toBe(1)
    expect(made.at(-1)).toMatchObject({ channelId: id, outcome: 'ok' })
    const [facts] = await factsForCheck({ ctx: t.ctx, channelIds: [id], asOf: t.ctx.clock.now(), seed: null })
    const ids = Object.keys(facts?.probes ?? {}).sort()
    // The series is of a week's watch, and there was none.
    expect(ids).toEqual(Object.keys(PROBE_VALUES).filter((k) => k !== 'availability').sort())
    expect(PROBE_VALUES.links.parse(facts?.probes?.['links']?.value).broken.map((b) => new URL(b.url).pathname)).toContain('/gone.html')
    expect(facts?.probes?.['links']?.evidence.length).toBeGreaterThan(0)
    const cited = await t.db.sql`select 1 from observation o, unnest(o.evidence) e where o.channel_id = ${id} and o.about like 'probe:%' and not exists (select from evidence where sha256 = e)`
    expect(cited).toEqual([])
    expect(await step()).toBe(0)
    t.ctx.clock.advance(6 * DAY)
    expect(await step()).toBe(0)
    t.ctx.clock.advance(1 * DAY)
    expect(await step()).toBe(1)
    const runs = await t.db.sql<{ outcome: string; probes: { id: string }[]; requests: number }[]>`select outcome, probes, requests from probe_run where channel_id = ${id} order by id`
    expect(runs.map((r) => [r.outcome, r.probes.length])).toEqual([['ok', 13], ['ok', 13]])
    expect(runs[0]?.requests).toBeGreaterThan(10)
  })

  test('a policy says which, how often, or none; an unknown probe is refused', async () => {
    const id = await add(await site(), true)
    await setPolicy({ ctx: t.ctx, input: { scope: 'channel', target: id, settings: { probes: ['tags', 'hijack'], probeIntervalDays: 1 } } })
    expect(await step()).toBe(1)
    expect(made.at(-1)?.probes.map((p) => p.id)).toEqual(['tags', 'hijack'])
    t.ctx.clock.advance(DAY)
    expect(await step()).toBe(1)
    await setPolicy({ ctx: t.ctx, input: { scope: 'channel', target: id, settings: { probes: 'none' } } })
    t.ctx.clock.advance(DAY)
    expect(await step()).toBe(0)
    await setPolicy({ ctx: t.ctx, input: { scope: 'channel', target: id, settings: { probes: 'all' } } })
    t.ctx.clock.advance(60_000)
    expect(await step()).toBe(1)
    await expect(setPolicy({ ctx: t.ctx, input: { scope: 'channel', target: id, settings: { probes: ['no_such'] } } })).rejects.toThrow('no such probe')
  })

  test('where the home page cannot be read nothing was tried, which is kept and tried again a day later', async () => {
    const s = await site()
    const id = await add(s, true)
    s.routes['/'] = { status: 503 }
    expect(await step()).toBe(1)
    expect(made.at(-1)).toMatchObject({ channelId: id, outcome: 'server_error', probes: [] })
    expect(await t.db.sql`select 1 from observation where channel_id = ${id} and about like 'probe:%'`).toEqual([])
    t.ctx.clock.advance(1.3 * DAY)
    expect(await step()).toBeGreaterThan(0)
    expect(made.filter((m) => m.channelId === id)).toHaveLength(2)
  })

  test('two workers at once never take the same website', async () => {
    t.ctx.clock.advance(30 * DAY)
    const probers = [1, 2].map(() => createProber({ ctx: t.ctx, log, probe: (args) => visitor.probe(args), atOnce: 8, onRun: (s) => made.push(s) }))
    made.length = 0
    await Promise.all(probers.map((p) => p.step()))
    await Promise.all(probers.map((p) => p.drain()))
    expect(made.length).toBeGreaterThan(2)
    expect(new Set(made.map((m) => m.channelId)).size).toBe(made.length)
  })

  test('a run of a fault of ours comes back an hour later; a stopped one is due as before', async () => {
    const id = await add(await site(), true)
    const failing = createProber({ ctx: t.ctx, log, probe: () => Promise.reject(new Error('ours')), atOnce: 50 })
    expect(await failing.step()).toBeGreaterThan(0)
    await failing.drain()
    expect(warnings.splice(0)).toEqual([`probes: channel ${id}: ours`])
    expect(await step()).toBe(0)
    t.ctx.clock.advance(3_600_000)
    const hanging = createProber({ ctx: t.ctx, log, probe: (args) => new Promise((_, reject) => { args.signal.addEventListener('abort', () => reject(new Error('stopped'))) }), atOnce: 50 })
    expect(await hanging.step()).toBeGreaterThan(0)
    expect(await step()).toBe(0)
    await hanging.close()
    expect(await step()).toBeGreaterThan(0)
    expect(made.some((m) => m.channelId === id)).toBe(true)
  })

  test('nothing is POSTed anywhere, but the search by the probe that says so where the policy allows it', async () => {
    const posted: string[] = []
    const recorded = (path: string, html: string) => [path, (req: IncomingMessage, res: ServerResponse) => {
      if (req.method !== 'GET' && req.method !== 'HEAD') posted.push(`${req.method ?? ''} ${path}`)
      res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html)
    }] as const
    const routes = ordinary()
    const form = '<form class="search" action="/so" method="post"><input type="text" name="wd"><button>搜索</button></form>'
    const letter = '<form action="/submit" method="post"><input name="title"><textarea name="content"></textarea><button>提交</button></form>'
    const pages = Object.entries(routes).flatMap(([path, html]) => (typeof html === 'string' ? [recorded(path, html.replace('<div class="main">', `<div class="main">${form}${path.startsWith('/hdjl') ? letter : ''}`))] : []))
    const s = await site({ ...routes, ...Object.fromEntries([...pages, recorded('/so', String(routes['/']).replace('<div class="main">', '<div class="main"><p>没有找到相关结果</p>')), recorded('/submit', '')]) })
    const id = await add(s, true)
    const run = (): Promise<ProbeSummary> => visitor.probe({ channelId: id, which: 'all', reason: 'asked', signal })
    expect((await run()).probes.find((p) => p.id === 'search')?.note).toContain('POST')
    expect(posted).toEqual([])
    await setPolicy({ ctx: t.ctx, input: { scope: 'channel', target: id, settings: { probePosts: true } } })
    const { probes } = await run()
    expect(probes.find((p) => p.id === 'search')?.value).toMatchObject({ works: true })
    expect(new Set(posted)).toEqual(new Set(['POST /so']))
  })

  test('a selection is tried now; what does not work is shown with its first day, and a lead as a lead', async () => {
    const routes = ordinary()
    const whole = String(routes['/'])
    routes['/'] = whole.replace('<div class="quick">', '<div class="quick"><a href="/gone.html">往年</a>')
    const s = await site(routes)
    const id = await add(s, true)
    const now = (): ReturnType<typeof probeNow> => probeNow({ ctx: t.ctx, input: { selection: { ids: [id] }, probes: ['links', 'hijack'] }, probe: (args) => visitor.probe(args), atOnce: 2, signal, log })
    expect(await now()).toEqual({ websites: 1, tried: 1, busy: 0, failed: 0, interrupted: false })
    const first = t.ctx.clock.now().toISOString()
    t.ctx.clock.advance(3 * DAY)
    s.routes['/'] = { status: 503 }
    await now()
    s.routes['/'] = String(routes['/']).length > 0 ? whole.replace('<div class="quick">', '<div class="quick"><a href="/gone.html">往年</a><a href="/late.html">新近</a>').replace('</body>', '<div style="display:none"><a href="http://dubo.example/">澳门新葡京</a></div></body>') : ''
    t.ctx.clock.advance(3 * DAY)
    await now()
    const last = t.ctx.clock.now().toISOString()
    const shown = await showProbes({ ctx: t.ctx, input: { channel: id } })
    const since = new Map(shown.probes.flatMap((p) => p.faults.map((f) => [f.key.startsWith('http://127') ? new URL(f.key).pathname : f.key.split(' ')[0], f] as const)))
    expect(since.get('/gone.html')).toMatchObject({ since: first, suspicion: false })
    expect(since.get('/late.html')).toMatchObject({ since: last })
    expect(since.get('hidden_link')).toMatchObject({ since: last, suspicion: true })
    expect(shown.last).toMatchObject({ at: last, outcome: 'ok' })
    await expect(probeNow({ ctx: t.ctx, input: { selection: { ids: [id] }, probes: ['no_such'] }, probe: (args) => visitor.probe(args), atOnce: 2, signal, log })).rejects.toMatchObject({ code: 'bad_input' })
    await expect(probeNow({ ctx: t.ctx, input: { selection: { ids: [987_654] } }, probe: (args) => visitor.probe(args), atOnce: 2, signal, log })).rejects.toMatchObject({ code: 'not_found' })
    await expect(showProbes({ ctx: t.ctx, input: { channel: 987_654 } })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('what is no website, or not there, is refused', async () => {
    const [row] = await t.db.sql<{ id: number }[]>`insert into channel (kind, name, address, address_raw, identity_key, created_at, updated_at) values ('weibo', 'x', 'x', 'x', 'x', now(), now()) returning id::int`
    await expect(visitor.probe({ channelId: row?.id ?? 0, reason: 'asked', signal })).rejects.toMatchObject({ code: 'bad_input' })
    await expect(visitor.probe({ channelId: 999_999, reason: 'asked', signal })).rejects.toMatchObject({ code: 'not_found' })
  })
})
