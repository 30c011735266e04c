import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createBrowserPool, createGuard } from '../../src/fetch/index.ts'
import type { BrowserPool } from '../../src/fetch/index.ts'
import { recipeSchema, runProbes } from '../../src/probes/index.ts'
import type { ProbeContext } from '../../src/probes/index.ts'
import type { Site } from '../fetch/servers.ts'
import { articles, contextOf, HEADLINES, home, serveRoutes } from './try.ts'

const sites: Site[] = []
let pool: BrowserPool
beforeAll(() => { pool = createBrowserPool({ guard: createGuard({ allowNets: ['127.0.0.1/32'] }) }) })
afterEach(() => Promise.all(sites.splice(0).map((s) => s.close())))
afterAll(() => pool.close())

const [address, headline] = HEADLINES[0]
const FORM = '<form action="/so" method="get" class="search"><input type="text" name="wd"><button>搜索</button></form>'
/** Results that a script draws, in a list of its own. */
const DRAWN = `<html><head><meta charset="utf-8"><title>站内搜索</title></head><body><h1>站内搜索</h1><div id="app"></div><script>
fetch('/api/so').then((r) => r.json()).then((d) => { document.getElementById('app').innerHTML = '<p>共找到' + d.length + '条结果</p><ul class="result-list">' + d.map((x) => '<li><a href="' + x.u + '">' + x.t + '</a> 2026-11-19</li>').join('') + '</ul>' })
</script></body></html>`

async function context(routes: Parameters<typeof serveRoutes>[0]): Promise<{ base: string; context: ProbeContext; kept: Map<string, { bytes: Uint8Array; kind: string; type: string | undefined }> }> {
  const s = await serveRoutes({ ...articles(), ...routes })
  sites.push(s)
  const kept = new Map<string, { bytes: Uint8Array; kind: string; type: string | undefined }>()
  const made = await contextOf(s.url, { ask: { render: (r) => pool.render(r) } })
  return {
    base: s.url, kept,
    context: { ...made, keep: (bytes, meta) => {
      const sha = createHash('sha256').update(bytes).digest('hex')
      kept.set(sha, { bytes, kind: meta.kind ?? 'page', type: meta.headers['content-type'] })
      return sha
    } },
  }
}

it('a search drawn by script: every step in order, the page and its list of results pictured, all of it evidence', async () => {
  const t = await context({ '/': home(FORM), '/so': DRAWN, '/api/so': { type: 'application/json', body: JSON.stringify([{ u: address, t: headline }]) } })
  const [run] = await runProbes(['search'], t.context)
  expect(run?.value).toMatchObject({ works: true, tried: expect.arrayContaining([expect.objectContaining({ title: headline, found: true })]) })
  const steps = run!.steps
  expect(steps.slice(0, 3).map((s) => s.do)).toEqual(['GET', 'render', 'search'])
  expect(steps[0]).toMatchObject({ url: expect.stringContaining('/so?wd='), outcome: 'ok', status: 200 })
  expect(steps.find((s) => s.do === 'search' && s.said?.['word'] === headline)?.said).toEqual({ word: headline, readable: true, found: true })
  expect([...steps].every((s, i) => i === 0 || s.after >= steps[i - 1]!.after)).toBe(true)
  const shown = steps.find((s) => s.do === 'render')!
  for (const sha of [shown.picture!, shown.element!]) {
    expect(t.kept.get(sha)).toMatchObject({ kind: 'screenshot', type: 'image/png' })
    expect(run!.evidence).toContain(sha)
  }
  // The list alone is smaller than the page it stands in.
  const size = (sha: string): { width: number; height: number } => {
    const png = Buffer.from(t.kept.get(sha)!.bytes)
    return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) }
  }
  expect(size(shown.picture!)).toMatchObject({ width: 1280 })
  expect(size(shown.element!).height).toBeLessThan(size(shown.picture!).height / 3)
  // The steps themselves can be read from the evidence.
  const file = run!.evidence.map((sha) => t.kept.get(sha)).find((k) => k?.type === 'application/json')!
  expect(JSON.parse(Buffer.from(file.bytes).toString())).toMatchObject({ probe: 'search', home: `${t.base}/`, steps: expect.arrayContaining([expect.objectContaining({ do: 'render', picture: shown.picture })]) })
})

it('a letter form drawn by script is found by the browser, and pictured', async () => {
  const drawn = '<html><head><title>我要写信</title></head><body><div id="app"></div><script>setTimeout(() => { document.getElementById("app").innerHTML = "<form><input name=title placeholder=标题><textarea name=content></textarea><input name=yzm placeholder=验证码></form>" }, 50); fetch("/x")</script></body></html>'
  const t = await context({ '/': home('<a href="/xx/">我要写信</a>'), '/xx/': drawn })
  const [run] = await runProbes(['interaction'], t.context)
  expect(run?.value).toMatchObject({ submittable: true, forms: [{ state: 'form', captcha: true }] })
  expect(run!.steps.find((s) => s.do === 'render')).toMatchObject({ element: expect.any(String), picture: expect.any(String) })
  expect(run!.steps.at(-1)).toMatchObject({ do: 'entry', said: { state: 'form', captcha: true } })
})

it('a picture that would be too large is taken again as JPEG; a very tall page shows its top', async () => {
  const noise = `<canvas id="c" width="1280" height="3000"></canvas><script>const x = document.getElementById('c').getContext('2d'); const d = x.createImageData(1280, 3000); for (let i = 0; i < d.data.length; i += 65536) crypto.getRandomValues(new Uint8Array(d.data.buffer, i, Math.min(65536, d.data.length - i))); x.putImageData(d, 0, 0)</script>`
  const t = await context({ '/': `<body>${noise}</body>`, '/tall': '<body><div style="height:30000px">高</div></body>' })
  const loud = await pool.render({ url: `${t.base}/`, screenshot: true, settle: 300 })
  expect(loud.outcome).toBe('ok')
  expect(loud.screenshot!.length).toBeLessThanOrEqual(2_000_000)
  expect([...loud.screenshot!.subarray(0, 2)]).toEqual([0xff, 0xd8])
  const tall = await pool.render({ url: `${t.base}/tall`, screenshot: true, element: '#nothing', settle: 300 })
  expect(Buffer.from(tall.screenshot!).readUInt32BE(20)).toBe(900)
  expect(tall.element).toBeNull()
})

it('what is clicked for a list is clicked, and no form is sent by it', async () => {
  let posted = 0
  const page = '<body><a id="tab" onclick="document.getElementById(\'l\').hidden=false">列表</a><ul id="l" hidden><li>信件</li></ul><form action="/send" method="post"><button id="send">提交</button></form></body>'
  const t = await context({ '/': page, '/send': (_req, res) => { posted += 1; res.end('sent') } })
  const shown = await pool.render({ url: `${t.base}/`, clicks: ['#tab', '#send', '#nothing'], element: '#l', screenshot: true, settle: 300 })
  expect(shown.element).not.toBeNull()
  expect(posted).toBe(0)
})

it('a list of letters behind a click is read as the recipe says, by the browser', async () => {
  const recipe = recipeSchema.parse({
    id: 'x', name: 'x', fits: {},
    mailbox: { url: '/mail/', clicks: ['#open'], rows: '#l li', title: { select: 'b' }, askedOn: { select: 'i' }, status: { select: 's' } },
  })
  const t = await context({ '/': home(''), '/mail/': `<html><body><a id="open" onclick="fetch('/api').then((r) => r.json()).then((d) => { document.getElementById('l').innerHTML = d.map((x) => '<li><b>' + x + '</b><i>2026-11-02</i><s>办理中</s></li>').join('') })">来信公开</a><ul id="l"></ul>${'<p>欢迎来信。</p>'.repeat(40)}</body></html>`, '/api': { type: 'application/json', body: '["路灯不亮"]' } })
  const [run] = await runProbes(['letters'], { ...t.context, recipe })
  expect(run?.value).toMatchObject({ published: true, letters: [{ title: '路灯不亮', askedOn: '2026-11-02', answer: false }] })
  expect(run!.steps.find((s) => s.do === 'render')).toMatchObject({ element: expect.any(String), picture: expect.any(String) })
})

it('letters that never came after the click, or a click that could not be made, are not seen: nothing is said of them', async () => {
  const recipe = (clicks: string[]) => recipeSchema.parse({ id: 'x', name: 'x', fits: {}, mailbox: { url: '/mail/', clicks, rows: '#l li', title: { select: 'b' } } })
  const t = await context({ '/': home(''), '/mail/': `<html><body><a id="open" onclick="fetch('/api')">来信公开</a><ul id="l"></ul>${'<p>欢迎来信。</p>'.repeat(40)}</body></html>`, '/api': () => undefined })
  const brief = { ...t.context, ask: { ...t.context.ask, render: (r: Parameters<typeof pool.render>[0]) => pool.render({ ...r, timeout: 15_000, settle: 300 }) } }
  for (const clicks of [['#open'], ['#gone']]) {
    const [run] = await runProbes(['letters'], { ...brief, recipe: recipe(clicks) })
    expect(run?.value).toMatchObject({ published: null, letters: [] })
  }
})
