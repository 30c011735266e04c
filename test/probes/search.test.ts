import { afterEach, describe, expect, it } from 'vitest'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Site } from '../fetch/servers.ts'
import { recipeSchema } from '../../src/probes/index.ts'
import { HEADLINES, articles, contextOf, home, serveRoutes, tryProbe } from './try.ts'
import type { Routes } from './try.ts'

const sites: Site[] = []
afterEach(() => Promise.all(sites.splice(0).map((s) => s.close())))
const serve = async (routes: Routes): Promise<Site> => {
  const s = await serveRoutes({ ...articles(), ...routes })
  sites.push(s)
  return s
}
const FORM = '<form action="/so" method="get"><input type="hidden" name="site" value="7"><input type="text" name="wd" placeholder="请输入关键字"><button>搜索</button></form>'

/** A search over the headlines, as a page of results. `blind` finds none. */
const results = ({ blind = false, groups = true, parameter = 'wd' } = {}) => (req: IncomingMessage, res: ServerResponse): void => {
  const word = new URL(req.url ?? '', 'http://x').searchParams.get(parameter) ?? ''
  const hits = blind ? [] : HEADLINES.filter(([, title]) => title.includes(word))
  res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
  res.end(`<html><head><title>站内搜索</title></head><body>${groups ? '<ul><li>全部</li><li>新闻</li><li>政策文件</li><li>服务</li></ul>' : ''}<p>${hits.length > 0 ? `共找到 ${hits.length} 条结果` : '没有找到相关结果'}</p>
  <ul>${hits.map(([u, t, d]) => `<li><a href="${u}">${t.replace(word, `<em>${word}</em>`)}</a><span>${d}</span></li>`).join('')}</ul>
  <div class="side"><h3>最新信息</h3><ul>${HEADLINES.map(([u, t]) => `<li><a href="${u}">${t}</a></li>`).join('')}</ul></div></body></html>`)
}
const founds = (run: { value: { tried: { found: boolean | null }[] } }): (boolean | null)[] => run.value.tried.map((t) => t.found)

describe('search', () => {
  it('finds four headlines by the form, grouped, dated and recent', async () => {
    const s = await serve({ '/': home(FORM), '/so': results() })
    const run = await tryProbe('search', await contextOf(s.url))
    expect(run.value).toMatchObject({ box: true, works: true, grouped: true, fuzzy: true, dated: true, recent: true, address: `${s.url}/so?site=7&wd={word}` })
    expect(founds(run)).toEqual([true, true, true, true])
    expect(run.value.tried[0]?.title).toBe(HEADLINES[0][1])
    expect(run.evidence.length).toBeGreaterThanOrEqual(5)
  })

  it('is not taken in by the newest headlines beside a page without results', async () => {
    const s = await serve({ '/': home(FORM), '/so': results({ blind: true, groups: false }) })
    const run = await tryProbe('search', await contextOf(s.url))
    expect(founds(run)).toEqual([false, false, false, false])
    expect(run.value).toMatchObject({ box: true, works: true, grouped: null })
  })

  it.each([
    ['a script', '<input id="kw"><a href="javascript:go()">搜索</a><script>function go(){location.href="/so/list.html?keyword="+encodeURIComponent(document.getElementById("kw").value)}</script>', '/so/list.html', 'keyword'],
    ['a page of its own', '<a href="/search/index.html">站内搜索</a>', '/so', 'wd'],
  ])('finds the box behind %s', async (_, extra, path, parameter) => {
    const s = await serve({ '/': home(extra), [path]: results({ parameter }), '/search/index.html': `<html><body>${FORM}</body></html>` })
    const run = await tryProbe('search', await contextOf(s.url))
    expect(run.value).toMatchObject({ box: true, works: true })
    expect(founds(run)).toEqual([true, true, true, true])
  })

  it('says no box only of a page read whole, and of none with a script that may draw one', async () => {
    const bare = await serve({ '/': home('') })
    expect((await tryProbe('search', await contextOf(bare.url))).value).toMatchObject({ box: false, works: null, tried: [] })
    const scripted = await serve({ '/': home('<script src="/js/jsearch.js"></script>') })
    expect((await tryProbe('search', await contextOf(scripted.url))).value).toMatchObject({ box: true, works: null, tried: [] })
    const short = await serve({ '/': '<html><body><a href="/x">进入</a></body></html>' })
    expect((await tryProbe('search', await contextOf(short.url))).value.box).toBeNull()
  })

  it.each([['missing', { status: 404, body: 'x' }, false, [null, null, null, null]], ['a failing server', { status: 500, body: 'x' }, null, [null]], ['a wall', { status: 200, body: '<html><title>拦截</title><body>您的访问请求可能对网站造成安全威胁，请求已被阻断</body></html>' }, null, [null]], ['a shell', '<html><body><div id="app"></div><script src="/a.js"></script></body></html>', null, [null, null, null, null]]] as const)('judges %s', async (_, page, works, found) => {
    const s = await serve({ '/': home(FORM), '/so': page as never })
    const run = await tryProbe('search', await contextOf(s.url))
    expect(run.value.works).toBe(works)
    expect(founds(run).slice(0, found.length)).toEqual(found)
    expect(founds(run)).not.toContain(false)
  })

  it('posts a search only where the organisation allows it', async () => {
    const s = await serve({ '/': home('<form action="/so" method="post" class="search"><input type="text" name="wd"><button>搜索</button></form>'), '/so': (req, res) => {
      let body = ''
      req.on('data', (c) => { body += c })
      req.on('end', () => results()(Object.assign(req, { url: `/so?${body}` }), res))
    } })
    const barred = await tryProbe('search', await contextOf(s.url))
    expect(barred.value).toMatchObject({ box: true, works: null })
    expect(s.requests.some((r) => r.method === 'POST')).toBe(false)
    const allowed = await tryProbe('search', await contextOf(s.url, { policy: { mayPost: true } }))
    expect(allowed.value.works).toBe(true)
    expect(founds(allowed)).toEqual([true, true, true, true])
  })

  it('asks the browser where results are drawn by script', async () => {
    const s = await serve({ '/': home(FORM), '/so': '<html><head><title>搜索</title></head><body><div id="app"></div><script src="/a.js"></script></body></html>' })
    const asked: string[] = []
    const run = await tryProbe('search', await contextOf(s.url, { ask: { render: async ({ url }) => {
      asked.push(url)
      const [u, t, d] = HEADLINES[0]
      return { outcome: 'ok', status: 200, url, html: `<html><body><p>共找到1条结果</p><ul><li><a href="${u}">${t}</a>${d}</li></ul>${'<p>搜索说明</p>'.repeat(20)}</body></html>`, settled: true, screenshot: null, requests: 3 }
    } } }))
    expect(asked.length).toBeGreaterThan(0)
    expect(founds(run)[0]).toBe(true)
    expect(run.value.works).toBe(true)
  })

  it('follows a recipe', async () => {
    const s = await serve({ '/': home('<script src="/js/search.js"></script>'), '/api/s.html': (req, res) => {
      const word = new URL(req.url ?? '', 'http://x').searchParams.get('k') ?? ''
      res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      res.end(`<html><body>${HEADLINES.filter(([, t]) => t === word).map(([u, t]) => `<div class="r"><b data-t="${t}">…</b><i data-u="${u}"></i></div>`).join('')}${'<p>说明文字</p>'.repeat(30)}</body></html>`)
    } })
    const recipe = recipeSchema.parse({ id: 'x', name: 'x', fits: { hosts: [] }, search: { url: '/api/s.html?k={word}', results: '.r', title: { select: 'b', attribute: 'data-t' }, link: { select: 'i', attribute: 'data-u' } } })
    const run = await tryProbe('search', await contextOf(s.url, { recipe }))
    expect(founds(run)).toEqual([true, true, true, true])
  })
})
