import { homeExtras, interactionBody, serviceBody } from '../functions/serve.ts'
import { crossLinks } from '../indicators/plan.ts'
import { escape } from '../reply.ts'
import { clockTime } from '../render/dates.ts'
import { footerHtml, headHtml, headerHtml } from '../render/layout.ts'
import { listHtml, rowHtml } from '../render/rows.ts'
import { hash, pick } from '../random.ts'
import { itemsAt } from '../streams.ts'
import { paragraphs } from '../titles.ts'
import type { Column, Item, Site } from '../types.ts'
import { FAMILIES, columnPath } from './family.ts'
import { holder } from './script-lists.ts'

const ROWS = 20
const HOME_ROWS = 6
const COLUMN_TYPES: Readonly<Record<string, string>> = {
  news: '工作动态', notice: '信息公开目录', policy: '政策文件', interpretation: '政策解读', leaders: '负责人信息', organisation: '机构职能',
  service: '办事服务', interaction: '咨询投诉', data: '数据发布',
}

type Metas = readonly (readonly [string, string])[]
const charsetOf = (site: Site): string => (site.traps.includes('gb18030_in_page') || site.traps.includes('wrong_charset_header') ? (site.seed % 2 === 0 ? 'gb2312' : 'gbk') : 'utf-8')

export function navHtml(site: Site): string {
  return site.columns.map((c) => `<li><a href="${columnPath(site, c)}">${escape(c.name)}</a></li>`).join('\n')
}

/** A whole page: head, header, navigation, body, footer. */
export function wholePage(site: Site, title: string, metas: Metas, body: string, now: Date): string {
  const rules = FAMILIES[site.family]
  const framed = site.traps.includes('frameset')
  return `${headHtml(site, title, metas, now, charsetOf(site))}<body>\n${rules.mark}\n${framed ? '' : headerHtml(site, navHtml(site), now)}` +
    `<div class="main">\n${body}\n</div>\n${footerHtml(site, now, title === site.name)}</body>\n</html>\n`
}

function section(site: Site, column: Column, now: Date): string {
  const items = column.stream === null ? [] : itemsAt(column.stream, now).slice(0, HOME_ROWS)
  const undated = site.traps.includes('home_undated')
  const rows = items.map((i) => rowHtml(site, i, FAMILIES[site.family].article(site, column, i), now, undated))
  return `<div class="box"><div class="tit"><h3><a href="${columnPath(site, column)}">${escape(column.name)}</a></h3><a class="more" href="${columnPath(site, column)}">更多&gt;&gt;</a></div>\n` +
    `${holder(site, column, items, now, true) ?? listHtml(site, rows)}\n</div>`
}

export function homePage(site: Site, now: Date): string {
  const entries = site.columns.filter((c) => c.form === 'interaction' || c.form === 'service')
    .map((c) => `<a class="quick" href="${columnPath(site, c)}">${c.form === 'interaction' ? '我要咨询' : '网上办事'}</a>`).join('\n')
  const boxes = site.traps.includes('nav_only_home') ? '<div class="banner"><img src="/images/banner.jpg" alt="banner"></div>' : site.columns.filter((c) => c.onHome).map((c) => section(site, c, now)).join('\n')
  return wholePage(site, site.name, [['ColumnType', '首页']], `${boxes}\n<div class="quicks">${entries}</div>\n${homeExtras(site)}`, now)
}

const columnMetas = (column: Column): Metas => [
  ['ColumnName', column.name], ['ColumnDescription', `${column.name}栏目发布相关信息`], ['ColumnKeywords', column.name], ['ColumnType', COLUMN_TYPES[column.class] ?? '信息公开目录'],
]

const crumbs = (site: Site, column: Column): string =>
  `<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="${columnPath(site, column)}">${escape(column.name)}</a></div>`

export function listPage(site: Site, column: Column, n: number, now: Date): string {
  const rules = FAMILIES[site.family]
  const all = column.stream === null ? [] : itemsAt(column.stream, now)
  const pages = Math.max(1, Math.ceil(all.length / ROWS))
  const items = all.slice((n - 1) * ROWS, n * ROWS)
  const rows = items.map((i) => rowHtml(site, i, rules.article(site, column, i), now))
  const empty = site.seed % 2 === 0 ? '<ul class="list"></ul>\n<p class="none">暂无数据</p>' : '<ul class="list"></ul>\n<div class="pages">共0条记录 第1/1页</div>'
  const inner = column.form === 'blank' ? empty : (holder(site, column, items, now, false) ?? listHtml(site, rows))
  const pager = pages > 1
    ? `<div class="pages">共${all.length}条 第${n}/${pages}页 ${n > 1 ? `<a href="${rules.listPage(site, column, n - 1, pages)}">上一页</a>` : ''} ${n < pages ? `<a href="${rules.listPage(site, column, n + 1, pages)}">下一页</a>` : ''} <a href="${rules.listPage(site, column, pages, pages)}">尾页</a></div>`
    : ''
  return wholePage(site, `${column.name}_${site.name}`, columnMetas(column), `${crumbs(site, column)}\n<div class="right"><h2>${escape(column.name)}</h2>\n${inner}\n${pager}</div>`, now)
}

export function articlePage(site: Site, column: Column, item: Item, now: Date): string {
  const [open, close] = FAMILIES[site.family].content
  const source = pick([site.organisation.name, '江西日报', '本网讯', '省政府网站'], site.id, item.id)
  const body = paragraphs(`${site.id}/${column.key}`, item.id).map((p) => `<p>&emsp;&emsp;${p}</p>`).join('\n')
  const metas: Metas = [
    ...columnMetas(column), ['ArticleTitle', item.title], ['PubDate', `${item.day} ${clockTime(item)}`], ['ContentSource', source], ['Author', pick(['张三', '李四', '王芳', '刘洋'], item.id)],
  ]
  const views = hash(site.id, item.id) % 2000
  return wholePage(site, item.title, metas,
    `${crumbs(site, column)}\n<div class="article"><h1>${escape(item.title)}</h1>\n<div class="info">发布时间：${item.day} ${clockTime(item)} &nbsp; 来源：${source} &nbsp; 浏览次数：${views} &nbsp; 字号：[大 中 小]</div>\n${open}\n${body}\n${close}\n${crossLinks(site, column, item, now)}</div>`, now)
}

const STANDING_TEXT: Readonly<Record<string, string>> = {
  leaders: '<h2>领导信息</h2><div class="leader"><p><b>局长</b> 主持全面工作，分管人事、财务。</p><p><b>副局长</b> 协助局长分管法规、审批服务。</p><p>简历：男，汉族，大学学历，中共党员。</p></div>',
  organisation: '<h2>机构职能</h2><p>贯彻执行国家和省有关法律法规、方针政策，拟订发展规划和年度计划并组织实施。</p><p>内设机构：办公室、人事科、财务科、政策法规科、行政审批科。</p><p>办公时间：工作日上午9时至12时，下午1时30分至5时。</p>',
}

/** Pages without rows: leaders, functions, the service hall, the entry for letters. */
export function standingPage(site: Site, column: Column, now: Date): string {
  const body = column.form === 'service' ? serviceBody(site) : column.form === 'interaction' ? interactionBody(site) : (STANDING_TEXT[column.class] ?? '<h2>概况</h2><p>内容整理中。</p>')
  return wholePage(site, `${column.name}_${site.name}`, columnMetas(column), `${crumbs(site, column)}\n${body}`, now)
}
