import { afterEach, describe, expect, it } from 'vitest'
import { sectionsOf } from '../../src/probes/services/guide.ts'
import type { Site } from '../fetch/servers.ts'
import { FOOT, articles, contextOf, home, serveRoutes, tryProbe } from './try.ts'
import type { Options, Routes } from './try.ts'

const sites: Site[] = []
afterEach(() => Promise.all(sites.splice(0).map((s) => s.close())))
const serve = async (routes: Routes): Promise<Site> => {
  const s = await serveRoutes({ ...articles(), ...routes })
  sites.push(s)
  return s
}
const HALL: Options = { columns: [{ name: '办事服务', path: '/bsfw/', class: 'service' }] }
const wide = (title: string, body: string): string => `<html><head><title>${title}</title></head><body><h1>${title}</h1>${body}<p>${'请按照公布的时间到窗口咨询，或者拨打政务服务热线。'.repeat(6)}</p></body></html>`
const WHOLE: readonly (readonly [string, string])[] = [['设定依据', '《中华人民共和国居民身份证法》（2011年修正）第十条'], ['申请条件', '年满十六周岁的公民'], ['办理材料', '1.户口簿原件1份；2.居住证申请表原件1份；3.其他依法应当提交的有关材料'], ['办理地点', '县政务服务中心一楼'], ['办理机构', '县公安局'], ['收费标准', '不收费'], ['办理时间', '工作日9:00-17:00'], ['联系电话', '0797-3601234'], ['办理流程', '申请、受理、审查、发证']]
const guide = (name: string, rows: readonly (readonly [string, string])[] = WHOLE, more = ''): string => wide(name, `<table>${rows.map(([k, v]) => `<tr><th>${k}</th><td>${v}</td></tr>`).join('')}</table>${more}`)

describe('services', () => {
  it('reads guides: which of the ten elements each has, and what is wrong with it', async () => {
    const s = await serve({
      '/': home('<a href="/bsfw/">办事服务</a>'),
      '/bsfw/': wide('办事服务', '<ul class="tabs"><li>个人办事</li><li>法人办事</li></ul><ul><li><a href="/bsfw/1.html">居住证办理</a></li><li><a href="/bsfw/2.html">食品经营许可</a></li><li><a href="/bsfw/3.html">教师资格认定</a></li></ul><p>办件统计 2026年11月20日 今日办件 31</p>'),
      '/bsfw/1.html': guide('居住证办理', WHOLE, '<a href="/f/form.doc">居住证申请表下载</a>'),
      '/bsfw/2.html': guide('食品经营许可', [['申请条件', '从事食品经营'], ['办理材料', '营业执照；身份证；食品安全管理制度材料'], ['设定依据', '《食品安全法实施条例》'], ['联系电话', ''], ['收费标准', '暂无']]),
      '/f/form.doc': { type: 'application/msword', body: Buffer.from('d0cf11e0a1b1', 'hex') },
    })
    const { value } = await tryProbe('services', await contextOf(s.url, HALL))
    expect(value).toMatchObject({ entry: true, grouped: true, items: 3, statistics: { published: true, newestOn: '2026-11-20' } })
    const [one, two, three] = value.guides
    expect(one?.elements).toHaveLength(10)
    expect(one).toMatchObject({ present: true, formRequired: true, formAvailable: true, unclearMaterials: [], nameOnly: [] })
    expect(one?.vague).toHaveLength(1)
    expect(two?.elements).toEqual(['事项名称', '设定依据', '申请条件', '办理材料'])
    expect(two).toMatchObject({ unclearMaterials: ['营业执照', '身份证', '食品安全管理制度材料'], nameOnly: ['《食品安全法实施条例》'], formRequired: false })
    expect(three).toMatchObject({ name: '教师资格认定', present: false, elements: [] })
  })

  it('leaves out guides it could not read: a wall, a shell', async () => {
    const s = await serve({ '/': home('<a href="/bsfw/">办事服务</a>'), '/bsfw/': wide('办事服务', '<a href="/bsfw/1.html">居住证办理</a><a href="/bsfw/2.html">食品经营许可</a>'), '/bsfw/1.html': { status: 403, body: '' }, '/bsfw/2.html': '<html><body><div id="app"></div><script src="/x.js"></script></body></html>' })
    const run = await tryProbe('services', await contextOf(s.url, HALL))
    expect(run.value).toMatchObject({ entry: true, items: 2, guides: [] })
    expect(run.note).toMatch(/2 guides/)
  })

  it('says none only of a home page read whole; missing twice is none, a wall and another site are not', async () => {
    const none = await serve({ '/': home('') })
    expect((await tryProbe('services', await contextOf(none.url))).value.entry).toBe(false)
    const word = await serve({ '/': home('<a href="/x">公共资源查询</a>') })
    expect((await tryProbe('services', await contextOf(word.url))).value.entry).toBeNull()
    const gone = await serve({ '/': home('<a href="/bsfw/">办事服务</a>') })
    expect((await tryProbe('services', await contextOf(gone.url))).value.entry).toBe(false)
    const walled = await serve({ '/': home('<a href="/bsfw/">办事服务</a>'), '/bsfw/': { status: 403, body: '' } })
    expect((await tryProbe('services', await contextOf(walled.url))).value.entry).toBeNull()
    const elsewhere = await serve({ '/': home('<a href="http://zwfw.example.invalid/jingan">政务服务网</a>') })
    expect((await tryProbe('services', await contextOf(elsewhere.url))).value).toMatchObject({ entry: true, items: null, hall: 'http://zwfw.example.invalid/jingan' })
  })

  it('takes a label for one only where it stands as one', () => {
    const names = (lines: string[]) => [...sectionsOf(lines).keys()]
    expect(names(['联系电话：0797-1', '办理地点', '一楼', '办理流程复杂的事项另行通知'])).toEqual(['联系电话', '办理地点'])
    expect(names(['一、申请条件', '年满十八岁', '（二）收费标准：', '三、办理时限', '20个工作日'])).toEqual(['申请条件', '办理时间'])
    expect(names(['办理材料：暂无'])).toEqual([])
  })
})

describe('interpretation', () => {
  const columns: Options = { columns: [{ name: '政策文件', path: '/zc/', class: 'policy' }, { name: '政策解读', path: '/jd/', class: 'interpretation' }] }
  const list = (rows: readonly (readonly [string, string, string])[]): string => `<html><head><title>列表</title></head><body><ul>${rows.map(([u, t, d]) => `<li><a href="${u}">${t}</a><span>${d}</span></li>`).join('')}</ul></body></html>`
  it('relates documents and pieces both ways', async () => {
    const s = await serve({
      '/': home(''),
      '/zc/': list([['/zc/1.html', '关于印发《景安县促进就业若干措施》的通知', '2026-10-20'], ['/zc/2.html', '关于印发《景安县河道采砂管理办法》的通知', '2026-09-10'], ['/zc/3.html', '关于印发《景安县粮食应急预案》的通知', '2025-09-10']]),
      '/jd/': list([['/jd/1.html', '一图读懂《景安县促进就业若干措施》', '2026-10-22'], ['/jd/2.html', '冬季用电安全问答', '2026-10-12'], ['/jd/9.html', '《景安县粮食应急预案》的政策解读', '2025-01-02']]),
      '/zc/1.html': wide('通知', '<a href="/jd/1.html">相关解读</a>'), '/zc/2.html': wide('通知', '<a href="/jd/">政策解读</a>'),
      '/jd/1.html': wide('一图读懂', '<a href="/zc/1.html">《景安县促进就业若干措施》原文</a>'), '/jd/2.html': wide('问答', '<p>新闻发布会</p>'),
    })
    const { value } = await tryProbe('interpretation', await contextOf(s.url, columns))
    const path = (u: string) => u.replace(s.url, '')
    expect(value.documents.map((d) => [path(d.url), d.interpreted])).toEqual([['/zc/1.html', true], ['/zc/2.html', false]])
    expect(value.pieces.map((p) => [path(p.url), p.linksToDocument, p.documentLinksBack, p.forms])).toEqual([['/jd/1.html', true, true, ['chart']], ['/jd/2.html', false, null, ['press_conference']]])
    expect(value.percent).toBe(50)
  })
  it('does not say that nobody explains a document where the pieces could not be read', async () => {
    const s = await serve({ '/': home(''), '/zc/': list([['/zc/1.html', '关于印发《景安县促进就业若干措施》的通知', '2026-10-20'], ['/zc/2.html', '关于印发《景安县河道采砂管理办法》的通知', '2026-09-10'], ['/zc/3.html', '关于印发《景安县预案》的通知', '2026-09-01']]), '/zc/1.html': wide('通知', ''), '/zc/2.html': wide('通知', ''), '/zc/3.html': wide('通知', ''), '/jd/': { status: 403, body: '' } })
    const { value } = await tryProbe('interpretation', await contextOf(s.url, columns))
    expect(value.documents.map((d) => d.interpreted)).toEqual([null, null, null])
    expect(value.percent).toBeNull()
  })
})

describe('tags and identity', () => {
  const full = `<div class="footer"><script>document.write(unescape("%3Cspan id='_ideConac' %3E%3C/span%3E%3Cscript src='http://dcs.conac.cn/js/17/260/0000/40606868/CA172600000406068680003.js'%3E%3C/script%3E"));</script><a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=3607290001">我为政府网站找错</a></div>`
  it('lists the tags of home, columns and articles', async () => {
    const s = await serve({ '/': home('') })
    const { value } = await tryProbe('tags', await contextOf(s.url, { columns: [{ name: '要闻动态', path: '/col0/', class: 'news' }] }))
    expect(value.pages.map((p) => p.kind)).toEqual(['home', 'column', ...Array.from({ length: 5 }, () => 'article')])
    expect(value.pages[0]?.metas).toMatchObject({ sitename: '景安县人民政府', siteidcode: '3607290001' })
    expect(value.pages[2]?.metas).toMatchObject({ pubdate: '2026-11-19 09:00' })
  })
  it('sees what the foot carries and lacks, and holds the site codes against each other', async () => {
    const s = await serve({ '/': home(full) })
    const { value } = await tryProbe('identity', await contextOf(s.url))
    expect(value.footers[0]).toMatchObject({ home: true, mark: true, siteCode: true, icp: true, police: true, sponsor: true, contact: true, findFault: true })
    expect(value).toMatchObject({ domainProper: null, nameProper: true, nameInHeader: true, siteCodesAgree: true, siteCodes: { registered: '3607290001', page: '3607290001', meta: '3607290001', findFault: '3607290001' } })
    // The articles of this site have no foot at all.
    expect(value.footers.slice(1).every((f) => f.icp === false)).toBe(true)
    const other = await serve({ '/': home(full.replace('site_code=3607290001', 'site_code=3607290002')) })
    expect((await tryProbe('identity', await contextOf(other.url))).value.siteCodesAgree).toBe(false)
  })
  it('calls nothing missing where a script writes the foot', async () => {
    const s = await serve({ '/': home('', { foot: '<div id="footer"></div><script src="/js/footer.js"></script>' }) })
    const { value } = await tryProbe('identity', await contextOf(s.url))
    expect(value.footers[0]).toMatchObject({ icp: null, police: null, findFault: null })
    const bare = await serve({ '/': home('', { foot: FOOT }) })
    expect((await tryProbe('identity', await contextOf(bare.url))).value.footers[0]).toMatchObject({ icp: true, findFault: false, mark: false })
  })
})
