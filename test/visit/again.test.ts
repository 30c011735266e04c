import { afterAll, beforeAll, expect, test } from 'vitest'
import { list, ordinary, page, rows, serve, world } from './harness.ts'
import type { Route, TestSite, World } from './harness.ts'

const DAY = 86_400_000
let w: World
const sites: TestSite[] = []
const site = async (routes: Record<string, Route>): Promise<TestSite> => {
  const s = await serve(routes)
  sites.push(s)
  return s
}
beforeAll(async () => {
  w = await world()
})
afterAll(async () => {
  await Promise.all(sites.map((s) => s.close()))
  await w.close()
})

/** Answers 304 where the validator is known. */
const validated = (body: string, etag: string): Route => (req, res) => {
  if (req.headers['if-none-match'] === etag) return void res.writeHead(304, { etag }).end()
  res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', etag }).end(body)
}
const count = async (table: string, id: number): Promise<number> => {
  const [row] = await w.database.db.sql.unsafe<{ n: number }[]>(`select count(*)::int as n from ${table} where channel_id = ${id}`)
  return row!.n
}

test('an unchanged site is asked by validator, answered 304, and neither read nor written again; its observations are made all the same', async () => {
  const routes = Object.fromEntries(Object.entries(ordinary()).map(([path, body]) => [path, validated(body as string, `"${path}"`)]))
  const s = await site(routes)
  const id = await w.register(s.url)
  await w.visit(id)
  const pages = await w.database.db.sql`select url, fetched_at, facts from page where channel_id = ${id} order by url`
  w.database.ctx.clock.advance(DAY)
  const again = await w.visit(id)
  expect(again).toMatchObject({ outcome: 'unchanged', pages: 6, bytes: 0, newest: '2026-05-30' })
  expect(s.headers.slice(6).every((h) => h['if-none-match'] !== undefined)).toBe(true)
  expect(await w.database.db.sql`select url, fetched_at, facts from page where channel_id = ${id} order by url`).toEqual(pages)
  expect(await w.column(id, '政策文件')).toMatchObject({ outcome: 'unchanged', newest: '2026-04-01', observedAt: w.database.ctx.clock.now() })
  const seen = await w.observations(id, 'column')
  expect(seen.filter((o) => o.column === '政策文件').map((o) => [o.outcome, o.newest, o.evidence.length])).toEqual([['ok', '2026-04-01', 1], ['unchanged', '2026-04-01', 1]])
  expect((await w.observations(id, 'home')).map((o) => o.newest)).toEqual(['2026-05-30', '2026-05-30'])
})

test('a renewed Last-Modified over the same bytes is no change', async () => {
  let at = 0
  const routes = ordinary()
  for (const [path, body] of Object.entries(routes)) {
    routes[path] = (_req, res) => void res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'last-modified': new Date(1.78e12 + at++ * 1000).toUTCString() }).end(body as string)
  }
  const s = await site(routes)
  const id = await w.register(s.url)
  await w.visit(id)
  const items = await count('item', id)
  expect((await w.visit(id)).outcome).toBe('unchanged')
  expect(await count('item', id)).toBe(items)
  expect(await count('evidence_use', id)).toBe(6)
})

test('what is gone is gone again, though its bytes are the same', async () => {
  const s = await site({ '/': '<html><head><title>域名出售</title></head><body><h1>您访问的域名正在出售</h1><p>This domain is for sale!</p></body></html>' })
  const id = await w.register(s.url)
  expect((await w.visit(id)).outcome).toBe('parked')
  w.database.ctx.clock.advance(DAY + 60_000)
  expect((await w.visit(id)).outcome).toBe('parked')
  expect((await w.observations(id, 'home')).map((o) => o.outcome)).toEqual(['parked', 'parked'])
})

test('relative words mean another day on another day, though the bytes are the same', async () => {
  const routes = ordinary()
  const body = page('通知公告', `<h2>通知公告</h2><ul class="list">${['昨天', '2天前', '3天前', '5天前'].map((d, i) => `<li><a href="/tzgg/r${i}.html">关于第${i + 1}批教师资格认定的通知公告</a><span>${d}</span></li>`).join('')}</ul>`)
  routes['/tzgg/'] = validated(body, '"same"')
  const s = await site(routes)
  const id = await w.register(s.url)
  await w.visit(id)
  const first = (await w.column(id, '通知公告')).newest
  expect(first).toBe(new Date(w.database.ctx.clock.now().getTime() + 8 * 3_600_000 - DAY).toISOString().slice(0, 10))
  w.database.ctx.clock.advance(10 * DAY)
  await w.visit(id)
  expect((await w.column(id, '通知公告')).newest).toBe(new Date(Date.parse(first!) + 10 * DAY).toISOString().slice(0, 10))
})

test('items keep when they were first seen; a date that changes leaves the first one', async () => {
  const routes = ordinary()
  const s = await site(routes)
  const id = await w.register(s.url)
  await w.visit(id)
  const firstLook = w.database.ctx.clock.now()
  w.database.ctx.clock.advance(DAY)
  const [top, ...rest] = rows('2026-05-20', '县教育局通知公告')
  // One row re-dated, and one that was not there yesterday under a date of long ago.
  routes['/tzgg/'] = page('通知公告', `<h2>通知公告</h2>${list([[top![0], top![1], '2026-05-31'], ['补发的关于校园安全检查的通知', '/a/late.html', '2026-03-02'], ...rest])}`)
  await w.visit(id)
  const items = await w.database.db.sql<{ title: string; date: string; first: string | null; seen: Date }[]>`
    select title, date::text, first_date::text as first, first_seen_at as seen from item where channel_id = ${id}`
  expect(items.find((i) => i.title === top![0])).toMatchObject({ date: '2026-05-31', first: '2026-05-20', seen: firstLook })
  expect(items.find((i) => i.title.startsWith('补发'))).toMatchObject({ date: '2026-03-02', first: null, seen: w.database.ctx.clock.now() })
  expect(items.find((i) => i.title === rest[0]![0])).toMatchObject({ seen: firstLook })
})

test('not observed keeps the old: newest, witness and evidence stay, the outcome says why', async () => {
  const routes = ordinary()
  const s = await site(routes)
  const id = await w.register(s.url)
  await w.visit(id)
  const before = await w.column(id, '通知公告')
  routes['/tzgg/'] = { status: 403, body: '<h1>403 Forbidden</h1>' }
  w.database.ctx.clock.advance(DAY)
  expect((await w.visit(id)).outcome).toBe('ok')
  expect(await w.column(id, '通知公告')).toEqual({ ...before, outcome: 'forbidden' })
  routes['/'] = { status: 521, body: '<script>document.cookie="__jsl_clearance_s=1";location.reload()</script>' }
  w.database.ctx.clock.advance(DAY)
  expect((await w.visit(id)).outcome).toBe('challenge')
  const [channel] = await w.database.db.sql`select newest_on::text as newest, last_outcome, newest_witness is not null as witnessed, last_seen_at < last_visit_at as older from channel where id = ${id}`
  expect(channel).toMatchObject({ newest: '2026-05-30', last_outcome: 'challenge', witnessed: true, older: true })
  expect((await w.column(id, '政策文件')).newest).toBe('2026-04-01')
})

test('a column that leaves the navigation rests, and comes back', async () => {
  const routes = ordinary()
  const whole = routes['/'] as string
  const s = await site(routes)
  const id = await w.register(s.url)
  await w.visit(id)
  routes['/'] = whole.replace('<li><a href="/zcwj/">政策文件</a></li>', '')
  await w.visit(id)
  expect((await w.column(id, '政策文件')).active).toBe(false)
  expect((await w.column(id, '通知公告')).active).toBe(true)
  routes['/'] = whole
  await w.visit(id)
  expect((await w.column(id, '政策文件')).active).toBe(true)
})

test('a slot has one visit: the second writes nothing', async () => {
  const s = await site(ordinary())
  const id = await w.register(s.url)
  const slot = new Date(w.database.ctx.clock.now().getTime() + 7_777_777)
  expect((await w.visit(id, { slot })).written).toBe(true)
  const before = [await count('observation', id), await count('visit', id)]
  expect((await w.visit(id, { slot })).written).toBe(false)
  expect([await count('observation', id), await count('visit', id)]).toEqual(before)
})

test('two workers with the same slot at once: one visit', async () => {
  const s = await site(ordinary())
  const id = await w.register(s.url)
  const slot = new Date(w.database.ctx.clock.now().getTime() + 8_888_888)
  const done = await Promise.all([1, 2, 3, 4].map(() => w.visitor.visit({ channelId: id, slot, reason: 'first', signal: new AbortController().signal })))
  expect(done.filter((d) => d.written)).toHaveLength(1)
  expect(await count('visit', id)).toBe(1)
  expect((await w.observations(id, 'home')).length).toBe(1)
})
