import { afterEach, describe, expect, it } from 'vitest'
import { fits } from '../../src/probes/files.ts'
import type { Site } from '../fetch/servers.ts'
import { articles, contextOf, home, serveRoutes, tryProbe } from './try.ts'
import type { Page, Routes } from './try.ts'

const sites: Site[] = []
afterEach(() => Promise.all(sites.splice(0).map((s) => s.close())))
const serve = async (routes: Routes, missing?: Page): Promise<Site> => {
  const s = await serveRoutes(routes, missing)
  sites.push(s)
  return s
}
const byUrl = <T extends { url: string }>(rows: readonly T[]): T[] => [...rows].sort((a, b) => (a.url < b.url ? -1 : 1))
const rel = (rows: readonly { url: string }[]): string[] => rows.map((r) => new URL(r.url).pathname)

describe('links', () => {
  it('names what is missing twice, and only that, with page and reason', async () => {
    const other = await serve({ '/there': 'x' })
    const s = await serve({
      ...articles(),
      '/': home(`<a href="/gone.html">旧通知</a> <img src="/pic/lost.png"> <a href="/f/form.doc">表</a> <a href="/walled">网上大厅</a> <a href="${other.url}/there">友情链接</a> <a href="${other.url}/not">旧友情链接</a>
        <a href="http://127.0.0.1:1/">关闭的站</a> <a href="http://no-such-host.invalid/">外站</a> <a href="mailto:a@b.cn">信</a> <a href="#top">顶</a> <a href="javascript:void(0)">x</a>
        <!-- <a href="/in-a-comment.html">旧</a> --><script>document.write('<a href="/by-script.html">x</a>')</script>`),
      '/walled': { status: 412, body: '<script>$_ts=window["$_ts"]</script>' },
      '/f/form.doc': (req, res) => void (req.method === 'HEAD' ? res.writeHead(405).end() : res.writeHead(200, { 'content-type': 'application/msword' }).end('ok')),
    })
    const run = await tryProbe('links', await contextOf(s.url))
    expect(run.outcome).toBe('ok')
    expect(byUrl(run.value.broken)).toEqual(byUrl([
      { url: `${s.url}/gone.html`, page: `${s.url}/`, reason: 'HTTP 404' },
      { url: `${other.url}/not`, page: `${s.url}/`, reason: 'HTTP 404' },
      { url: `${s.url}/pic/lost.png`, page: `${s.url}/`, reason: 'HTTP 404' },
    ]))
    expect(new Map(run.value.not_observed.map((r: { url: string; reason: string }) => [r.url, r.reason]))).toEqual(new Map([[`${s.url}/walled`, 'challenge'], ['http://127.0.0.1:1/', 'refused'], ['http://no-such-host.invalid/', 'dns']]))
    expect(JSON.stringify(run.value)).not.toMatch(/in-a-comment|by-script|mailto/)
    expect(run.value.external).toBe(4)
    expect(run.cost.requests).toBeGreaterThan(10)
  })

  it('does not call broken what was missing for a moment only', async () => {
    let asked = 0
    const s = await serve({ ...articles(), '/': home('<a href="/once.html">通知</a>'), '/once.html': (_q, res) => void (asked++ === 0 ? res.writeHead(404).end() : res.writeHead(200, { 'content-type': 'text/html' }).end('<p>在</p>')) })
    const run = await tryProbe('links', await contextOf(s.url))
    expect(asked).toBe(2)
    expect(run.value.broken).toEqual([])
    expect(run.value.not_observed).toEqual([])
  })

  it('finds a soft 404 by an address that cannot exist, be it a page or a redirect', async () => {
    const sorry: Page = `<html><head><title>景安县人民政府</title></head><body><p>${'很遗憾，系统没有为您取得任何内容，请从导航重新进入。'.repeat(8)}</p></body></html>`
    const paged = await serve({ ...articles(), '/': home('<a href="/old/notice.html">通知</a>') }, sorry)
    expect((await tryProbe('links', await contextOf(paged.url))).value.broken).toEqual([{ url: `${paged.url}/old/notice.html`, page: `${paged.url}/`, reason: 'soft_404' }])
    const sent = await serve({ ...articles(), '/': home('<a href="/old/notice.html">通知</a><a href="/index.html">首页</a>'), '/index.html': home('') }, { to: '/' })
    expect(rel((await tryProbe('links', await contextOf(sent.url))).value.broken)).toEqual(['/old/notice.html'])
  })

  it('says nothing of pages drawn by script from one shell', async () => {
    const s = await serve({ ...articles(), '/': home('<a href="/app/a">甲</a><a href="/app/b">乙</a>') }, '<html><head><title>x</title></head><body><div id="app"></div><script src="/app.js"></script></body></html>')
    const run = await tryProbe('links', await contextOf(s.url))
    expect(run.value.broken).toEqual([])
    expect(rel(run.value.not_observed)).toEqual(expect.arrayContaining(['/app/a', '/app/b']))
  })

  it('leaves a host that asks for rest, and counts each address once', async () => {
    const s = await serve({ ...articles(), '/': home(`${Array.from({ length: 20 }, (_, i) => `<a href="/r/${i}">x</a>`).join('')}<a href="/r/1">x</a>`), ...Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`/r/${i}`, { status: 429, body: 'slow down' }])) })
    const run = await tryProbe('links', await contextOf(s.url))
    expect(run.value.broken).toEqual([])
    expect(run.value.not_observed.filter((r: { reason: string }) => r.reason === 'rate_limited').length).toBeGreaterThanOrEqual(20)
    expect(s.requests.filter((r) => r.url?.startsWith('/r/')).length).toBeLessThanOrEqual(8)
  })
})

describe('attachments', () => {
  const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n')
  it('calls broken a file that is an error page, empty or missing', async () => {
    const s = await serve({
      ...articles(),
      '/': home('<a href="/f/good.pdf">一</a><a href="/f/page.pdf">二</a><a href="/f/none.xlsx">三</a><a href="/f/empty.zip">四</a><a href="/f/good.docx">五</a><a href="/f/wall.pdf">六</a><a href="/f/odd.pdf">七</a>'),
      '/f/good.pdf': { type: 'application/octet-stream', body: PDF },
      '/f/page.pdf': '<!DOCTYPE html><html><head><title>出错了</title></head><body>文件读取失败，请联系管理员处理该问题</body></html>',
      '/f/empty.zip': { type: 'application/zip', body: '' },
      '/f/good.docx': { type: 'application/msword', body: Buffer.from('PK\u0003\u0004word') },
      '/f/wall.pdf': '<html><head><title>访问被拦截</title></head><body>您的访问请求可能对网站造成安全威胁，请求已被管理员设置的规则阻断</body></html>',
      '/f/odd.pdf': { type: 'application/pdf', body: Buffer.from([1, 2, 3, 4, 5]) },
    })
    const run = await tryProbe('attachments', await contextOf(s.url))
    expect(run.value.broken.map((b: { url: string; reason: string }) => [new URL(b.url).pathname, b.reason])).toEqual([['/f/page.pdf', 'an HTML page in place of a .pdf'], ['/f/none.xlsx', 'HTTP 404'], ['/f/empty.zip', 'an empty file']])
    expect(run.value.not_observed.map((b: { url: string; reason: string }) => [new URL(b.url).pathname, b.reason])).toEqual([['/f/wall.pdf', 'challenge'], ['/f/odd.pdf', 'unreadable']])
    expect(run.value.checked).toBe(7)
  })

  it('knows files by their first bytes', () => {
    const of = (type: string, head: string) => fits(type, Buffer.from(head, 'latin1'))
    expect(of('doc', '\xd0\xcf\x11\xe0rest')).toBe('fits')
    expect(of('doc', '<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>')).toBe('fits')
    expect(of('xls', '<html><body>Not found</body></html>')).toBe('html')
    expect(of('rar', 'Rar!\x1a')).toBe('fits')
    expect(of('zip', 'hello')).toBe('unknown')
    expect(of('txt', '关于')).toBe('fits')
    expect(of('ofd', '\ufeff<!doctype html>')).toBe('unknown')
  })
})
