import { dayInChina, startOfDay } from '../../../src/domain/date.ts'
import { doorOf } from '../doors/index.ts'
import { conditional, page, text } from '../reply.ts'
import type { Asked, PageOptions, Reply } from '../reply.ts'
import { itemsAt, newestAt, publishedAt } from '../streams.ts'
import type { Column, Site } from '../types.ts'
import { FAMILIES, columnPath } from './family.ts'
import { framesetPage } from '../doors/entrances.ts'
import { functionReply } from '../functions/serve.ts'
import { articlePage, homePage, listPage, standingPage, wholePage } from './pages.ts'
import { dataReply } from './script-lists.ts'

/** The newest moment among a site's columns, as a server would bear it in Last-Modified; its clock pages bear none. */
function modified(site: Site, now: Date, columns: readonly Column[]): Date | undefined {
  if (site.traps.includes('republish_last_modified')) return new Date(Math.min(now.getTime(), startOfDay(dayInChina(now)).getTime() + 3 * 3_600_000))
  if (site.traps.includes('today_clock') || site.traps.includes('generated_meta') || site.dateStyle === 'relative') return undefined
  let last: Date | undefined
  for (const c of columns) {
    for (const item of c.stream === null ? [] : itemsAt(c.stream, now)) {
      const at = publishedAt(item)
      if (at <= now && (last === undefined || at > last)) last = at
    }
  }
  return last
}

function options(site: Site, now: Date, columns: readonly Column[]): PageOptions {
  const server = FAMILIES[site.family].server
  const last = modified(site, now, columns)
  const base = { headers: { server }, ...(last === undefined ? {} : { lastModified: last }) }
  if (site.traps.includes('gb18030_in_page')) return { ...base, charset: 'gb18030', contentType: 'text/html' }
  if (site.traps.includes('wrong_charset_header')) return { ...base, charset: 'gb18030', contentType: 'text/html; charset=utf-8' }
  return base
}

function robots(site: Site): Reply {
  if (site.robots === 'missing') return text('<h1>404 Not Found</h1>', 'text/html', 404)
  return text(site.robots === 'closed' ? 'User-agent: *\nDisallow: /\n' : 'User-agent: *\nDisallow: /admin/\nDisallow: /search/\n', 'text/plain; charset=utf-8')
}

function findList(site: Site, path: string, query: string, now: Date): { column: Column; n: number } | null {
  for (const column of site.columns) {
    if (column.form !== 'list' && column.form !== 'blank') continue
    const rules = FAMILIES[site.family]
    const pages = column.stream === null ? 1 : Math.max(1, Math.ceil(itemsAt(column.stream, now).length / 20))
    const home = columnPath(site, column)
    for (let n = 2; n <= pages; n++) {
      const at = rules.listPage(site, column, n, pages)
      if (at !== home && (at === path || at === `${path}?${query}`)) return { column, n }
    }
    if (path === home || (home.endsWith('/') && path === `${home}index.html`)) return { column, n: 1 }
  }
  return null
}

function content(site: Site, asked: Asked, now: Date): Reply | null {
  const all = site.columns
  if (asked.path === '/' || asked.path === '/index.html' || asked.path === '/main.html') {
    if (site.traps.includes('frameset') && asked.path !== '/main.html') return page(framesetPage(site), options(site, now, []))
    return page(homePage(site, now), options(site, now, all))
  }
  const data = dataReply(site, asked, now)
  if (data !== null) return data
  const list = findList(site, asked.path, asked.query.toString(), now)
  if (list !== null) return page(listPage(site, list.column, list.n, now), options(site, now, [list.column]))
  const standing = all.find((c) => c.form !== 'list' && c.form !== 'blank' && columnPath(site, c) === asked.path)
  if (standing !== undefined) return page(standingPage(site, standing, now), options(site, now, []))
  const tried = functionReply(site, asked, now, (title, body) => page(wholePage(site, `${title}_${site.name}`, [], body, now), options(site, now, [])))
  if (tried !== null) return tried
  if (/\.(png|jpg|gif)$/.test(asked.path)) return { status: 200, headers: { 'content-type': 'image/gif' }, body: Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64') }
  for (const column of all) {
    const item = column.stream === null ? undefined : itemsAt(column.stream, now).find((i) => FAMILIES[site.family].article(site, column, i) === asked.path)
    if (item !== undefined) return page(articlePage(site, column, item, now), options(site, now, []))
  }
  return null
}

/** What a site answers at `now`: a pure function, so that a test needs no network to read the province. */
export function respond(site: Site, asked: Asked, now: Date): Reply {
  const door = doorOf(site, asked, now)
  if (door !== null) return door
  if (asked.path === '/robots.txt') return robots(site)
  const found = content(site, asked, now)
  if (found !== null) return conditional(asked, found)
  return page(`<html><head><title>404</title></head><body><h1>404 Not Found</h1><p>您访问的页面不存在</p></body></html>`, { status: 404 })
}

/** The newest publication of a column at `now`. */
export function columnNewest(column: Column, now: Date): string | null {
  return column.stream === null ? null : newestAt(column.stream, now)
}
