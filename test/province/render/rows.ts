import { escape } from '../reply.ts'
import type { Item, Markup, Site } from '../types.ts'
import { dateHtml } from './dates.ts'

const title = (site: Site, item: Item): string => {
  const mark = item.pinned ? (site.seed % 2 === 0 ? '<em class="top">[置顶]</em>' : '<img src="/images/zd.gif" alt="置顶">') : ''
  return `${mark}${escape(item.title)}`
}

/** One row as the site writes it; `undated` leaves the date out. */
export function rowHtml(site: Site, item: Item, href: string, now: Date, undated = false): string {
  const style = undated ? 'none' : site.dateStyle
  const link = `<a href="${href}" title="${escape(item.title)}" target="_blank">${title(site, item)}</a>`
  switch (site.markup) {
    case 'ul': return style === 'split'
      ? `<li>${dateHtml(style, item, now, 'div')}<div class="txt">${link}</div></li>`
      : `<li>${link}${dateHtml(style, item, now)}</li>`
    case 'table': return `<tr><td class="dot">·</td><td width="620">${link}</td><td width="100" align="right">${dateHtml(style, item, now)}</td></tr>`
    case 'div': return `<div class="news-item">${style === 'split' ? dateHtml(style, item, now, 'div') : ''}<h4>${link}</h4>${style === 'split' ? '' : dateHtml(style, item, now, 'p')}</div>`
    case 'dl': return `<dd>${dateHtml(style, item, now)}${link}</dd>`
  }
}

const HOLDERS: Readonly<Record<Markup, readonly [string, string]>> = {
  ul: ['<ul class="list">', '</ul>'],
  table: ['<table class="list" width="100%" border="0"><tbody>', '</tbody></table>'],
  div: ['<div class="news-list">', '</div>'],
  dl: ['<dl class="list">', '</dl>'],
}

export function listHtml(site: Site, rows: readonly string[]): string {
  const [open, close] = HOLDERS[site.markup]
  return `${open}\n${rows.join('\n')}\n${close}`
}
