import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { list, ordinary, page, rows, serve, world } from './harness.ts'
import type { Route, TestSite, World } from './harness.ts'

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

describe('a site in order', () => {
  test('home page, columns of the navigation and their newest publications are written with witnesses and evidence', async () => {
    const s = await site(ordinary())
    const id = await w.register(s.url)
    const sum = await w.visit(id)
    expect(sum).toMatchObject({ outcome: 'ok', pages: 6, newest: '2026-05-30', written: true, rendered: false })
    expect(await w.column(id, '工作动态')).toMatchObject({ outcome: 'ok', newest: '2026-05-30', class: 'news', source: 'navigation', active: true, witness: { source: 'list_row' } })
    expect(await w.column(id, '通知公告')).toMatchObject({ newest: '2026-05-20', class: 'notice' })
    expect(await w.column(id, '政策文件')).toMatchObject({ newest: '2026-04-01', class: 'policy', url: `${s.url}zcwj/` })
    expect(await w.column(id, '机构职能')).toMatchObject({ newest: null, outcome: 'ok', empty: false })
    const [home] = await w.observations(id, 'home')
    expect(home).toMatchObject({ outcome: 'ok', newest: '2026-05-30', value: { everyRowDated: true, navigationOnly: false, status: 200 } })
    expect(Buffer.from((await w.evidence.get(home!.evidence[0]!))!).toString()).toContain('某某县教育局')
    const [consultation] = await w.observations(id, 'consultation')
    expect(consultation!.value).toMatchObject({ wholeHomeRead: true })
    expect(JSON.stringify(consultation!.value)).toContain('我要咨询')
    const [channel] = await w.database.db.sql`select newest_on::text as newest, last_outcome, claimed_slot, next_due_at is not null as due, due_reason from channel where id = ${id}`
    expect(channel).toMatchObject({ newest: '2026-05-30', last_outcome: 'ok', claimed_slot: null, due: true })
    const [use] = await w.database.db.sql`select url, final_url, status, headers from evidence_use where channel_id = ${id} and url = ${s.url}`
    expect(use).toMatchObject({ final_url: s.url, status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } })
  })

  test('the same path with another query is one column, and other sites’ entries are none', async () => {
    const routes = ordinary()
    routes['/'] = (routes['/'] as string).replace('<li><a href="/zcwj/">政策文件</a></li>', '<li><a href="/zcwj/">政策文件</a></li><li><a href="/zcwj/?page=2">更多政策</a></li><li><a href="http://www.other.example/x/">政务服务网</a></li>')
    const s = await site(routes)
    const id = await w.register(s.url)
    await w.visit(id)
    const names = await w.database.db.sql<{ name: string }[]>`select name from site_column where channel_id = ${id} order by id`
    expect(names.map((r) => r.name)).toEqual(['工作动态', '通知公告', '政策文件', '机构职能', '互动交流'])
  })

  test('the ledger’s columns stand before the navigation’s', async () => {
    const s = await site(ordinary())
    const id = await w.register(s.url)
    await w.database.db.sql`insert into site_column (channel_id, url, url_key, name, class, source, first_seen_at, last_seen_at) values (${id}, ${`${s.url}tzgg/`}, ${`${s.url.slice(7)}tzgg`}, '公示公告', 'notice', 'ledger', now(), now())`
    const sum = await w.visit(id)
    expect(sum.pages).toBe(2)
    expect(await w.column(id, '公示公告')).toMatchObject({ newest: '2026-05-20', source: 'ledger' })
  })

  test('a column that is truly empty is told from one that cannot be read', async () => {
    const routes = ordinary()
    routes['/tzgg/'] = page('通知公告', '<h2>通知公告</h2><ul class="list"></ul><p>暂无数据</p>')
    routes['/zcwj/'] = page('政策文件', '<h2>政策文件</h2><div id="list"></div><script>draw(document.getElementById("list"))</script>')
    const s = await site(routes)
    const id = await w.register(s.url)
    await w.visit(id)
    expect(await w.column(id, '通知公告')).toMatchObject({ outcome: 'ok_empty', empty: true, newest: null })
    expect(await w.column(id, '政策文件')).toMatchObject({ outcome: 'unreadable', empty: false, newest: null, observedAt: null })
  })

  test('a list without dates is dated by its articles, and only then are articles opened', async () => {
    const routes = ordinary()
    routes['/tzgg/'] = page('通知公告', `<h2>通知公告</h2><ul class="list">${[1, 2, 3, 4, 5].map((i) => `<li><a href="/tzgg/n${i}.html">关于开展第${i}批教师资格认定工作的通知</a></li>`).join('')}</ul>`)
    for (const [i, day] of ['2026-05-02', '2026-05-11', '2026-04-01'].entries()) {
      routes[`/tzgg/n${i + 1}.html`] = page('关于开展教师资格认定工作的通知', `<h1>关于开展第${i + 1}批教师资格认定工作的通知</h1><div class="info">发布时间：${day} 来源：县教育局</div><p>${'各有关单位：现将有关事项通知如下。'.repeat(12)}</p>`)
    }
    const s = await site(routes)
    const id = await w.register(s.url)
    await w.visit(id)
    expect(await w.column(id, '通知公告')).toMatchObject({ newest: '2026-05-11', outcome: 'ok' })
    expect(s.asked.filter((p) => p.startsWith('/tzgg/n'))).toEqual(['/tzgg/n1.html', '/tzgg/n2.html', '/tzgg/n3.html'])
    expect((await w.column(id, '通知公告')).evidence!.length).toBe(4)
  })

  test('only pinned rows on the first page: the next one is read', async () => {
    const routes = ordinary()
    const pinned = rows('2024-03-01', '通知公告', 3).map(([t, u, d]) => [`[置顶]${t}`, u, d] as const)
    routes['/tzgg/'] = page('通知公告', `<h2>通知公告</h2>${list(pinned)}<div class="pages"><a href="/tzgg/index_1.html">下一页</a></div>`)
    routes['/tzgg/index_1.html'] = page('通知公告', `<h2>通知公告</h2>${list(rows('2026-05-25', '通知公告'))}`)
    const s = await site(routes)
    const id = await w.register(s.url)
    await w.visit(id)
    expect(await w.column(id, '通知公告')).toMatchObject({ newest: '2026-05-25' })
  })

  test('the home page testifies to a column with its own witness', async () => {
    const routes = ordinary()
    routes['/gzdt/'] = page('工作动态', `<h2>工作动态</h2>${list(rows('2026-05-01', '工作动态'))}`)
    const s = await site(routes)
    const id = await w.register(s.url)
    await w.visit(id)
    const column = await w.column(id, '工作动态')
    expect(column.newest).toBe('2026-05-30')
    expect(column.witness?.where).toMatch(/^home page/)
  })
})

describe('ways in', () => {
  const inside = (): Record<string, Route> => {
    const { '/': home, ...rest } = ordinary()
    return { '/index.html': home!, ...rest }
  }
  test.each([
    ['meta refresh', '<html><head><meta http-equiv="Refresh" content="0;URL=\'/index.html\'"><title>某局</title></head><body></body></html>'],
    ['script redirect', '<html><head><title>某局</title><script>window.location.href = "/index.html";</script></head><body></body></html>'],
    ['frameset', '<html><head><title>某局</title></head><frameset rows="*"><frame src="/index.html" name="main"></frameset></html>'],
  ])('%s', async (_name, door) => {
    const s = await site({ ...inside(), '/': door })
    const id = await w.register(s.url)
    expect(await w.visit(id)).toMatchObject({ outcome: 'ok', newest: '2026-05-30' })
    expect(await w.column(id, '政策文件')).toMatchObject({ newest: '2026-04-01' })
  })

  test('refreshes that go round are a loop and nothing more', async () => {
    const refresh = (to: string): string => `<html><head><meta http-equiv="refresh" content="0;url=${to}"><title>某局</title></head><body></body></html>`
    const s = await site({ '/': refresh('/a.html'), '/a.html': refresh('/b.html'), '/b.html': refresh('/') })
    const id = await w.register(s.url)
    expect(await w.visit(id)).toMatchObject({ outcome: 'redirect_loop', newest: null })
  })

  test('a page that leads to another site is not followed into it', async () => {
    const other = await serve(ordinary(), '127.0.0.9')
    sites.push(other)
    const s = await site({ '/': `<html><head><meta http-equiv="refresh" content="0;url=${other.url}"><title>某局</title></head><body></body></html>` })
    const id = await w.register(s.url)
    expect(await w.visit(id)).toMatchObject({ outcome: 'moved', newest: null })
    const [home] = await w.observations(id, 'home')
    expect(home!.value).toMatchObject({ movedTo: other.url })
    expect(other.asked).toEqual(['/'])
  })

  test('a list drawn from a data proxy, a static fragment and a JSON address', async () => {
    const routes = ordinary()
    routes['/tzgg/'] = page('通知公告', `<h2>通知公告</h2><div id="l"></div><script>$.getJSON('/data/tzgg.json', function (r) { render(r); });</script>`)
    routes['/data/tzgg.json'] = { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ data: rows('2026-05-28', '通知公告').map(([title, url, publishDate]) => ({ title, url, publishDate })) }) }
    routes['/zcwj/'] = page('政策文件', `<h2>政策文件</h2><script parseType="buildstatic" url="/api/unit" querydata="{'parseType':'buildstatic','webId':'1'}"></script>`)
    routes['/api/unit?parseType=buildstatic&webId=1'] = { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ data: { html: list(rows('2026-05-27', '政策文件')) } }) }
    const s = await site(routes)
    const id = await w.register(s.url)
    await w.visit(id)
    expect(await w.column(id, '通知公告')).toMatchObject({ newest: '2026-05-28', outcome: 'ok' })
    expect(await w.column(id, '政策文件')).toMatchObject({ newest: '2026-05-27', outcome: 'ok' })
  })
})

describe('what stands in the way is named, and holds nothing against the site', () => {
  const html = (title: string, body: string): string => `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`
  const cases: readonly (readonly [string, string, Route])[] = [
    ['not_found', '404', { status: 404, body: html('404', '<h1>404 Not Found</h1>') }],
    ['not_found', '410', { status: 410, body: html('410', '<h1>Gone</h1>') }],
    ['challenge', '412 script', { status: 412, body: html('', '<script>$_ts=window["$_ts"];if(!$_ts)$_ts={};$_ts.nsd=1;$_ts.cd="x";</script>') }],
    ['challenge', '521', { status: 521, body: '<script>document.cookie="__jsl_clearance_s=1";location.href=location.pathname</script>' }],
    ['challenge', '403 firewall page', { status: 403, body: html('您的访问请求可能对网站造成安全威胁', '<h2>您的访问请求可能对网站造成安全威胁，请求已被管理员阻断。</h2>') }],
    ['challenge', '404 with a firewall page', { status: 404, body: html('访问异常页面', '<h1>当前访问可能对网站安全造成威胁，已被网站卫士拦截</h1>') }],
    ['challenge', '200 firewall page', { body: html('访问异常页面', '<h1>当前访问可能对网站安全造成威胁，已被网站卫士拦截</h1>') }],
    ['forbidden', '403', { status: 403, body: html('403 Forbidden', '<h1>Forbidden</h1>') }],
    ['login_wall', 'sign-in page', { body: html('统一身份认证平台', '<h2>用户登录</h2><form action="/login" method="post"><input name="username"><input type="password" name="password"></form><p>请登录后访问</p>') }],
    ['rate_limited', '429', { status: 429, headers: { 'retry-after': '30' }, body: html('429', 'Too Many Requests') }],
    ['server_error', '500', { status: 500, body: html('500', 'Internal Server Error') }],
    ['parked', 'domain for sale', { body: html('域名出售', '<h1>您访问的域名正在出售</h1><p>This domain is for sale! Buy this domain.</p>') }],
    ['default_page', 'server’s own page', { body: html('Welcome to nginx!', '<h1>Welcome to nginx!</h1><p>Thank you for using nginx.</p>') }],
    ['closed_notice', 'closure announced', { body: html('关停公告', '<h1>关停公告</h1><p>某某网站已于2026年3月1日起正式关停，不再提供服务。</p>') }],
    ['empty_shell', 'title only', { body: html('某某县教育局', '<div></div>') }],
    ['too_large', 'gzip bomb', { headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(20_000_000, 0x20)) }],
    ['unreadable', 'a PDF in the page’s place', { headers: { 'content-type': 'application/pdf' }, body: '%PDF-1.7 …' }],
    ['truncated', 'cut body', (_req, res) => {
      res.writeHead(200, { 'content-type': 'text/html', 'content-length': 90_000 })
      res.write(page('某局', '内容'), () => res.destroy())
    }],
    ['redirect_loop', '302 for ever', (req, res) => void res.writeHead(302, { location: req.url === '/' ? '/x' : '/' }).end()],
  ]
  test.each(cases)('%s: %s', async (outcome, _name, route) => {
    const s = await site({ '/': route, '/x': route })
    const id = await w.register(s.url)
    expect(await w.visit(id)).toMatchObject({ outcome, newest: null, written: true })
    const [home] = await w.observations(id, 'home')
    expect(home).toMatchObject({ outcome, newest: null })
    expect(await w.observations(id, 'consultation')).toEqual([])
    expect(await w.observations(id, 'column')).toEqual([])
  })

  test('moved: the target is recorded and asked once', async () => {
    const target = await serve(ordinary(), '127.0.0.8')
    sites.push(target)
    const s = await site({ '/': html('网站迁移公告', `<h1>网站迁移公告</h1><p>本网站已迁移至新平台，新网址为：<a href="${target.url}">${target.url}</a></p>`) })
    const id = await w.register(s.url)
    expect(await w.visit(id)).toMatchObject({ outcome: 'moved', newest: null })
    const [home] = await w.observations(id, 'home')
    expect(home!.value).toMatchObject({ movedTo: target.url })
    expect(home!.value['detail']).toContain('answers 200')
  })
})
