import { startOfDay } from '../../../src/domain/date.ts'
import { clockTime } from '../render/dates.ts'
import { json, text } from '../reply.ts'
import type { Asked, Reply } from '../reply.ts'
import { rowHtml } from '../render/rows.ts'
import { itemsAt, publishedAt } from '../streams.ts'
import type { Column, Item, Site } from '../types.ts'
import { FAMILIES } from './family.ts'

/** Lists whose rows are not in the page's own HTML: what the page holds in their place, and where the rows are fetched. */

const href = (site: Site, column: Column, item: Item): string => FAMILIES[site.family].article(site, column, item)
const listed = (column: Column, now: Date): readonly Item[] => (column.stream === null ? [] : itemsAt(column.stream, now))
const seconds = (item: Item): number => Math.floor(publishedAt(item).getTime() / 1000)
const quoted = (s: string): string => s.replaceAll("'", '’')

/** Arrays in the page, written out by a loop (北京科委 shape). */
function arrays(site: Site, column: Column, items: readonly Item[]): string {
  const fill = items.map((item, i) => {
    const [y, m, d] = item.day.split('-')
    return `urls[${i}]='${href(site, column, item)}';headers[${i}]='${quoted(item.title)}';year[${i}]='${y}';month[${i}]='${m}';day[${i}]='${d}';`
  })
  return `<ul class="list"><script type="text/javascript">\nvar urls=[],headers=[],year=[],month=[],day=[];\n${fill.join('\n')}\n` +
    `for(var i=0;i<urls.length;i++){document.write('<li><a href="'+urls[i]+'">'+headers[i]+'</a><span>'+year[i]+'-'+month[i]+'-'+day[i]+'</span></li>');}\n</script></ul>`
}

/** What stands in the page where the rows will be; null where this site writes its rows in HTML. */
export function holder(site: Site, column: Column, items: readonly Item[], now: Date, home: boolean): string | null {
  if (site.traps.includes('js_list')) {
    if (site.family === 'trs') return arrays(site, column, items)
    return `<div class="list" data-channel="${column.number}" data-rows="${home ? 6 : 20}">${home ? '加载中…' : '暂无数据'}</div>\n<script src="/js/list.js"></script>`
  }
  if (home) return null
  if (site.traps.includes('jpage_cdata') || (site.family === 'jpage' && !site.traps.includes('jpage_proxy'))) {
    return `<div id="${column.number}9"><script type="text/xml"><datastore>\n<nextgroup><![CDATA[<a href="${proxy(site, column)}"></a>]]></nextgroup>\n${recordset(site, column, items, now)}\n</datastore></script></div>\n` +
      `<script type="text/javascript">jpage('${column.number}9', 20);</script>`
  }
  if (site.traps.includes('jpage_proxy')) {
    return `<div id="${column.number}9"><script type="text/xml"><datastore>\n<nextgroup><![CDATA[<a href="${proxy(site, column)}"></a>]]></nextgroup>\n<recordset></recordset>\n</datastore></script></div>\n` +
      `<script type="text/javascript">jpage('${column.number}9', 20);</script>`
  }
  switch (site.family) {
    case 'gkmlpt': return `<div id="app" class="gkmlpt-list"></div>\n<script>window._CONFIG = { SID: '${755000 + (site.seed % 900)}', SITE: '/${column.key}/', CATEGORY: 0 };</script>\n<script src="/gkmlpt/js/app.js"></script>`
    case 'ucap': return `<div class="list" id="searchList"></div>\n<script>$.getJSON('/searchList/${column.number}?_isAgg=true&_isJson=true&_pageSize=20&_template=index&page=1', function (r) { render(r.data.results); });</script>`
    case 'datafile': return `<ul id="showData0" data="datasource:${column.number}"></ul>\n<script>$.getJSON('./${column.key.toUpperCase()}.json', function (rows) { show(rows); });</script>`
    case 'buildstatic': return `<script parseType="buildstatic" url="/api-gateway/jpaas-publish-server/front/page/build/unit" querydata="{'webId':'${site.id}','pageId':'${column.number}','parseType':'bulidstatic','pageType':'column','tagId':'右侧列表','tplSetId':'1'}"></script>`
    default: return null
  }
}

const proxy = (site: Site, column: Column): string =>
  `/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid=1&path=/&columnid=${column.number}&unitid=${column.number}9&webname=${encodeURIComponent(site.name)}&permissiontype=0`

function recordset(site: Site, column: Column, items: readonly Item[], now: Date): string {
  const records = items.map((i) => `<record><![CDATA[${rowHtml(site, i, href(site, column, i), now)}]]></record>`)
  return `<recordset>\n${records.join('\n')}\n</recordset>`
}

const LIST_SCRIPT = `document.querySelectorAll('div.list[data-channel]').forEach(function (box) {
  if (box.dataset.done) return; box.dataset.done = '1';
  var where = ['', 'open', 'v2', box.dataset.channel].join('/');
  fetch(where + '?rows=' + box.dataset.rows).then(function (r) { return r.json(); }).then(function (rows) {
    box.innerHTML = '<ul>' + rows.map(function (x) { return '<li><a href="' + x.u + '">' + x.t + '</a><span>' + x.d + '</span></li>'; }).join('') + '</ul>';
  });
});
`

/** The addresses from which scripts fetch rows; null where the address is none of them. */
export function dataReply(site: Site, asked: Asked, now: Date): Reply | null {
  const of = (n: string | null | undefined): Column | undefined => site.columns.find((c) => String(c.number) === n)
  const answer = (column: Column | undefined, make: (column: Column, items: readonly Item[]) => Reply): Reply | null =>
    column === undefined ? null : make(column, listed(column, now))

  if (site.traps.includes('js_list')) {
    if (asked.path === '/js/list.js') return text(LIST_SCRIPT, 'application/javascript; charset=utf-8')
    const m = /^\/open\/v2\/(\d+)$/.exec(asked.path)
    return m === null ? null : answer(of(m[1]), (c, items) => json(items.slice(0, Number(asked.query.get('rows') ?? 20)).map((i) => ({ t: i.title, u: href(site, c, i), d: i.day }))))
  }
  if (site.family === 'jpage' && asked.path.endsWith('/jpage/dataproxy.jsp')) {
    const given = new URLSearchParams(asked.body)
    const start = Number(asked.query.get('startrecord') ?? 1)
    const end = Number(asked.query.get('endrecord') ?? 60)
    return answer(of(given.get('columnid') ?? asked.query.get('columnid')), (c, items) =>
      text(`<?xml version="1.0" encoding="utf-8"?>\n<datastore><totalrecord>${items.length}</totalrecord><totalpage>${Math.ceil(items.length / 20)}</totalpage>\n${recordset(site, c, items.slice(start - 1, end), now)}\n</datastore>`, 'text/html;charset=UTF-8'))
  }
  if (site.family === 'gkmlpt') {
    const m = /^\/([a-z]+)\/gkmlpt\/api\/all\/\d+$/.exec(asked.path)
    const page = Math.max(1, Number(asked.query.get('page') ?? 1))
    return m === null ? null : answer(site.columns.find((c) => c.key === m[1]), (c, items) => json({
      total: items.length,
      articles: items.slice((page - 1) * 100, page * 100).map((i) => ({
        id: Number(`${c.number}${i.id.replace(/\D/g, '') || '9'}`), title: i.title, publisher: site.organisation.name, url: `http://${asked.headers['host'] ?? site.host}${href(site, c, i)}`,
        post_url: href(site, c, i), create_time: seconds(i) - 600, first_publish_time: seconds(i), display_publish_time: seconds(i),
        date: Math.floor(startOfDay(i.day).getTime() / 1000), created_at: `${i.day} ${clockTime(i)}:00`, date_published: `${i.day} ${clockTime(i)}:00`, is_expired: 0, is_abolished: 0,
      })),
    }))
  }
  if (site.family === 'ucap') {
    const m = /^\/searchList\/(\d+)$/.exec(asked.path)
    return m === null ? null : answer(of(m[1]), (c, items) => json({ code: 0, data: { total: items.length, page: 1, rows: 20, results: items.slice(0, 20).map((i) => ({
      title: i.title, url: href(site, c, i), publishedTime: site.seed % 2 === 0 ? publishedAt(i).getTime() : `${i.day} ${clockTime(i)}:00`, publishedTimeStr: `${i.day} ${clockTime(i)}:00`, channelName: c.name, contentHtml: '',
    })) } }))
  }
  if (site.family === 'datafile') {
    const m = /^\/([a-z]+)\/([A-Z]+)\.json$/.exec(asked.path)
    return m === null || m[1] !== m[2]?.toLowerCase() ? null : answer(site.columns.find((c) => c.key === m[1]), (c, items) =>
      json(items.map((i) => ({ TITLE: i.title, SUB_TITLE: '', URL: href(site, c, i), DOCRELPUBTIME: i.day }))))
  }
  if (site.family === 'buildstatic' && asked.path === '/api-gateway/jpaas-publish-server/front/page/build/unit') {
    return answer(of(asked.query.get('pageId')), (c, items) => json({ success: true, code: '200', message: '', data: {
      html: `<div class="page-content"><ul>${items.slice(0, 20).map((i) => `<li class="cf"><a class="fl" href="${href(site, c, i)}" title="${i.title}">${i.title}</a><span class="fr">${i.day}</span></li>`).join('')}</ul></div>`,
    } }))
  }
  return null
}
