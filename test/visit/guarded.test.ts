import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { setBridge } from '../../src/credentials/index.ts'
import { stoppedClock } from '../../src/domain/clock.ts'
import { isObserved } from '../../src/domain/outcome.ts'
import { createFetcher, createGuard, guardedSocket } from '../../src/fetch/index.ts'
import type { Fetcher } from '../../src/fetch/index.ts'
import { emailSender, robotSender, subscribe } from '../../src/notify/index.ts'
import { visitAddress } from '../../src/visit/index.ts'
import type { VisitorOptions } from '../../src/visit/index.ts'
import { tryRecipe } from '../../src/visit/recipe/try.ts'
import { openHome } from '../../src/visit/week/opening.ts'
import { secondVantage } from '../../src/visit/week/second.ts'
import { testDatabase } from '../helpers/postgres.ts'
import { trap } from '../fetch/matrix/trap.ts'
import type { Trap } from '../fetch/matrix/trap.ts'
import { ENDED } from './addresses/ends.ts'
import { list, ordinary, page, rows, serve, world } from './harness.ts'
import type { Route, TestSite } from './harness.ts'
import { proxy } from './week/sites.ts'

/** Sites stand on 127.0.0.9, which is open; the private service on 127.0.0.1 and ::1, under names of the sites' own domain too. */
const OPEN = '127.0.0.9'
const SHUT = ['127.0.0.1', '::1']
const NAMES: Readonly<Record<string, readonly string[]>> = { 'www.jingan.gov.cn': [OPEN], 'inner.jingan.gov.cn': ['127.0.0.1'], 'inner6.jingan.gov.cn': ['::1'] }
const resolve = (host: string): Promise<readonly string[]> => (NAMES[host] ? Promise.resolve(NAMES[host]) : Promise.reject(Object.assign(new Error(`queryA ENOTFOUND ${host}`), { code: 'ENOTFOUND' })))
const log = { warn: () => undefined, info: () => undefined, debug: () => undefined } as unknown as VisitorOptions['log']
const clock = stoppedClock(new Date('2026-06-01T12:00:00+08:00'))
const config = (more: Record<string, unknown> = {}) => loadConfig({}, { pace: 0, allowNets: [OPEN], browser: false, ...more })

let private_: Trap
const closing: (() => Promise<void>)[] = []
const of = (more: readonly string[]): Fetcher => createFetcher({ guard: createGuard({ allowNets: [OPEN, ...more], resolve }), timeouts: { connect: 1500, total: 4000, headers: 4000 } })
let shut: Fetcher
let opened: Fetcher
beforeAll(async () => {
  private_ = await trap()
  shut = of([])
})
// A new one each time: a connection kept from the last test would not be counted.
beforeEach(() => {
  private_.reset()
  opened = of(SHUT)
})
afterEach(async () => {
  await opened.close()
  for (const close of closing.splice(0)) await close()
})
afterAll(() => Promise.all([shut.close(), private_.close()]).then(() => undefined))
const site = async (routes: Record<string, Route>): Promise<TestSite> => {
  const s = await serve(routes, OPEN)
  closing.push(() => s.close())
  return s
}
const to = (host: string, path = '/x'): string => `http://${host}:${private_.port}${path}`
const INNER = ['inner.jingan.gov.cn', 'inner6.jingan.gov.cn']

/** Ways in which a website leads a visit on; `inner` is an address of its own domain that turns out to be private. */
const LEADS: Readonly<Record<string, (inner: string) => Record<string, Route>>> = {
  'a redirect of the home page': (inner) => ({ '/': { status: 302, headers: { location: inner } } }),
  'a refresh of the home page': (inner) => ({ '/': `<html><head><meta http-equiv="refresh" content="0;url=${inner}"></head><body></body></html>` }),
  'a redirect by script': (inner) => ({ '/': `<html><body><script>window.location.href="${inner}"</script></body></html>` }),
  'a frame': (inner) => ({ '/': `<html><frameset rows="*"><frame src="${inner}"></frameset></html>` }),
  'a redirect of a column': (inner) => ({ ...ordinary(), '/tzgg/': { status: 301, headers: { location: inner } } }),
  'a refresh of a column': (inner) => ({ ...ordinary(), '/tzgg/': `<meta http-equiv="refresh" content="0;url=${inner}">` }),
  'a frame of a column': (inner) => ({ ...ordinary(), '/tzgg/': page('通知公告', `<iframe src="${inner}" width=100%></iframe>`) }),
  'robots.txt that is elsewhere': (inner) => ({ ...ordinary(), '/robots.txt': { status: 302, headers: { location: inner } } }),
}
/** What a page names and nothing follows: neither shut nor open does it lead anywhere. */
const NAMED: Readonly<Record<string, (inner: string) => Record<string, Route>>> = {
  'a column of the navigation': (inner) => ({ ...ordinary(), '/': page('某某县教育局', `<div class="nav"><ul><li><a href="${inner}">通知公告</a></li></ul></div>${list(rows('2026-05-30', '工作动态'))}`).replaceAll('/tzgg/', inner) }),
  'Sitemap lines': (inner) => ({ ...ordinary(), '/robots.txt': { headers: { 'content-type': 'text/plain' }, body: `User-agent: *\nDisallow: /none\nSitemap: ${inner}\nHost: ${inner}\n` } }),
  'a sitemap’s and a feed’s links': (inner) => ({ ...ordinary(), '/': String(ordinary()['/']).replace('<head>', `<head><link rel="alternate" type="application/rss+xml" href="${inner}"><link rel="sitemap" href="${inner}"><link rel="canonical" href="${inner}"><base target="_blank">`), '/sitemap.xml': { headers: { 'content-type': 'application/xml' }, body: `<urlset><url><loc>${inner}</loc></url></urlset>` } }),
}

describe('a website that leads a visit to a private address', () => {
  test.each(Object.keys(LEADS))('by %s: nothing is touched; where it is open, it is', async (name) => {
    for (const host of INNER) {
      const s = await site(LEADS[name]!(to(host)))
      const sight = await visitAddress({ address: s.url.replace(OPEN, 'www.jingan.gov.cn'), kind: 'website', config: config(), clock, log, fetcher: shut })
      expect(sight.kind).toBe('website')
      for (const c of sight.columns) expect(isObserved(c.outcome) && c.url.includes('inner')).toBe(false)
    }
    expect(private_.touched).toBe(0)
    const s = await site(LEADS[name]!(to(INNER[0]!)))
    await visitAddress({ address: s.url.replace(OPEN, 'www.jingan.gov.cn'), kind: 'website', config: config(), clock, log, fetcher: opened })
    expect(private_.touched).toBeGreaterThan(0)
  })

  test.each(Object.keys(NAMED))('by %s: nothing is touched', async (name) => {
    const s = await site(NAMED[name]!(to(INNER[0]!)))
    for (const fetcher of [shut, opened]) expect((await visitAddress({ address: s.url.replace(OPEN, 'www.jingan.gov.cn'), kind: 'website', config: config(), clock, log, fetcher })).outcome).toBe('ok')
    expect(private_.touched).toBe(0)
  })

  test('is itself private: the visit says so, observes nothing, and does not touch it', async () => {
    for (const host of ['127.0.0.1', '[::1]', '0x7f.1', '2130706433', '127。0。0。1', 'inner.jingan.gov.cn', 'inner6.jingan.gov.cn.']) {
      const sight = await visitAddress({ address: to(host, '/'), kind: 'website', config: config(), clock, log, fetcher: shut }).catch((e: unknown) => e as Error)
      if (sight instanceof Error) expect(sight).toMatchObject({ code: 'bad_input' })
      else expect([host, sight.outcome, sight.newest, isObserved(sight.outcome)]).toEqual([host, expect.stringMatching(/^(address_denied|dns)$/), null, false])
    }
    expect(private_.touched).toBe(0)
    await visitAddress({ address: to('127.0.0.1', '/'), kind: 'website', config: config(), clock, log, fetcher: opened })
    expect(private_.touched).toBeGreaterThan(0)
  })

  test('by a column that the ledger gives: nothing is touched; where it is open, it is', async () => {
    for (const fetcher of [shut, opened]) {
      const w = await world({}, { fetcher })
      closing.push(() => w.close())
      const id = await w.register((await site(ordinary())).url)
      await w.database.db.sql`insert into site_column (channel_id, name, url, url_key, class, source, first_seen_at, last_seen_at) values (${id}, '公示', ${to('127.0.0.1', '/gs/')}, ${to('127.0.0.1', '/gs').slice(7)}, 'news', 'ledger', now(), now())`
      await w.visit(id)
      const seen = await w.column(id, '公示')
      if (fetcher === shut) expect(seen).toMatchObject({ outcome: 'address_denied', newest: null })
      expect(private_.paths).toEqual(fetcher === shut ? [] : expect.arrayContaining(['/gs/']))
    }
  })

  test('its links, letters, search, services and attachments are tried by no probe', async () => {
    const evil = (n: string): string => to('127.0.0.1', `/${n}`)
    const routes = (): Record<string, Route> => ({
      ...ordinary(),
      '/': page('某某县教育局', `<div class="box"><h3><a href="/gzdt/">工作动态</a></h3>${list(rows('2026-05-30', '工作动态'))}</div>
        <form action="${evil('search')}" method="get"><input name="q"><button>搜索</button></form><a href="${evil('hdjl')}">我要咨询</a><a href="${evil('mail')}">局长信箱</a><a href="${evil('zwfw')}">政务服务 在线办事</a>
        <a href="${evil('links')}">友情链接</a><a href="${evil('file.pdf')}">附件.pdf</a><a href="${to('[::1]', '/six')}">国务院</a><a href="/moved">搬家</a><img src="${evil('i.png')}"><a href="${evil('guide')}">办事指南</a>`),
      '/moved': { status: 302, headers: { location: evil('moved') } },
    })
    const s = await site(routes())
    const sight = await visitAddress({ address: s.url, kind: 'website', config: config(), clock, log, probes: 'all' })
    expect(sight.outcome).toBe('ok')
    expect(private_.touched).toBe(0)
    const again = await site(routes())
    await visitAddress({ address: again.url, kind: 'website', config: config({ allowNets: [OPEN, ...SHUT] }), clock, log, probes: 'all' })
    expect(private_.paths.length).toBeGreaterThan(2)
  })
})

describe('an account whose platform leads to a private address', () => {
  /** Everything a platform could answer with, full of addresses: as JSON, as a page, as a redirect. */
  const ANSWERS: Readonly<Record<string, (inner: string) => Route>> = {
    'by a redirect': (inner) => ({ status: 302, headers: { location: inner } }),
    'in its JSON': (inner) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ok: 1, code: 0, url: inner, data: { url: inner, location: inner, user: { profile_url: inner, avatar: inner }, list: [{ url: inner, scheme: inner, created_at: inner, cover: inner }], cards: [{ mblog: { url: inner } }], next: inner, paging: { next: inner } }, results: [{ trackViewUrl: inner, artworkUrl100: inner }], redirect: inner }) }),
    'in its page': (inner) => ({ headers: { 'content-type': 'text/html' }, body: `<meta http-equiv="refresh" content="0;url=${inner}"><script>location.href="${inner}";window.__INITIAL_STATE__={"url":"${inner}"}</script><link rel="canonical" href="${inner}"><a href="${inner}">x</a><iframe src="${inner}"></iframe>` }),
    'in its feed': (inner) => ({ headers: { 'content-type': 'application/rss+xml' }, body: `<?xml version="1.0"?><?xml-stylesheet href="${inner}"?><!DOCTYPE rss SYSTEM "${inner}" [<!ENTITY x SYSTEM "${inner}">]><rss xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>&x;</title><link>${inner}</link><atom:link rel="next" href="${inner}"/><atom:link rel="hub" href="${inner}"/><item><title>a</title><link>${inner}</link><enclosure url="${inner}"/><pubDate>20 May 2026 08:00:00 +0800</pubDate></item></channel></rss>` }),
  }
  const hostsOf = async (address: string): Promise<string[]> => {
    // Whatever host a kind asks is learned from what it asks: each gets a base on the open address.
    const asked = new Set<string>()
    const spy: Fetcher = { ...shut, fetch: (request) => {
      asked.add(new URL(request.url).host)
      return Promise.resolve({ outcome: 'ok', status: 200, url: request.url, redirects: [], headers: { 'content-type': 'application/json' }, bytes: Buffer.from('{}'), truncated: false, ms: 1, waitedMs: 0, remoteAddress: null, notModified: false })
    } }
    await visitAddress({ address, config: config(), clock, log, fetcher: spy }).catch(() => null)
    return [...asked]
  }

  test.each(ENDED.map((e) => [`${e.kind} ${e.about}`, e] as const))('%s: whatever it answers, nothing is touched', async (_name, e) => {
    const hosts = await hostsOf(e.address)
    for (const make of Object.values(ANSWERS)) {
      for (const inner of [to('127.0.0.1'), to('[::1]'), to(INNER[0]!)]) {
        const s = await serve(new Proxy<Record<string, Route>>({}, { get: () => make(inner) }), OPEN)
        const bases = Object.fromEntries(hosts.map((h) => [h, s.url.replace(/\/$/, '')]))
        const sight = await visitAddress({ address: e.address, config: config(), clock, log, fetcher: shut, bases }).catch((error: unknown) => error as Error)
        if (!(sight instanceof Error)) expect(sight.outcome).not.toMatch(/^gone/)
        await s.close()
      }
    }
    expect(private_.touched).toBe(0)
  })

  test('a relay (HUOSHUI_BASES) or a feed’s own address that is private is not asked; where it is open it is', async () => {
    const address = `https://weibo.com/u/5044281310`
    const bases = Object.fromEntries((await hostsOf(address)).map((h) => [h, to('127.0.0.1', '').replace(/\/$/, '')]))
    expect(Object.keys(bases).length).toBeGreaterThan(0)
    for (const fetcher of [shut, opened]) {
      await visitAddress({ address, config: config(), clock, log, fetcher, bases })
      expect(private_.touched > 0).toBe(fetcher === opened)
    }
    private_.reset()
    for (const fetcher of [shut, opened]) {
      const sight = await visitAddress({ address: to('127.0.0.1', '/rss.xml'), kind: 'feed', config: config(), clock, log, fetcher })
      if (fetcher === shut) expect(sight).toMatchObject({ outcome: 'address_denied', newest: null })
      expect(private_.paths).toEqual(fetcher === shut ? [] : expect.arrayContaining(['/rss.xml']))
    }
  })

  test('a bridge that stands on a private address is not asked; where it is open it is', async () => {
    const t = await testDatabase({ now: '2026-06-01T12:00:00+08:00' })
    closing.push(() => t.close())
    await t.db.sql`insert into channel (kind, name, address, address_raw, identity_key, account_id) values ('weibo', 'x', 'https://weibo.com/u/5044281310', 'x', 'uid=5044281310', '5044281310')`
    await setBridge({ ctx: t.ctx, keys: { data: '/nonexistent' }, input: { kind: 'weibo', type: 'rsshub', url: to('127.0.0.1', '') } })
    const bases = Object.fromEntries((await hostsOf('https://weibo.com/u/5044281310')).map((h) => [h, `http://${OPEN}:9`]))
    for (const fetcher of [shut, opened]) {
      const sight = await visitAddress({ address: 'https://weibo.com/u/5044281310', ctx: t.ctx, config: config(), clock: t.ctx.clock, log, fetcher, bases })
      expect(sight.newest).toBeNull()
      expect(private_.touched > 0).toBe(fetcher === opened)
    }
  })
})

describe('what operators set', () => {
  test('a recipe tried on a private page, or one whose search lies there, reads nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'huoshui-recipe-'))
    try {
      const file = join(folder, 'r.json')
      writeFileSync(file, JSON.stringify({ id: 'inner', name: 'x', fits: { marks: ['x'] }, lists: [{ rows: 'li', title: { select: 'a' }, link: { attribute: 'href' }, date: { select: 'span' } }], search: { url: `${to('127.0.0.1', '/s')}?k={word}`, results: 'li', title: { select: 'a' } } }))
      for (const args of [{ address: to('127.0.0.1') }, { address: to('[::1]') }, { address: `http://${OPEN}:9/`, word: '教育' }]) {
        await expect(tryRecipe({ recipe: file, ...args, config: config(), clock, log })).rejects.toMatchObject({ code: 'unavailable' })
      }
      expect(private_.touched).toBe(0)
      await tryRecipe({ recipe: file, address: to('127.0.0.1'), config: config({ allowNets: [OPEN, ...SHUT] }), clock, log })
      expect(private_.touched).toBeGreaterThan(0)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('the second vantage is led to no private address and no name that only its own network knows', async () => {
    const way = await proxy()
    closing.push(() => way.close())
    const guard = createGuard({ allowNets: [OPEN], resolve })
    const look = async (url: string, g = guard) => {
      const other = secondVantage(way.url, { guard: g, canaries: [], now: () => 0 })
      try {
        return await other.look(url, clock.now(), AbortSignal.timeout(5000))
      } finally {
        await other.close()
      }
    }
    for (const host of ['127.0.0.1', '[::1]', '0x7f.1', 'inner.jingan.gov.cn', 'localhost', 'db.internal', 'printer.local', 'metadata', 'metadata.google.internal', 'a..gov.cn', '127.0.0.1..', 'x.127.0.0.1..', 'nas.lan', 'x.localhost.']) {
      expect([host, (await look(to(host))).second]).toEqual([host, 'none'])
    }
    expect(way.asked).toEqual([])
    expect(private_.touched).toBe(0)
    // A public name that is unknown here is what the other vantage is for; and what is open goes through.
    way.route = () => null
    await look('http://lost.jingan.gov.cn/')
    expect(way.asked).toContain('lost.jingan.gov.cn:80')
    way.route = (target) => ({ host: target.slice(0, target.lastIndexOf(':')).replace(/^\[|\]$/g, ''), port: Number(target.slice(target.lastIndexOf(':') + 1)) })
    await look(to('inner.jingan.gov.cn'), createGuard({ allowNets: SHUT, resolve }))
    expect(private_.touched).toBeGreaterThan(0)
  })

  test('a week of availability says of a private address that it saw nothing', async () => {
    for (const host of ['127.0.0.1', 'inner.jingan.gov.cn', 'inner6.jingan.gov.cn']) {
      expect(await openHome(shut, to(host, '/'), { now: clock.now(), signal: AbortSignal.timeout(5000) })).toMatchObject({ outcome: 'address_denied', open: null })
    }
    expect(private_.touched).toBe(0)
    await openHome(opened, to('127.0.0.1', '/'), { now: clock.now(), signal: AbortSignal.timeout(5000) })
    expect(private_.touched).toBe(1)
  })

  test('mail goes to no private host, by whatever name; where it is open it does', async () => {
    const letter = { address: 'a@example.gov.cn', subject: 'x', body: 'y' }
    for (const host of ['127.0.0.1', '[::1]', 'localhost', '2130706433', '0x7f.1', 'inner.jingan.gov.cn', 'inner6.jingan.gov.cn', '[::ffff:127.0.0.1]']) {
      for (const scheme of ['smtp', 'smtps']) {
        const send = emailSender({ smtp: `${scheme}://u:p@${host}:${private_.port}`, from: 'h@example.gov.cn', connect: guardedSocket(createGuard({ allowNets: [OPEN], resolve: (name) => (NAMES[name] === undefined ? Promise.resolve(['127.0.0.1']) : resolve(name)) })) })
        await expect(send(letter)).rejects.toThrow(/may not be reached/)
      }
    }
    expect(private_.touched).toBe(0)
    // It hears who speaks, and hangs up.
    let heard = 0
    const server = createServer((socket) => void ((heard += 1), socket.end('554 no\r\n')))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as { port: number }
    await expect(emailSender({ smtp: `smtp://127.0.0.1:${port}`, from: 'h@example.gov.cn', connect: guardedSocket(createGuard({ allowNets: ['127.0.0.1'] })) })(letter)).rejects.toThrow()
    expect(heard).toBe(1)
    await new Promise((done) => server.close(done))
  })

  test('robots are those of two hosts, and their names are judged like any other', async () => {
    const t = await testDatabase()
    closing.push(() => t.close())
    const subscribeTo = (way: 'wecom' | 'dingtalk', address: string) => subscribe({ ctx: t.ctx, input: { name: 'x', way, address, role: 'operations' } })
    for (const address of [to('127.0.0.1'), `https://127.0.0.1:${private_.port}/`, `https://qyapi.weixin.qq.com:${private_.port}/cgi-bin`, 'http://qyapi.weixin.qq.com/cgi-bin', 'https://qyapi.weixin.qq.com.evil.cn/', 'https://qyapi.weixin.qq.com@127.0.0.1/', 'https://evil.cn/?https://qyapi.weixin.qq.com/', 'https://oapi.dingtalk.com/', 'https://ｌｏｃａｌｈｏｓｔ/']) {
      await expect(subscribeTo('wecom', address)).rejects.toMatchObject({ code: 'bad_input' })
    }
    const turned = createFetcher({ guard: createGuard({ resolve: () => Promise.resolve(SHUT) }) })
    closing.push(() => turned.close())
    const send = robotSender('wecom', async (url, body) => {
      const answer = await turned.fetch({ url, method: 'POST', body: JSON.stringify(body) })
      if (answer.status === null) throw new Error(answer.outcome)
      return { status: answer.status, text: '' }
    })
    await expect(send({ address: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1', subject: 'x', body: 'y' })).rejects.toThrow('address_denied')
    expect(private_.touched).toBe(0)
  })
})
