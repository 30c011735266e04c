import { afterEach, describe, expect, it } from 'vitest'
import type { Site } from '../fetch/servers.ts'
import { recipeSchema } from '../../src/probes/index.ts'
import { articles, contextOf, home, serveRoutes, tryProbe } from './try.ts'
import type { Options, Routes } from './try.ts'

const sites: Site[] = []
afterEach(() => Promise.all(sites.splice(0).map((s) => s.close())))
const serve = async (routes: Routes): Promise<Site> => {
  const s = await serveRoutes({ ...articles(), ...routes })
  sites.push(s)
  return s
}
const HUB: Options = { columns: [{ name: '互动交流', path: '/hdjl/', class: 'interaction' }] }
const wide = (body: string): string => `<html><head><title>互动交流</title></head><body><h1>景安县人民政府 互动交流</h1>${body}<p>${'本平台受理公民、法人和其他组织对本县行政机关职权范围内事项的咨询、意见和建议。'.repeat(4)}</p></body></html>`
const FORM = '<form action="/submit" method="post"><input name="title" placeholder="标题"><textarea name="content"></textarea><input name="phone"><input name="yzm" placeholder="验证码"><img src="/captcha.jpg"><button>提交</button></form>'

describe('interaction', () => {
  it('sees a form with its fields and captcha, and submits nothing', async () => {
    const s = await serve({ '/': home('<a href="/hdjl/">互动交流</a>'), '/hdjl/': wide('<a href="/write.html">我要写信</a><a href="/petition">网上信访</a>'), '/write.html': wide(FORM) })
    const run = await tryProbe('interaction', await contextOf(s.url, HUB))
    expect(run.value).toMatchObject({ submittable: true, entries: [{ text: '我要写信', url: `${s.url}/write.html` }] })
    expect(run.value.forms[0]).toMatchObject({ state: 'form', captcha: true, fields: ['标题', 'content', 'phone', '验证码'] })
    expect(s.requests.every((r) => r.method === 'GET')).toBe(true)
  })

  it.each([
    ['a demand to sign in', wide('<p>请先登录后再写信</p>'), 'login', null],
    ['a page without a form', wide('<p>欢迎来电</p>'), 'none', null],
    ['a missing page', { status: 404, body: 'x' }, 'missing', false],
    ['a wall', { status: 403, body: 'x' }, 'unseen', null],
    ['a broken server', { status: 502, body: 'x' }, 'unseen', null],
    ['a shell', '<html><body><div id="app"></div><script src="/a.js"></script></body></html>', 'unseen', null],
  ] as const)('judges %s', async (_, page, state, submittable) => {
    const s = await serve({ '/': home('<a href="/hdjl/">互动交流</a>'), '/hdjl/': wide('<a href="/write.html">县长信箱</a>'), '/write.html': page as never })
    const run = await tryProbe('interaction', await contextOf(s.url, HUB))
    expect(run.value.forms.map((f) => f.state)).toEqual([state])
    expect(run.value.submittable).toBe(submittable)
  })

  it('lists surveys with period and feedback', async () => {
    const s = await serve({
      '/': home('<a href="/hdjl/">互动交流</a>'), '/hdjl/': wide(`${FORM}<a href="/zj/">民意征集</a>`),
      '/zj/': wide(`<ul>${['a', 'b', 'c'].map((n, i) => `<li><a href="/zj/${n}.html">关于${n}办法公开征集意见的公告</a><span>2026-0${7 + i}-03</span></li>`).join('')}</ul>`),
      '/zj/a.html': wide(`<h1>关于a办法公开征集意见的公告</h1><p>征集时间：2026-07-03 至 2026-08-02</p><p>意见反馈：2026年8月20日 共收到意见3条，采纳1条</p>${FORM}`),
      '/zj/b.html': wide('<h1>关于b办法公开征集意见的公告</h1><p>起止时间：2026年8月3日至2026年9月2日</p><p>请发送至电子邮箱 zj@jingan.gov.cn</p>'),
      '/zj/c.html': { status: 404, body: '' },
    })
    const { value } = await tryProbe('interaction', await contextOf(s.url, HUB))
    const byUrl = Object.fromEntries((value.surveys ?? []).map((x) => [new URL(x.url).pathname, x]))
    expect(byUrl['/zj/a.html']).toMatchObject({ openedOn: '2026-07-03', closedOn: '2026-08-02', feedbackOn: '2026-08-20', byMailOnly: false })
    expect(byUrl['/zj/b.html']).toMatchObject({ openedOn: '2026-08-03', closedOn: '2026-09-02', feedbackOn: null, byMailOnly: true })
    expect(byUrl['/zj/c.html']).toMatchObject({ openedOn: '2026-09-03', closedOn: null, feedbackOn: null })
  })

  it('says nothing of a site without entries', async () => {
    const s = await serve({ '/': home('') })
    expect((await tryProbe('interaction', await contextOf(s.url))).value).toMatchObject({ entries: [], submittable: null, surveys: null })
  })
})

const LETTERS = [
  ['/l/1', '城北路路灯何时修复', '2026-11-16', '县城管局', '已答复', '2026-11-18'],
  ['/l/2', '咨询医保异地备案办理', '2026-11-09', '县医保局', '已答复', '2026-11-10'],
  ['/l/3', '小区物业收费问题', '2026-10-12', '县住建局', '办理中', ''],
  ['/l/4', '学校门口交通拥堵', '2026-07-20', '县公安局', '办理中', ''],
  ['/l/5', '农田灌溉用水困难', '2025-10-09', '县水利局', '已答复', '2025-10-20'],
] as const
const table = (rows: readonly (readonly string[])[] = LETTERS, more = ''): string => wide(`<table class="letters"><tr><th>信件标题</th><th>来信时间</th><th>受理单位</th><th>办理状态</th><th>答复时间</th></tr>
${rows.map(([u, t, a, unit, st, b]) => `<tr><td><a href="${u}">${t}</a></td><td>${a}</td><td>${unit}</td><td>${st}</td><td>${b}</td></tr>`).join('')}</table>${more}`)
const details = (): Routes => Object.fromEntries(LETTERS.map(([u, t, a, unit, st, b]) => [u, wide(`<h2>${t}</h2><p>来信时间：${a}</p><p>来信内容：</p><p>您好，想反映一个问题，盼望解决。</p>${st === '已答复' ? `<p>答复单位：${unit}</p><p>答复时间：${b}</p><p>答复内容：</p><p>您好，您反映的问题已收悉，经核实已安排处理。</p>` : ''}`)]))

describe('letters', () => {
  it('reads the public list, each letter, and the working days it took', async () => {
    const s = await serve({ '/': home('<a href="/hdjl/">互动交流</a>'), '/hdjl/': wide('<a href="/write.html">我要写信</a><a href="/list.html">信件公开</a>'), '/write.html': wide(FORM), '/list.html': table(LETTERS, '<p>办理情况统计：共收到来信 5 件，已答复 3 件，答复率 60%</p>'), ...details() })
    const { value } = await tryProbe('letters', await contextOf(s.url, HUB))
    expect(value).toMatchObject({ published: true, complete: true, newestOn: '2026-11-18', newestAnswerOn: '2026-11-18', statistics: true, unsure: 0 })
    expect(value.letters.map((l) => l.askedOn)).toEqual(['2026-11-16', '2026-11-09', '2026-10-12', '2026-07-20', '2025-10-09'])
    expect(value.letters[0]).toMatchObject({ unit: '县城管局', answeredOn: '2026-11-18', answer: true, answerText: expect.stringContaining('经核实已安排处理') })
    expect(value.letters[2]).toMatchObject({ answeredOn: null, answer: false })
    // 9 to 20 October 2025: Thursday within the holiday's end, the make-up Saturday 11 October counts.
    expect(value.figures).toMatchObject({ answered: 3, unanswered: 2, median: 2, p90: 8 })
    expect(value.figures.over15.map((l) => new URL(l.url).pathname)).toEqual(['/l/3', '/l/4'])
    expect(value.figures.over3Months).toEqual([{ title: '学校门口交通拥堵', url: `${s.url}/l/4`, askedOn: '2026-07-20' }])
  })

  it('never calls unanswered a letter of which neither list nor page says so', async () => {
    const plain = LETTERS.map(([u, t, a, unit]) => [u, t, a, unit, '', ''])
    const s = await serve({ '/': home(''), '/hdjl/': table(plain), ...details() })
    const { value } = await tryProbe('letters', await contextOf(s.url, HUB))
    expect(value.letters.map((l) => l.answer)).toEqual([true, true, true])
    expect(value).toMatchObject({ unsure: 2, complete: false })
    expect(value.figures.unanswered).toBe(0)
  })

  it('does not call a list whole that shows answered letters only', async () => {
    const s = await serve({ '/': home(''), '/hdjl/': table(LETTERS.filter((l) => l[4] === '已答复')), ...details() })
    expect((await tryProbe('letters', await contextOf(s.url, HUB))).value).toMatchObject({ published: true, complete: false })
  })

  it('reads rows that label what they hold, over two pages', async () => {
    const li = (rows: readonly (readonly string[])[]) => `<ul>${rows.map(([u, t, a, unit, st, b]) => `<li><a href="${u}">${t}</a> 来信时间：${a} 受理单位：${unit} 状态：${st} ${b === '' ? '' : `答复时间：${b}`}</li>`).join('')}</ul>`
    const s = await serve({ '/': home(''), '/hdjl/': wide(`${li(LETTERS.slice(0, 3))}<a href="/p2.html">下一页</a>`), '/p2.html': wide(li(LETTERS.slice(3))), ...details() })
    const { value } = await tryProbe('letters', await contextOf(s.url, HUB))
    expect(value.letters).toHaveLength(5)
    expect(value.letters[0]).toMatchObject({ title: '城北路路灯何时修复', unit: '县城管局', answeredOn: '2026-11-18' })
  })

  it('says none only where all that leads there was read plain', async () => {
    const s = await serve({ '/': home(''), '/hdjl/': wide(FORM) })
    expect((await tryProbe('letters', await contextOf(s.url, HUB))).value).toMatchObject({ published: false, letters: [], complete: false })
    const walled = await serve({ '/': home(''), '/hdjl/': wide('<a href="/list.html">信件公开</a>'), '/list.html': { status: 403, body: '' } })
    expect((await tryProbe('letters', await contextOf(walled.url, HUB))).value).toMatchObject({ published: null })
    const none = await serve({ '/': home('') })
    expect((await tryProbe('letters', await contextOf(none.url))).value).toMatchObject({ published: null })
  })

  it('follows a recipe', async () => {
    const s = await serve({ '/': home(''), '/mail/': wide(LETTERS.map(([u, t, a, unit, st, b]) => `<div class="m" data-u="${u}"><b>${t}</b><i>${a}</i><u>${unit}</u><s>${st}</s><em>于${b}答</em></div>`).join('')), ...details() })
    const recipe = recipeSchema.parse({ id: 'x', name: 'x', fits: {}, mailbox: { url: '/mail/', rows: '.m', title: { select: 'b' }, link: { attribute: 'data-u' }, askedOn: { select: 'i' }, unit: { select: 'u' }, status: { select: 's' }, answeredOn: { select: 'em', match: '于(.+)答' } } })
    const { value } = await tryProbe('letters', await contextOf(s.url, { recipe }))
    expect(value.letters.map((l) => l.answeredOn)).toEqual(['2026-11-18', '2026-11-10', null, null, '2025-10-20'])
  })
})
