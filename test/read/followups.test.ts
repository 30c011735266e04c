import { describe, expect, it } from 'vitest'
import { readFollowUp } from '../../src/read/index.ts'
import { NOW, read } from './pages.ts'

const source = { url: 'http://www.example.gov.cn/col/col1229/index.html?uid=4567', now: NOW }
const bytes = (s: string): Uint8Array => new TextEncoder().encode(s)

describe('follow-ups that a page names', () => {
  it.each([
    ['meta refresh', '<meta http-equiv="Refresh" content="0; URL=\'/new/index.html\'">', 'meta_refresh', 'http://www.example.gov.cn/new/index.html'],
    ['script redirect', '<script>window.location.href = "/web/index.html";</script>', 'script_redirect', 'http://www.example.gov.cn/web/index.html'],
    ['location.replace', "<script>top.location.replace('http://other.example.gov.cn/')</script>", 'script_redirect', 'http://other.example.gov.cn/'],
    ['a moved article', '<script>var _cofing1={href:"http://m.example.gov.cn/a.html",type:1};</script>', 'script_redirect', 'http://m.example.gov.cn/a.html'],
    ['frameset', '<frameset rows="80,*"><frame src="top.html"><frame src="main.html" name="main"></frameset>', 'frame', 'http://www.example.gov.cn/col/col1229/main.html'],
    ['gkmlpt', "<div></div><script>window._CONFIG = {SID: '755031'}</script>", 'json_list', 'http://www.example.gov.cn/gkmlpt/api/all/0?page=1&sid=755031'],
    ['a static JSON list', '<ul id="l"></ul><script>$.getJSON("/zhengce/zuixin/LIST.json", show)</script>', 'json_list', 'http://www.example.gov.cn/zhengce/zuixin/LIST.json'],
    ['UCAP search list', '<script>$.get("/searchList/0ac34e96?_isAgg=true&_isJson=true&_pageSize=18", f)</script>', 'search_list', 'http://www.example.gov.cn/searchList/0ac34e96?_isAgg=true&_isJson=true&_pageSize=18'],
    ['the next page', '<a href="index_1.html">下一页</a>', 'next_page', 'http://www.example.gov.cn/col/col1229/index_1.html'],
  ])('%s', (_what, html, why, url) => {
    expect(read(`<html><head><title>t</title></head><body>${html}</body></html>`, source).followUps).toContainEqual({ why, url, method: 'GET' })
  })
  it('buildstatic, whose query is JSON in single quotes', () => {
    const f = read(`<script parseType="buildstatic" url="/api-gateway/jpaas-publish-server/front/page/build/unit" querydata="{'webId':'8d8','pageId':'aa','parseType':'buildstatic'}"></script>`, source).followUps[0]
    expect(f).toEqual({ why: 'buildstatic', method: 'GET', url: 'http://www.example.gov.cn/api-gateway/jpaas-publish-server/front/page/build/unit?webId=8d8&pageId=aa&parseType=buildstatic' })
  })
  it('jpage, with the column of the address and the unit of the script', () => {
    const f = read(`<div id="4567"></div><script>$('#4567').jpage({ proxyUrl:'/module/web/jpage/dataproxy.jsp?page=1', ajaxParam:{columnid:1229,unitid:'4567',webname:'示例',webid:23}});</script>`, source).followUps.find((x) => x.why === 'jpage')
    expect(f?.method).toBe('POST')
    expect(f?.url).toContain('/module/web/jpage/dataproxy.jsp?startrecord=1')
    expect(new URLSearchParams(f?.body).get('columnid')).toBe('1229')
    expect(new URLSearchParams(f?.body).get('unitid')).toBe('4567')
    expect(new URLSearchParams(f?.body).get('webid')).toBe('23')
  })
  it('does not take a handler deep in a full page for a redirect', () => {
    const body = '<p>真实的内容</p>'.repeat(200)
    expect(read(`<body>${body}<script>function go(){ location.href = "/search.html"; }</script></body>`, source).followUps).toEqual([])
  })
  it('says that a script-built list needs a browser', () => {
    const facts = read('<html><head><title>通知公告</title></head><body><div class="nav"><a href="/">首页</a><a href="/a/">政务公开</a><a href="/b/">新闻动态</a><a href="/c/">办事服务</a><a href="/d/">互动交流</a></div><p>当前位置：首页 &gt; 通知公告</p><div id="app"></div><script src="/static/app.js"></script></body></html>', { ...source, kind: 'listing' })
    expect(facts).toMatchObject({ listState: 'unreadable', needsBrowser: true, date: null })
  })
  it('tells an empty list from an unreadable one', () => {
    expect(read('<body><h2>通知公告</h2><p>暂无相关信息</p></body>', { ...source, kind: 'listing' })).toMatchObject({ listState: 'empty', needsBrowser: false })
  })
  it.each([
    ['a script of its own', '<script src="/js/list.js?v=2"></script>', true],
    ['a script that fetches', '<script>$.ajax({ url: "/api/list", success: show })</script>', true],
    ['a script that writes', '<script>document.getElementById("list").innerHTML = rows()</script>', true],
    ['an application', '<script type="module" src="/assets/index-4f2a.js"></script>', true],
    ['a frame', '<iframe src="/list_inner.jsp"></iframe>', true],
    ['libraries alone', '<script src="/js/jquery-3.5.1.min.js"></script><script src="/js/bootstrap.min.js"></script>', false],
    ['a counter', '<script>var _hmt = _hmt || []; (function() { var hm = document.createElement("script"); hm.src = "https://hm.baidu.com/hm.js?1"; document.body.appendChild(hm) })();</script>', false],
    ['a script that only switches', '<script>function tab(n) { document.title = n }</script>', false],
  ])('暂无数据 beside %s may be a placeholder: %s', (_what, extra, asks) => {
    const facts = read(`<body><div class="nav"><a href="/">首页</a><a href="/a/">政务公开</a><a href="/b/">新闻动态</a><a href="/c/">办事服务</a><a href="/d/">互动交流</a></div><h2>通知公告</h2><ul id="list"><li>暂无数据</li></ul>${extra}</body>`, { ...source, kind: 'listing' })
    expect(facts.listState).toBe('empty')
    expect(facts.needsBrowser || facts.followUps.some((f) => f.why === 'frame')).toBe(asks)
  })
})

describe('answers to follow-ups', () => {
  it.each([
    ['dataproxy XML', '<?xml version="1.0"?><datastore><totalrecord>2</totalrecord><recordset><record><![CDATA[<li><a href="/art/1.html" title="第一条信息的标题">第一条信息的标题</a><span>2024-06-12</span></li>]]></record><record><![CDATA[<li><a href="/art/2.html">第二条信息的标题</a><span>2024-06-10</span></li>]]></record></recordset></datastore>'],
    ['buildstatic JSON', JSON.stringify({ success: true, data: { html: '<ul><li><a href="/art/1.html">第一条信息的标题</a><span class="fr">2024-06-12</span></li><li><a href="/art/2.html">第二条信息的标题</a><span class="fr">2024-06-10</span></li></ul>' } })],
    ['a plain JSON list', JSON.stringify([{ TITLE: '第一条信息的标题', URL: '/art/1.html', DOCRELPUBTIME: '2024-06-12' }, { TITLE: '第二条信息的标题', URL: '/art/2.html', DOCRELPUBTIME: '2024-06-10' }])],
    ['gkmlpt, in seconds', JSON.stringify({ total: 2, articles: [{ title: '第一条信息的标题', url: 'http://www.example.gov.cn/art/1.html', first_publish_time: 1718150400, date: 1609430400 }, { title: '第二条信息的标题', url: '/art/2.html', first_publish_time: 1717977600 }] })],
    ['UCAP, in milliseconds', JSON.stringify({ data: { results: [{ title: '第一条信息的标题', url: '/art/1.html', publishedTime: 1718150400000 }, { title: '第二条信息的标题', url: '/art/2.html', publishedTime: '1717977600000' }] } })],
    ['JSONP', `jsonpCallback({"rows":[{"docTitle":"第一条信息的标题","docUrl":"/art/1.html","publishDate":"2024-06-12 10:00:00"},{"docTitle":"第二条信息的标题","docUrl":"/art/2.html","publishDate":"2024-06-10"}]});`],
    ['a fragment of HTML', '<ul><li><a href="/art/1.html">第一条信息的标题</a><i>2024-06-12</i></li><li><a href="/art/2.html">第二条信息的标题</a><i>2024-06-10</i></li></ul>'],
  ])('%s', (_what, answer) => {
    const { items } = readFollowUp(bytes(answer), source)
    expect(items.map((i) => [i.title, i.url, i.date])).toEqual([['第一条信息的标题', 'http://www.example.gov.cn/art/1.html', '2024-06-12'], ['第二条信息的标题', 'http://www.example.gov.cn/art/2.html', '2024-06-10']])
  })
  it.each(['', '{', 'null', '[[[[', '<record', '{"data":{"html":5}}', 'callback(', '\u0000\u0001'])('gives no rows for %j', (answer) => {
    expect(readFollowUp(bytes(answer), source).items).toEqual([])
  })
  it('keeps a future row undated, with the reason', () => {
    const { items } = readFollowUp(bytes(JSON.stringify([{ title: '一条预发布的信息', url: '/a', pubDate: '2031-01-01' }])), source)
    expect(items[0]).toMatchObject({ date: null, witness: { doubt: 'future' } })
  })
})
