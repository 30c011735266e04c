import { describe, expect, it } from 'vitest'
import { classifyColumn } from '../../src/read/index.ts'
import { read } from './pages.ts'

const names = ['走进示例', '政务公开', '新闻动态', '通知公告', '互动交流', '办事服务']
const li = (n: string, i: number, more = ''): string => `<li><a href="/c${i}/index.html">${n}</a>${more}</li>`

describe('columns from the navigation', () => {
  it('takes the first level first and the folded entries as the second', () => {
    const facts = read(`<body><div class="top"><a href="/en/">English</a><a href="/wza/">无障碍</a></div><div class="nav"><ul><li><a href="/">首页</a></li>${names.map((n, i) => li(n, i, i === 1 ? '<ul><li><a href="/zc/">政策文件</a></li><li><a href="/jd/">政策解读</a></li></ul>' : '')).join('')}</ul></div></body>`)
    expect(facts.columns.filter((c) => c.level === 1).map((c) => c.name)).toEqual(names)
    expect(facts.columns.filter((c) => c.level === 2).map((c) => c.name)).toEqual(['政策文件', '政策解读'])
    expect(facts.columns[0]).toMatchObject({ url: 'http://www.example.gov.cn/c0/index.html', class: 'overview' })
  })
  it('takes the same path under another query for the same column', () => {
    const facts = read(`<nav><a href="/">首页</a><a href="/xw/">新闻动态</a><a href="/xw/?from=top">新闻频道</a><a href="/gk/">信息公开</a><a href="/fw/">办事服务</a><a href="/hd/">政民互动</a></nav>`)
    expect(facts.columns.map((c) => c.url)).toEqual(['http://www.example.gov.cn/xw/', 'http://www.example.gov.cn/gk/', 'http://www.example.gov.cn/fw/', 'http://www.example.gov.cn/hd/'])
  })
  it('keeps columns apart that a CMS names in the query alone', () => {
    const facts = read(`<div id="menu"><a href="index.jsp">首页</a>${names.map((n, i) => `<a href="list.jsp?urltype=tree&amp;wbtreeid=10${i}">${n}</a>`).join('')}</div>`)
    expect(facts.columns.length).toBe(6)
  })
  it('keeps at most 40 of the first level', () => {
    const many = Array.from({ length: 60 }, (_, i) => `<li><a href="/k${i}/">栏目${i}</a></li>`).join('')
    expect(read(`<div class="nav"><ul><li><a href="/">首页</a></li>${many}</ul></div>`).columns.filter((c) => c.level === 1).length).toBe(40)
  })
  it('reads a table of image-era navigation', () => {
    const facts = read(`<table class="m"><tr><td><a href="index.html">首 页</a></td>${names.map((n, i) => `<td><a href="c${i}/">${n}</a></td>`).join('')}</tr></table>`)
    expect(facts.columns.map((c) => c.name)).toEqual(names)
  })
  it('takes entries in dd for the first level where only the home page is in dt', () => {
    const names = ['今日要闻', '部门动态', '公示公告', '政府文件', '人事任免']
    const page = read(`<nav><dl><dt><a href="/">首页</a></dt>${names.map((n, i) => `<dd><a href="/c${i}/" title="${n}"><span>${n}</span></a></dd>`).join('')}</dl></nav><p>正文</p>`)
    expect(page.columns.map((c) => [c.name, c.level])).toEqual(names.map((n) => [n, 1]))
  })
  it('finds none on a page that has none', () => expect(read('<p>正文</p>').columns).toEqual([]))
})

describe('sections of a home page', () => {
  const ul = (p: string, days: readonly string[]): string => `<ul>${days.map((d, i) => `<li><a href="/${p}/${i}.html">${p}栏目的第${i}条信息标题文字</a><span>${d}</span></li>`).join('')}</ul>`
  const a = ['06-18', '06-17', '06-15']
  const b = ['2024-05-30', '2024-05-20', '2024-05-10']
  it('are named by their heading, with the address behind “更多”', () => {
    const facts = read(`<div class="b"><div class="t"><h2>要闻动态</h2><a href="/xw/">更多&gt;&gt;</a></div>${ul('xw', a)}</div><div class="b"><div class="t"><span>通知公告</span><a href="/tz/"><img src="more.gif"></a></div>${ul('tz', b)}</div>`, { kind: 'home' })
    expect(facts.sections.map((s) => [s.name, s.url, s.newest])).toEqual([['要闻动态', 'http://www.example.gov.cn/xw/', '2024-06-18'], ['通知公告', 'http://www.example.gov.cn/tz/', '2024-05-30']])
    expect(facts.date).toBe('2024-06-18')
  })
  it('take a “更多” that stands after the list', () => {
    const facts = read(`<div><h3>要闻</h3>${ul('xw', a)}<a href="/xw/">更多</a></div><div><h3>公告</h3>${ul('gg', b)}<a href="/gg/">MORE+</a></div>`, { kind: 'home' })
    expect(facts.sections.map((s) => s.url)).toEqual(['http://www.example.gov.cn/xw/', 'http://www.example.gov.cn/gg/'])
  })
  it('are told apart under tabs', () => {
    const facts = read(`<div class="tab"><ul class="hd"><li><a href="/yw/">今日要闻</a></li><li><a href="/bm/">部门动态</a></li></ul><div class="bd">${ul('yw', a)}${ul('bm', b)}</div></div>`, { kind: 'home' })
    expect(facts.sections.map((s) => [s.name, s.newest])).toEqual([['今日要闻', '2024-06-18'], ['部门动态', '2024-05-30']])
  })
})

describe('classifyColumn', () => {
  it.each([
    ['政策解读', 'interpretation'], ['通知公告', 'notice'], ['公示公告', 'notice'], ['政策文件', 'policy'], ['法规规章', 'policy'], ['要闻动态', 'news'], ['部门动态', 'news'], ['领导之窗', 'leaders'],
    ['机构职能', 'organisation'], ['互动交流', 'interaction'], ['局长信箱', 'interaction'], ['办事服务', 'service'], ['统计数据', 'data'], ['专题专栏', 'topic'], ['走进示例', 'overview'], ['政务公开', 'policy'], ['栏目', 'other'],
    // Kept by the year, or for good: no freshness rule is meant for them.
    ['政府信息公开', 'other'], ['信息公开指南', 'other'], ['政府信息公开制度', 'other'], ['依申请公开', 'other'], ['政府信息公开年报', 'data'], ['统计公报', 'data'], ['法治政府建设年度报告', 'data'],
    ['人事任免', 'other'], ['招标采购', 'other'], ['往期公报', 'other'], ['失效文件', 'other'], ['新媒体矩阵', 'other'], ['视频', 'other'], ['优化营商环境政策专栏', 'topic'], ['管理制度', 'other'],
    ['政府公报', 'policy'], ['规范性文件', 'policy'], ['信息公开', 'policy'], ['招聘公告', 'notice'], ['图片新闻', 'news'], ['统计法规', 'policy'], ['历史沿革', 'overview'],
  ])('%s', (name, kind) => expect(classifyColumn(name)).toBe(kind))
})

describe('the kind of a page that nobody named', () => {
  const rowsOf = (n: number): string => `<ul>${Array.from({ length: n }, (_, i) => `<li><a href="/t/${i}.html">关于某项工作的通知第${i}号</a><span>2024-05-${10 + i}</span></li>`).join('')}</ul>`
  it('is home by its address', () => expect(read(rowsOf(8), { url: 'http://www.example.gov.cn/index.html' }).kind).toBe('home'))
  it('is a list by its rows', () => expect(read(rowsOf(8), { url: 'http://www.example.gov.cn/tzgg/' }).kind).toBe('listing'))
  it('is an article by its text', () => {
    const text = `<h1>全市农村工作会议召开</h1><p>2024-05-01</p>${`<p>${'会议强调要加强领导,压实责任,确保各项任务落到实处,推动工作取得新成效。'.repeat(3)}</p>`.repeat(8)}`
    expect(read(`${text}${rowsOf(5)}`, { url: 'http://www.example.gov.cn/xw/1.html' }).kind).toBe('article')
  })
})

describe('what is not a column', () => {
  it('a friend’s site in the navigation', () => {
    const facts = read(`<div class="nav"><a href="/">首页</a><a href="/a/">政务公开</a><a href="/b/">新闻动态</a><a href="http://zwfw.example.gov.cn/">政务服务</a><a href="http://www.other.gov.cn/">兄弟单位</a><a href="/c/">互动交流</a></div>`, { url: 'http://www.example.gov.cn/' })
    expect(facts.columns.map((c) => c.name)).toEqual(['政务公开', '新闻动态', '政务服务', '互动交流'])
  })
})
