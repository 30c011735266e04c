import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createBrowserPool, createGuard } from '../../src/fetch/index.ts'
import type { BrowserPool } from '../../src/fetch/index.ts'
import { runProbes } from '../../src/probes/index.ts'
import type { ProbeRun } from '../../src/probes/index.ts'
import { PROBE_VALUES } from '../../src/standard/needs.ts'
import type { ProbeId } from '../../src/standard/needs.ts'
import type { Site } from '../fetch/servers.ts'
import { PAIR } from '../fetch/certificate.ts'
import { site } from '../fetch/servers.ts'
import { articles, contextOf, home, serveRoutes, tryProbe } from './try.ts'
import type { Page, Routes } from './try.ts'

const sites: Site[] = []
let pool: BrowserPool
beforeAll(() => { pool = createBrowserPool({ guard: createGuard({ allowNets: ['127.0.0.1/32'] }), maxMemory: 700_000_000 }) })
afterEach(() => Promise.all(sites.splice(0).map((s) => s.close())))
afterAll(() => pool.close())
const serve = async (routes: Routes, missing?: Page): Promise<Site> => {
  const s = await serveRoutes({ ...articles(), ...routes }, missing)
  sites.push(s)
  return s
}
const FORM = '<form action="/so" method="get" class="search"><input type="text" name="wd"><button>搜索</button></form>'
const SHELL = (script: string): string => `<html><head><title>搜索</title></head><body><div id="app"></div><script>${script}</script></body></html>`

describe('hostile sites', () => {
  it.each([
    ['opens dialogs for ever', SHELL('for(;;)alert("x")'), /dialogs without end|took|longer/],
    ['allocates without end', SHELL('var a=[];for(;;)a.push(new Array(1e6).fill(Math.random()))'), /memory|crash|took|longer/],
    ['never stops', SHELL('for(;;);'), /took|longer|within/],
    ['leads to a private address', SHELL('location.href="http://10.0.0.1/"'), /10\.0\.0\.1|may not be reached/],
  ])('a page of results that %s is bounded, named, not observed, and the pool goes on', async (_, page, why) => {
    const s = await serve({ '/': home(FORM), '/so': page })
    const context = await contextOf(s.url, { ask: { render: (r) => pool.render({ ...r, timeout: 4000, settle: 500 }) } })
    const [run] = await runProbes(['search'], context)
    expect(run?.value).toMatchObject({ box: true, works: null })
    expect(JSON.stringify(run?.value)).not.toMatch(/"found":(?:true|false)/)
    const shown = run?.steps.filter((s) => s.do === 'render') ?? []
    expect(shown.length).toBeGreaterThan(0)
    for (const step of shown) {
      expect(step.outcome).not.toBe('ok')
      expect(step.said?.['why']).toMatch(why)
    }
    const after = await pool.render({ url: `${s.url}/col0/` })
    expect(after.outcome).toBe('ok')
  }, 120_000)

  it('a browser killed in mid-probe, again and again: named as our own fault, not observed, and the pool starts another', async () => {
    let killed = 0
    const s = await serve({ '/': home(FORM), '/so': (req, res) => {
      // Plain requests are answered with a shell; those of the browser end the browser.
      if (String(req.headers['sec-fetch-mode'] ?? req.headers['upgrade-insecure-requests'] ?? '') !== '' && pool.stats.pid !== null) {
        killed += 1
        process.kill(pool.stats.pid, 'SIGKILL')
        return
      }
      res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(SHELL('fetch("/x")'))
    } })
    const context = await contextOf(s.url, { ask: { render: (r) => pool.render({ ...r, timeout: 20_000, settle: 300 }) } })
    const [run] = await runProbes(['search'], context)
    expect(killed).toBeGreaterThan(1)
    expect(run?.value).toMatchObject({ box: true, works: null })
    expect(run?.steps.filter((x) => x.do === 'render').map((x) => x.outcome)).toEqual(expect.arrayContaining(['own_fault']))
    expect((await pool.render({ url: `${s.url}/col0/` })).outcome).toBe('ok')
  }, 120_000)

  it('endless redirects, huge pages, a million links, deep nests: every probe ends with a value of its form or a named reason', async () => {
    const deep = `${'<div>'.repeat(60_000)}深${'</div>'.repeat(60_000)}`
    const s = await serve({
      '/': home(`<a href="/loop">循环</a><a href="/bsfw/">办事服务</a><a href="/hdjl/">互动交流</a>${FORM}${Array.from({ length: 5000 }, (_, i) => `<a href="/many/${i % 2000}">更多${i}</a>`).join('')}`),
      '/loop': { to: '/loop' }, '/so': { to: '/so?again' }, '/hdjl/': `<html><body>${'<p>字</p>'.repeat(200_000)}</body></html>`, '/bsfw/': `<html><body>${deep}</body></html>`,
    }, '<html><body>x</body></html>')
    const context = await contextOf(s.url, { columns: [{ name: '互动交流', path: '/hdjl/', class: 'interaction' }, { name: '办事服务', path: '/bsfw/', class: 'service' }] })
    const runs: readonly ProbeRun[] = await runProbes('all', context)
    for (const run of runs) {
      if (run.value === null) expect(run.outcome).not.toBe('ok')
      else PROBE_VALUES[run.id as ProbeId].parse(run.value)
      expect(run.outcome, `${run.id}: ${run.note ?? ''}`).not.toBe('own_fault')
      expect(run.cost.requests).toBeLessThanOrEqual(510)
    }
    expect(runs.find((r) => r.id === 'links')?.value).toMatchObject({ not_observed: expect.arrayContaining([expect.objectContaining({ url: `${s.url}/loop`, reason: 'redirect_loop' })]) })
    expect(runs.find((r) => r.id === 'search')?.value).toMatchObject({ works: null })
  }, 120_000)
})

describe('hijack', () => {
  const of = async (extra: string): Promise<{ kind: string }[]> => (await tryProbe('hijack', await contextOf((await serve({ '/': home(extra) })).url))).value.suspects
  it('suspects gambling words, hidden links and parked outlinks', async () => {
    expect(await of('<a href="http://x1.invalid/">澳门新葡京赌场</a><a href="/art/1.html">我县公安局打击网络赌博网站</a>')).toMatchObject([{ kind: 'bad_words', url: 'http://x1.invalid/' }])
    expect(await of('<div style="position:absolute;left:-9999px"><a href="http://a.invalid/">便宜</a><a href="http://b.invalid/">药</a><a href="http://c.invalid/">贷</a></div>')).toMatchObject([{ kind: 'hidden_link' }, { kind: 'hidden_link' }, { kind: 'hidden_link' }])
    const parked = await serve({ '/': '<html><head><title>jx-old.cn</title></head><body>该域名正在出售，有意者请联系</body></html>' })
    expect(await of(`<a href="${parked.url}/">友情链接</a>`)).toMatchObject([{ kind: 'outlink', url: `${parked.url}/` }])
  })
  const decayedHome = async (page: string) => (await tryProbe('hijack', await contextOf((await serve({ '/': page })).url))).value
  it.each([
    ['a parked domain', '<html><head><title>jx-old.cn</title></head><body><h1>该域名正在出售</h1><p>有意者请联系</p></body></html>', '停放'],
    ['a gambling page in its stead', '<html><head><title>澳门新葡京娱乐场-官方网站</title></head><body><p>欢迎光临</p></body></html>', '赌博'],
    ['the default page of nginx', '<html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working.</p></body></html>', '默认页'],
    ['the default page of Tomcat', '<html><head><title>Apache Tomcat/8.5.5</title></head><body><h1>Apache Tomcat/8.5.5</h1><p>If you\'re seeing this, you\'ve successfully installed Tomcat. Congratulations!</p></body></html>', '默认页'],
    ['an interception for want of a licence', '<html><head><title>网站未备案</title></head><body><p>该网站暂时无法访问</p><p>该网站未备案，不得开展网站服务</p></body></html>', '未备案'],
  ])('%s in place of the home page is urgent', async (_, html, what) => {
    const value = await decayedHome(html)
    expect(value.urgent).toBe(true)
    expect(value.suspects).toContainEqual(expect.objectContaining({ kind: 'home', what: expect.stringContaining(what) }))
  })
  it('gambling words put into the keywords are urgent', async () => {
    expect(await decayedHome(home('').replace('<meta name="SiteName"', '<meta name="keywords" content="六合彩,时时彩"><meta name="SiteName"'))).toMatchObject({ urgent: true, suspects: [{ kind: 'bad_words' }] })
  })
  it('an outlink whose domain somebody else has now, and one whose domain nobody has; a name server that fails says nothing', async () => {
    const taken = await serve({ '/': `<html><head><title>太阳城集团-体育投注</title></head><body>${'<p>欢迎</p>'.repeat(60)}</body></html>` })
    const bare = await serve({ '/': '<html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1></body></html>' })
    const old = `${bare.url.replace('127.0.0.1', '127.0.0.2')}/`
    const s = await serve({ '/': home(`<a href="${taken.url}/">合作媒体</a><a href="${old}">旧站</a><a href="http://gone.example/">友情链接</a><a href="http://unsure.example/">友情链接二</a>`) })
    const context = await contextOf(s.url)
    const asked: string[] = []
    const run = await tryProbe('hijack', { ...context, ask: { ...context.ask, fetch: async (request) => {
      const { host, hostname } = new URL(request.url)
      if (hostname.endsWith('.example')) {
        asked.push(`${request.method ?? 'GET'} ${hostname}`)
        return { outcome: 'dns', status: null, url: request.url, redirects: [], headers: {}, bytes: new Uint8Array(), truncated: false, ms: 1, error: hostname === 'gone.example' ? 'getaddrinfo ENOTFOUND gone.example' : 'queryA ESERVFAIL unsure.example' }
      }
      return context.ask.fetch(hostname === '127.0.0.2' ? { ...request, url: request.url.replace(host, new URL(bare.url).host) } : request)
    } } })
    expect(new Map(run.value.suspects.map((x) => [x.url, x.kind]))).toEqual(new Map([[`${taken.url}/`, 'outlink'], [old, 'outlink'], ['http://gone.example/', 'dead_outlink']]))
    expect(run.value.urgent).toBe(true)
    expect(asked.toSorted()).toEqual(['GET gone.example', 'GET unsure.example', 'HEAD gone.example'])
  })
  it('leaves alone menus, official links and warnings', async () => {
    expect(await of('<div style="display:none"><a href="/art/2.html">菜单</a><a href="http://www.gov.cn/">中国政府网</a></div><a href="/art/1.html">警惕“六合彩”骗局</a><a href="http://x.invalid/">谨防百家乐赌博陷阱</a>')).toEqual([])
  })
})

describe('ipv6 and tls', () => {
  it('is not observed where nobody can be asked', async () => {
    const s = await serve({ '/': home('') })
    const context = await contextOf(s.url)
    expect((await tryProbe('ipv6', context)).outcome).toBe('dns')
    const named = { ...context, home: { ...context.home, url: 'http://www.jingan.gov.cn/' } }
    expect((await tryProbe('ipv6', named)).outcome).toBe('own_fault')
    const asked = (addresses: readonly string[] | null, reached: boolean | null) => tryProbe('ipv6', { ...named, ask: { ...context.ask, names6: async () => addresses, reach6: async () => reached } })
    expect((await asked(['2001:db8::1'], true)).value).toMatchObject({ aaaa: true, reached: true })
    expect((await asked(['2001:db8::1'], null)).value).toMatchObject({ aaaa: true, reached: null })
    expect((await asked([], true)).value).toMatchObject({ aaaa: false, reached: null })
    expect((await asked(null, null)).outcome).toBe('dns')
  })
  it('counts the days that a certificate has left', async () => {
    const plain = await serve({ '/': home('') })
    expect((await tryProbe('tls', await contextOf(plain.url))).value).toMatchObject({ https: false, daysLeft: null })
    const secure = await site((_req, res) => res.end('x'), { tls: PAIR })
    sites.push(secure)
    const context = await contextOf(plain.url)
    const seen: [string, number][] = []
    const run = await tryProbe('tls', { ...context, home: { ...context.home, url: `${secure.url}/` }, ask: { ...context.ask, certificate: async (host, port) => { seen.push([host, port]); return { validTo: new Date('2026-12-03T04:00:00Z') } } } })
    expect(run.value).toMatchObject({ https: true, daysLeft: 10 })
    expect(seen).toEqual([['127.0.0.1', secure.port]])
  })
})
