import { afterEach, describe, expect, test } from 'vitest'
import type { BrowserPool, RenderResult } from '../../src/fetch/index.ts'
import { list, ordinary, page, rows, serve, world } from './harness.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const o of open.splice(0).reverse()) await o.close()
})

/** A browser that shows what it is told, and remembers what it was asked. */
function browser(show: (url: string) => Partial<RenderResult>): BrowserPool & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    render: async ({ url }) => {
      asked.push(url)
      return { outcome: 'ok', status: 200, url, redirects: [], headers: {}, html: '', settled: true, frames: [], screenshot: null, thumbnail: null, element: null, captured: [], requests: 3, fetched: 0, failed: 0, denied: [], ms: 10, waitedMs: 0, ...show(url) }
    },
    stats: { pid: null, pages: 0, browsers: 0, waiting: 0 },
    close: async () => undefined,
  }
}

const scripted = page('通知公告', '<h2>通知公告</h2><div id="list"></div><script>draw(document.getElementById("list"))</script>')
const drawn = page('通知公告', `<h2>通知公告</h2>${list(rows('2026-05-26', '通知公告'))}`)

async function setUp(pool: BrowserPool, notices = scripted) {
  const w = await world({ browser: true }, { browser: pool })
  const s = await serve({ ...ordinary(), '/tzgg/': notices })
  open.push(w, s)
  const id = await w.register(s.url)
  const lesson = async (): Promise<boolean> => {
    const [row] = await w.database.db.sql<{ needs: boolean }[]>`select needs_browser as needs from page where channel_id = ${id} and url = ${`${s.url}tzgg/`}`
    return row!.needs
  }
  return { w, s, id, lesson }
}

test('a list built by script is rendered, and that alone; the lesson is kept', async () => {
  const pool = browser(() => ({ html: drawn }))
  const { w, s, id, lesson } = await setUp(pool)
  expect(await w.visit(id)).toMatchObject({ outcome: 'ok', rendered: true })
  expect(pool.asked).toEqual([`${s.url}tzgg/`])
  expect(await w.column(id, '通知公告')).toMatchObject({ outcome: 'ok', newest: '2026-05-26' })
  const { evidence } = await w.column(id, '通知公告')
  expect(Buffer.from((await w.evidence.get(evidence!.at(-1)!))!).toString()).toContain('2026-05-26')
  expect(await lesson()).toBe(true)
})

test('a rendering that fails teaches nothing, and the column is not observed', async () => {
  const { w, id, lesson } = await setUp(browser(() => ({ outcome: 'timeout', status: null, error: 'took too long' })))
  await w.visit(id)
  expect(await w.column(id, '通知公告')).toMatchObject({ outcome: 'unreadable', newest: null })
  expect(await lesson()).toBe(false)
})

test('a list that was still on its way when the page was read is not the column: newer rows may have been coming', async () => {
  const { w, id, lesson } = await setUp(browser(() => ({ html: drawn, settled: false })))
  await w.visit(id)
  expect(await w.column(id, '通知公告')).toMatchObject({ outcome: 'unreadable', newest: null })
  expect(await lesson()).toBe(false)
})

describe('a page that says 暂无数据 and has scripts', () => {
  const nothing = (extra = ''): string => page('通知公告', `<h2>通知公告</h2><ul id="list"><li>暂无数据</li></ul>${extra}`)
  const placeholder = nothing('<script src="/js/list.js"></script>')

  test('has rows once its scripts have run', async () => {
    const { w, id } = await setUp(browser(() => ({ html: drawn, fetched: 1 })), placeholder)
    await w.visit(id)
    expect(await w.column(id, '通知公告')).toMatchObject({ outcome: 'ok', newest: '2026-05-26', empty: false })
  })

  test('is empty where they ran, asked for nothing and left it so; seen rendered, each time', async () => {
    const pool = browser(() => ({ html: nothing('<script src="/js/list.js"></script><p>已加载</p>') }))
    const { w, id } = await setUp(pool, placeholder)
    for (const looks of [1, 2]) {
      await w.visit(id)
      const seen = await w.column(id, '通知公告')
      expect(seen).toMatchObject({ outcome: 'ok_empty', newest: null, empty: true })
      expect(seen.evidence).toHaveLength(2)
      expect(pool.asked).toHaveLength(looks)
    }
  })

  test.each<[string, Partial<RenderResult>]>([
    ['they asked for data, which may have been refused', { fetched: 1 }],
    ['one of them did not come', { failed: 1 }],
    ['it was still on its way', { settled: false }],
    ['the rendered page says nothing of it', { html: page('通知公告', '<h2>通知公告</h2>') }],
    ['there are rows without a date', { html: page('通知公告', `<h2>通知公告</h2>暂无数据<ul>${[1, 2, 3, 4].map((n) => `<li><a href="/x/${n}.html">关于第${n}批教师资格认定工作的通知</a></li>`).join('')}</ul>`) }],
    ['a frame has rows without a date', { frames: [{ url: 'http://127.0.0.1/inner', html: page('内页', `<ul>${[1, 2, 3, 4].map((n) => `<li><a href="/x/${n}.html">关于第${n}批教师资格认定工作的通知</a></li>`).join('')}</ul>`) }] }],
    ['it could not be rendered', { outcome: 'timeout', status: null }],
  ])('is not observed where %s', async (_why, shown) => {
    const { w, id } = await setUp(browser(() => ({ html: placeholder, ...shown })), placeholder)
    await w.visit(id)
    expect(await w.column(id, '通知公告')).toMatchObject({ outcome: 'unreadable', newest: null, empty: false })
  })

  test('is not observed without a browser, nor where its frame did not come', async () => {
    const w = await world({ browser: false })
    const s = await serve({ ...ordinary(), '/tzgg/': placeholder, '/zcwj/': page('政策文件', '<h2>政策文件</h2><p>暂无数据</p><iframe id="content" src="/inner.jsp"></iframe>') })
    open.push(w, s)
    const id = await w.register(s.url)
    await w.visit(id)
    expect(await w.column(id, '通知公告')).toMatchObject({ outcome: 'unreadable', empty: false })
    expect(await w.column(id, '政策文件')).toMatchObject({ outcome: 'unreadable', empty: false })
  })
})

describe('the entry for consultation on a home page that shows none and has scripts', () => {
  const home = (extra: string): string => `<!doctype html><html><head><meta charset="utf-8"><title>示例县人民政府</title></head><body><div class="nav"><a href="/">首页</a><a href="/xwzx/">新闻中心</a><a href="/tzgg/">通知公告</a><a href="/zcwj/">政策文件</a></div><h2>要闻</h2>${list(rows('2026-05-26', '要闻'))}${extra}</body></html>`
  const script = '<script src="/js/top.js"></script>'
  async function seen(pool: BrowserPool | null, html: string): Promise<unknown> {
    const w = pool === null ? await world({ browser: false }) : await world({ browser: true }, { browser: pool })
    const s = await serve({ ...ordinary(), '/': html })
    open.push(w, s)
    const id = await w.register(s.url)
    await w.visit(id)
    const [row] = await w.database.db.sql<{ value: { entries: unknown[]; wholeHomeRead: boolean } }[]>`select value from observation where channel_id = ${id} and about = 'consultation'`
    return [row!.value.entries.length, row!.value.wholeHomeRead]
  }

  test('is seen where a script draws it', async () => {
    const pool = browser(() => ({ html: home(`${script}<a href="/xz/">县长信箱</a>`), fetched: 1 }))
    expect(await seen(pool, home(script))).toEqual([1, true])
  })
  test('or a frame has it', async () => {
    expect(await seen(browser((url) => ({ html: home(script), frames: [{ url: `${url}top.html`, html: '<a href="/xz/">县长信箱</a>' }] })), home(script))).toEqual([1, true])
  })
  test('is not there where all scripts came and drew none', async () => {
    expect(await seen(browser(() => ({ html: home(script) })), home(script))).toEqual([0, true])
  })
  test('cannot be told where one did not come, where there is no browser, or a picture has no words', async () => {
    expect(await seen(browser(() => ({ html: home(script), failed: 1 })), home(script))).toEqual([0, false])
    expect(await seen(browser(() => ({ outcome: 'timeout', status: null })), home(script))).toEqual([0, false])
    expect(await seen(null, home(script))).toEqual([0, false])
    expect(await seen(null, home('<a href="/xz/"><img src="xz.jpg"></a>'))).toEqual([0, false])
  })
  test('needs no browser where there are no scripts', async () => {
    const pool = browser(() => ({ html: '' }))
    expect(await seen(pool, home(''))).toEqual([0, true])
    expect(await seen(pool, home(`${script}<a href="/xz/">县长信箱</a>`))).toEqual([1, true])
    expect(pool.asked).toEqual([])
  })
})

test('a challenge behind the rendering is no list', async () => {
  const { w, id, lesson } = await setUp(browser(() => ({ html: '<html><head><title>访问异常页面</title></head><body>当前访问可能对网站安全造成威胁，已被网站卫士拦截</body></html>' })))
  await w.visit(id)
  expect(await w.column(id, '通知公告')).toMatchObject({ outcome: 'unreadable', newest: null })
  expect(await lesson()).toBe(false)
})

test('a rendered page is pictured: the picture is evidence, the small one is kept beside it', async () => {
  const { w, s, id } = await setUp(browser(() => ({ html: drawn, screenshot: Buffer.from('a picture'), thumbnail: Buffer.from('a small one') })))
  await w.visit(id)
  const { evidence } = await w.column(id, '通知公告')
  expect(Buffer.from((await w.evidence.get(evidence!.at(-1)!))!).toString()).toBe('a picture')
  const kept = await w.database.db.sql<{ kind: string; type: string; size: number; same: boolean }[]>`
    select e.kind, e.content_type as type, e.size, u.fetched_at = (select started_at from visit where channel_id = ${id}) as same
      from evidence_use u join evidence e using (sha256) where u.channel_id = ${id} and u.url = ${`${s.url}tzgg/`} and e.kind <> 'page' order by e.kind`
  expect(kept).toEqual([{ kind: 'screenshot', type: 'image/png', size: 9, same: true }, { kind: 'thumbnail', type: 'image/jpeg', size: 11, same: true }])
  expect(evidence).toHaveLength(3)
})
