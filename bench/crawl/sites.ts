/**
 * N government-like websites, made from a seed: a home page and eight columns each, 15 to 50 kB a page. Everything about a
 * page follows from its host and path, so that the server keeps nothing and the truth is computed, not stored.
 */

export const COLUMNS = ['要闻动态', '部门动态', '通知公告', '政策文件', '政策解读', '人事信息', '统计数据', '民生实事'] as const
const ROWS = 20
const HOME_ROWS = 8
const DAY = 86_400_000

/** A small generator with a seed (mulberry32): 0 to 1. */
export function random(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), a | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const hostOf = (site: number): string => `127.${80 + Math.floor(site / 60_000)}.${1 + (Math.floor(site / 240) % 250)}.${1 + (site % 240)}`
const day = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10)
export const columnPath = (column: number): string => `/zwgk/lm${column + 1}/index.html`

const WORDS = ['全市', '工作', '会议', '召开', '推进', '落实', '检查', '调研', '部署', '安全', '生产', '服务', '企业', '群众', '建设', '管理', '发展', '改革', '项目', '通知', '方案', '意见', '公告', '政策', '解读', '数据', '防汛', '教育', '卫生', '交通']

type Row = { readonly title: string; readonly url: string; readonly day: string }

/** Columns in which a site has published between the first visit and the second: three of them, at 45 % of the sites. */
export function published(site: number): readonly number[] {
  const rnd = random(site * 13 + 5)
  if (rnd() >= 0.45) return []
  const first = Math.floor(rnd() * COLUMNS.length)
  return [0, 3, 5].map((step) => (first + step) % COLUMNS.length)
}

/** Pages that differ at the second visit: those columns and the home page. With 45 % of the sites that is a fifth of all pages. */
export const differs = (site: number, path: string): boolean => published(site).length > 0 && (path === '/' || published(site).some((c) => columnPath(c) === path))

/** Half the sites know no conditional requests. */
export const conditional = (site: number): boolean => site % 2 === 0

/** Days between posts, 1 to 40: some columns are lively, some have gone still. `later`: the moment of what was published since. */
function rowsOf(site: number, column: number, now: number, count: number, later: number | null): Row[] {
  if (later !== null && published(site).includes(column)) {
    const on = day(later)
    const url = `${columnPath(column).replace('index.html', '')}${on.slice(0, 7).replace('-', '')}/t${on.replaceAll('-', '')}_${site * 1000 + column * 100 + 99}.html`
    return [{ title: `${WORDS[site % WORDS.length] ?? ''}工作新近发布的一条信息（${site}）`, url, day: on }, ...rowsOf(site, column, now, count - 1, null)]
  }
  const rnd = random(site * 101 + column * 7 + 1)
  const pace = 1 + Math.floor(rnd() * 6)
  let at = now - Math.floor(rnd() ** 3 * 200) * DAY
  const rows: Row[] = []
  for (let i = 0; i < count; i++) {
    let title = ''
    for (let w = 0; w < 7 + Math.floor(rnd() * 5); w++) title += WORDS[Math.floor(rnd() * WORDS.length)] ?? ''
    const on = day(at)
    rows.push({ title: `${title}（${i + 1}）`, url: `${columnPath(column).replace('index.html', '')}${on.slice(0, 7).replace('-', '')}/t${on.replaceAll('-', '')}_${site * 1000 + column * 100 + i}.html`, day: on })
    at -= (1 + Math.floor(rnd() * pace * 2)) * DAY
  }
  return rows
}

/** The newest publication of a column: what a crawl should find. */
export const truth = (site: number, column: number, now: number, later: number | null = null): string => rowsOf(site, column, now, 1, later)[0]?.day ?? ''

const list = (rows: readonly Row[]): string =>
  `<ul class="list">\n${rows.map((r) => `<li class="item clearfix"><a href="${r.url}" target="_blank" title="${r.title}">${r.title}</a><span class="date">${r.day}</span></li>`).join('\n')}\n</ul>`

/** What pages carry beside their content: inline style and script, a side bar, a link farm. Grows with the site's seed. */
function ballast(site: number): { head: string; foot: string } {
  const rnd = random(site + 17)
  const css = Array.from({ length: 60 + Math.floor(rnd() * 200) }, (_, i) => `.m${i}{margin:${i % 20}px auto;padding:0 ${i % 9}px;color:#${(i * 4567).toString(16).padStart(6, '0').slice(0, 6)}}`).join('')
  const js = Array.from({ length: 30 + Math.floor(rnd() * 100) }, (_, i) => `function f${i}(a,b){var c=a*${i}+b;if(c>${i * 3}){return document.getElementById("x"+c)}return null}`).join('\n')
  const links = Array.from({ length: 40 + Math.floor(rnd() * 60) }, (_, i) => `<a href="http://www.dept${i}.example/" target="_blank">市直部门${i + 1}</a>`).join('\n')
  return { head: `<style>${css}</style><script>${js}</script>`, foot: `<div class="friend">${links}</div>` }
}

/** The page at a path; null where there is none. `now` is the moment of the first visit, `later` that of what was published since. */
export function pageAt(site: number, path: string, now: number, later: number | null = null): string | null {
  const column = COLUMNS.findIndex((_, i) => columnPath(i) === path)
  if (path !== '/' && column === -1) return null
  const name = `第${site + 1}单位网站`
  const title = path === '/' ? name : `${COLUMNS[column] ?? ''}_${name}`
  const { head, foot } = ballast(site)
  const nav = COLUMNS.map((c, i) => `<li><a href="${columnPath(i)}">${c}</a></li>`).join('\n')
  const body = path === '/'
    ? COLUMNS.map((c, i) => `<div class="box"><div class="tit"><h3><a href="${columnPath(i)}">${c}</a></h3><a class="more" href="${columnPath(i)}">更多&gt;&gt;</a></div>\n${list(rowsOf(site, i, now, HOME_ROWS, later))}</div>`).join('\n')
    : `<div class="crumbs">当前位置：<a href="/">首页</a> &gt; ${COLUMNS[column] ?? ''}</div><div class="right"><h2>${COLUMNS[column] ?? ''}</h2>\n${list(rowsOf(site, column, now, ROWS, later))}\n<div class="pages">共${ROWS * 3}条 第1/3页 <a href="index_1.html">下一页</a></div></div>`
  return `<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title><meta name="SiteName" content="${name}">${head}</head>\n<body>\n` +
    `<div class="header"><div class="logo"><a href="/">${name}</a></div></div>\n<div class="nav"><ul>\n<li><a href="/">首页</a></li>\n${nav}\n</ul></div>\n<div class="main">\n${body}\n</div>\n` +
    `${foot}<div class="footer"><p>主办单位：第${site + 1}单位　<a href="/hdjl/">互动交流</a></p><p>网站标识码：36${String(site).padStart(8, '0')} 版权所有 2026</p></div></body></html>\n`
}
