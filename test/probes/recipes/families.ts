/**
 * List pages of the CMS families, written by us in the shape that their templates give: head, navigation, the list, what stands
 * beside it (hot items, pager), foot. Three rows each; whatever else bears a date is no row.
 */
const ROWS = [
  ['关于做好2026年安全生产工作的通知', '2026-11-20'],
  ['县人民政府办公室关于印发工作方案的通知', '2026-11-03'],
  ['关于2026年国庆节放假安排的通告', '2026-09-28'],
] as const
export const TITLES = ROWS.map(([t]) => t)
export const DAYS = ROWS.map(([, d]) => d)

const each = (row: (title: string, day: string, i: number) => string): string => ROWS.map(([t, d], i) => row(t, d, i)).join('\n')
const compact = (day: string): string => day.replaceAll('-', '')
const hex = (i: number): string => (i + 10).toString(16).padStart(2, '0').repeat(16)

const page = (head: string, body: string): string => `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>通知公告_景安县人民政府</title>
<meta name="SiteName" content="景安县人民政府"><meta name="SiteDomain" content="www.jingan.gov.cn"><meta name="SiteIDCode" content="3607290001">
<meta name="ColumnName" content="通知公告"><meta name="ColumnType" content="通知公告">
${head}</head><body>
<div class="header"><a href="/">首页</a><span>今天是2026年11月23日 星期一</span></div>
<div class="nav"><a href="/xwzx/">新闻中心</a><a href="/zwgk/">政务公开</a><a href="/bsfw/">办事服务</a><a href="/hdjl/">互动交流</a></div>
${body}
<div class="side"><h3>热点</h3><p><a href="/hot/1.html">景安县2025年政府工作报告</a> 2026-01-12</p></div>
<div class="footer"><p>主办单位:景安县人民政府办公室 网站标识码:3607290001 赣ICP备05001234号-1</p><p>Copyright 2018-2026</p></div>
</body></html>`

export const FAMILIES: Readonly<Record<string, { readonly html: string; readonly links: readonly string[] }>> = {
  // Static pages index.html, index_1.html…; links by ./ and tYYYYMMDD_; the pager is drawn by createPageHTML.
  trs: {
    html: page('<link rel="stylesheet" href="/images/style.css">', `<div class="main"><h2>通知公告</h2><ul class="lists">
${each((t, d, i) => `<li><a href="./${compact(d).slice(0, 6)}/t${compact(d)}_64520${i}.html" target="_blank" title="${t}">${t}</a><span>[${d}]</span></li>`)}
</ul><div class="page"><script>createPageHTML(12, 0, "index", "html");</script></div></div>`),
    links: ROWS.map(([, d], i) => `${compact(d).slice(0, 6)}/t${compact(d)}_64520${i}.html`),
  },
  // /col/colN/index.html: the first block stands in the container, all of them as XML in a script for jpage to turn.
  'hanweb-jpage': {
    html: page('<script src="/script/jquery.js"></script><script src="/script/jpage/jpage.js"></script>', `<div class="main" id="34221"><div class="default_pgContainer">
${each((t, d, i) => `<li><a href="/art/${d.split('-').map(Number).join('/')}/art_1021_88${i}.html" target="_blank">${t}</a><span class="bt-data-time">${d}</span></li>`)}
</div><script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid=12&path=/&columnid=1021&unitid=34221&webname='景安县人民政府'&permissiontype=0"></a>]]></nextgroup><recordset>
${each((t, d, i) => `<record><![CDATA[<li><a href="/art/${d.split('-').map(Number).join('/')}/art_1021_88${i}.html">${t}</a><span>${d}</span></li>]]></record>`)}
</recordset></datastore></script></div>`),
    links: ROWS.map(([, d], i) => `/art/${d.split('-').map(Number).join('/')}/art_1021_88${i}.html`),
  },
  // As its script has drawn it from /gkmlpt/api/all/0: a table of number, name and day.
  gkmlpt: {
    html: page(`<script>var _CONFIG = { SID: '755031', SITE: { sub_path: '/gkmlpt' } }</script><script src="/gkmlpt/js/app.js"></script>`, `<div id="app"><table class="table-content"><thead><tr><th>标题</th><th>发布机构</th><th>发布日期</th></tr></thead><tbody>
${each((t, d, i) => `<tr><td><a href="/gkmlpt/content/11/1130/post_1130${i}.html#1021" title="${t}">${t}</a></td><td>景安县人民政府办公室</td><td>${d}</td></tr>`)}
</tbody></table></div>`),
    links: ROWS.map((_, i) => `/gkmlpt/content/11/1130/post_1130${i}.html`),
  },
  // Server-written lists; article links /content/post_N.html.
  nfcms: {
    html: page('<script>var NFCMS_SITE_ID = "755123"; var NFCMS_CATEGORY_ID = "1021"</script>', `<div class="main"><div class="list"><ul class="news_list">
${each((t, d, i) => `<li><a href="http://www.jingan.gov.cn/content/post_43${i}.html" title="${t}">${t}</a><span class="time">${d}</span></li>`)}
</ul></div><div class="pagination"><a href="/tzgg/index_2.html">下一页</a></div></div>`),
    links: ROWS.map((_, i) => `http://www.jingan.gov.cn/content/post_43${i}.html`),
  },
  // 湖南、海南…: a block a row, its day in a small table under the title.
  ucap: {
    html: page('<meta name="channelId" content="c100015"><script src="/_jiucuo_/js/jiucuo.js?sitecode=3607290001"></script>', `<div id="UCAP-CONTENT">
${each((t, d, i) => `<div class="list_div"><div class="list-right_title fon_1"><a href="/jingan/c100015/c52511${i}/content.shtml" title="${t}">${t}</a></div><table class="list_table"><tr><td>发布时间：${d}</td><td>来源：县政府办</td></tr></table></div>`)}
</div>`),
    links: ROWS.map((_, i) => `/jingan/c100015/c52511${i}/content.shtml`),
  },
  // Rows by id line_uN_M, links relative, days with slashes.
  vsb: {
    html: page('<link rel="stylesheet" href="../index.vsb.css"><script src="/system/resource/js/vsbscreen.min.js" id="_vsbscreen"></script><script src="../_sitegray/_sitegray.js"></script><!--Announced by Visual SiteBuilder 9-->', `<div class="main"><ul>
${each((t, d, i) => `<li id="line_u8_${i}"><a href="../info/1021/234${i}.htm" target="_blank" title="${t}">${t}</a><span>${d.replaceAll('-', '/')}</span></li>`)}
</ul><div class="pb_sys_common"><span class="p_t">共37条</span><a href="tzgg/2.htm">下页</a></div></div>`),
    links: ROWS.map((_, i) => `../info/1021/234${i}.htm`),
  },
  // The fragment that the script with parseType fetches, as it stands once it is put in.
  jpaas: {
    html: page('', `<script parseType="buildstatic" url="/api-gateway/jpaas-publish-server/front/page/build/unit" querydata="{'parseType':'buildstatic','webId':'8d82','tplSetId':'20a1','pageType':'column','tagId':'右侧内容','pageId':'1021'}"></script>
<div class="page-content"><ul>
${each((t, d, i) => `<li class="cf"><a class="fl" href="/art/${d.slice(0, 4)}/art_${hex(i)}.html" title="${t}">${t}</a><span class="fr">${d}</span></li>`)}
</ul></div>`),
    links: ROWS.map(([, d], i) => `/art/${d.slice(0, 4)}/art_${hex(i)}.html`),
  },
}
