import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { EvidenceStore } from '../../src/evidence/index.ts'
import { list, ordinary, page, rows, serve, world } from './harness.ts'
import type { Route, TestSite, World } from './harness.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const o of open.splice(0).reverse()) await o.close()
})
const make = async (...args: Parameters<typeof world>): Promise<World> => {
  const w = await world(...args)
  open.push(w)
  return w
}
const site = async (routes: Record<string, Route>, host?: string): Promise<TestSite> => {
  const s = await serve(routes, host)
  open.push(s)
  return s
}

test('a server that never answers ends the visit, and a hung list ends that list only', async () => {
  const w = await make({ pageTimeout: 2500 }, {})
  const hung = await site({ '/': () => undefined }, '127.0.0.3')
  const well = await site({ ...ordinary(), '/tzgg/': () => undefined })
  const [a, b] = [await w.register(hung.url), await w.register(well.url)]
  expect(await w.visit(b)).toMatchObject({ outcome: 'ok', newest: '2026-05-30' })
  expect(await w.column(b, '通知公告')).toMatchObject({ outcome: 'timeout', newest: null })
  expect(await w.column(b, '政策文件')).toMatchObject({ outcome: 'ok' })
  expect(await w.visit(a)).toMatchObject({ outcome: 'timeout', newest: null })
})

test('a host that fails twice in a row is left alone for the rest of the visit', async () => {
  const w = await make({ pageTimeout: 2500 })
  const dead: Route = (req) => void req.socket.destroy()
  const routes: Record<string, Route> = { ...ordinary(), '/gzdt/': dead, '/tzgg/': dead, '/zcwj/': dead, '/jgzn/': dead, '/hdjl/': dead }
  const s = await site(routes)
  const id = await w.register(s.url)
  await w.visit(id)
  expect(new Set(s.asked.filter((p) => p !== '/')).size).toBe(2)
  expect((await w.column(id, '政策文件')).outcome).toBe((await w.column(id, '通知公告')).outcome)
})

test('an aborted visit writes nothing and says so', async () => {
  const w = await make()
  const s = await site({ '/': () => undefined })
  const id = await w.register(s.url)
  const control = new AbortController()
  const visit = w.visit(id, { signal: control.signal })
  visit.catch(() => undefined)
  while (s.asked.length === 0) await wait(5)
  control.abort(new Error('stopped'))
  await expect(visit).rejects.toThrow('stopped')
  const [row] = await w.database.db.sql`select claimed_slot is not null as claimed, (select count(*)::int from visit where channel_id = ${id}) as visits from channel where id = ${id}`
  expect(row).toEqual({ claimed: true, visits: 0 })
})

test('robots.txt is obeyed, page by page; an organisation’s own sites may be passed over', async () => {
  const w = await make()
  const s = await site({ ...ordinary(), '/robots.txt': { headers: { 'content-type': 'text/plain' }, body: 'User-agent: *\nDisallow: /tzgg/\n' } })
  const id = await w.register(s.url)
  await w.visit(id)
  expect(await w.column(id, '通知公告')).toMatchObject({ outcome: 'robots', newest: null })
  expect(await w.column(id, '政策文件')).toMatchObject({ outcome: 'ok' })
  expect(s.asked).not.toContain('/tzgg/')
  const [org] = await w.database.db.sql<{ id: number }[]>`insert into organisation (name, ignore_robots) values ('某某县教育局', true) returning id::int`
  const own = await w.register(s.url, { organisation: org!.id })
  await w.visit(own)
  expect(await w.column(own, '通知公告')).toMatchObject({ outcome: 'ok', newest: '2026-05-20' })
})

test('robots.txt that closes the whole site: not observed, and nothing else is asked', async () => {
  const w = await make()
  const s = await site({ ...ordinary(), '/robots.txt': { headers: { 'content-type': 'text/plain' }, body: 'User-agent: *\nDisallow: /\n' } })
  const id = await w.register(s.url)
  expect(await w.visit(id)).toMatchObject({ outcome: 'robots', pages: 0 })
  expect(s.asked).toEqual([])
})

test('rows that a page draws from an address robots.txt bars are not fetched', async () => {
  const w = await make()
  const routes: Record<string, Route> = { ...ordinary(), '/robots.txt': { headers: { 'content-type': 'text/plain' }, body: 'User-agent: *\nDisallow: /data/\n' } }
  routes['/tzgg/'] = page('通知公告', `<h2>通知公告</h2><div id="l"></div><script>$.getJSON('/data/tzgg.json', function (r) { render(r); });</script>`)
  const s = await site(routes)
  const id = await w.register(s.url)
  await w.visit(id)
  expect(await w.column(id, '通知公告')).toMatchObject({ outcome: 'robots', newest: null })
  expect(s.asked.some((p) => p.startsWith('/data/'))).toBe(false)
})

test('with the network cut nothing is held against anybody: we cannot see', async () => {
  const w = await make()
  const s = await site(ordinary())
  const ids = [await w.register(s.url), await w.register(s.url.replace('127.0.0.1', '127.0.0.7')), await w.register(s.url.replace('127.0.0.1', '127.0.0.6'))]
  await s.close()
  const done = await Promise.all(ids.map((id) => w.visit(id)))
  expect(done.map((d) => d.outcome)).toEqual(['own_network', 'own_network', 'own_network'])
  expect(await w.observations(ids[0]!, 'home')).toEqual([])
})

test('another channel’s success in the same minutes shows that we see: refused is the site’s own', async () => {
  const w = await make({}, { patience: 5000 })
  const s = await site(ordinary())
  const [down, up] = [await w.register('http://127.0.0.5:1/'), await w.register(s.url)]
  // Begun together: the one that fails at once waits for the other.
  const [a, b] = await Promise.all([w.visit(down), w.visit(up)])
  expect([a.outcome, b.outcome]).toEqual(['refused', 'ok'])
})

test('a canary that answers shows that we see; silent ones that we do not', async () => {
  const canary = await site({ '/': 'ok' }, '127.0.0.4')
  const sees = await make({ canaries: [canary.url] })
  expect((await sees.visit(await sees.register('http://127.0.0.5:1/'))).outcome).toBe('refused')
  const blind = await make({ canaries: ['http://127.0.0.5:2/'] })
  expect((await blind.visit(await blind.register('http://127.0.0.5:1/'))).outcome).toBe('own_network')
})

test('what may not be reached is not reached', async () => {
  const w = await make({ allowNets: [] })
  const s = await site(ordinary())
  const id = await w.register(s.url)
  expect((await w.visit(id)).outcome).toBe('address_denied')
  expect(s.asked).toEqual([])
})

test('evidence that cannot be kept: the visit is made, and backs nothing', async () => {
  const full: EvidenceStore = {
    put: () => { throw new Error('the disk is full') },
    get: async () => null, has: async () => false, prune: async () => ({ kept: 0, removed: 0, freed: 0 }), close: () => undefined,
  }
  const w = await make({}, { evidence: full })
  const s = await site(ordinary())
  const id = await w.register(s.url)
  const sum = await w.visit(id)
  expect(sum).toMatchObject({ outcome: 'ok', newest: '2026-05-30' })
  expect(sum.detail).toContain('the disk is full')
  expect(w.warnings.join()).toContain('the disk is full')
  expect((await w.observations(id, 'home'))[0]!.evidence).toEqual([])
  expect((await w.column(id, '通知公告')).evidence).toEqual([])
  const [kept] = await w.database.db.sql`select (select count(*)::int from evidence) as evidence, (select count(*)::int from page where channel_id = ${id}) as pages`
  expect(kept).toEqual({ evidence: 0, pages: 0 })
})

test('forty columns at most, and a page budget', async () => {
  const w = await make()
  const names = Array.from({ length: 55 }, (_, i) => [`专栏信息${String(i).padStart(2, '0')}`, `/c${i}/`] as const)
  const nav = `<div class="nav"><ul><li><a href="/">首页</a></li>${names.map(([n, u]) => `<li><a href="${u}">${n}</a></li>`).join('')}</ul></div>`
  const routes: Record<string, Route> = { '/': `<html><head><title>某局</title></head><body>${nav}${list(rows('2026-05-30', '工作动态'))}</body></html>` }
  for (const [n, u] of names) routes[u] = page(n, `<h2>${n}</h2>${list(rows('2026-05-01', n))}`)
  const s = await site(routes)
  const id = await w.register(s.url)
  expect((await w.visit(id)).pages).toBe(41)
})
