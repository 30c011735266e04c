import { clockTime } from './render/dates.ts'
import { escape, json, page, text } from './reply.ts'
import type { Reply } from './reply.ts'
import { itemsAt, publishedAt } from './streams.ts'
import type { FeedSpec, Item } from './types.ts'

const CHINA = 8 * 3_600_000

/** `Mon, 23 Nov 2026 08:12:00 +0800` */
function rfc822(at: Date): string {
  return new Date(at.getTime() + CHINA).toUTCString().replace('GMT', '+0800')
}

const iso = (item: Item): string => `${item.day}T${clockTime(item)}:00+08:00`
const link = (feed: FeedSpec, item: Item): string => `http://${feed.host}/article/${item.id}.html`

function rss(feed: FeedSpec, items: readonly Item[], now: Date): string {
  const entries = items.map((i) => `<item><title>${escape(i.title)}</title><link>${link(feed, i)}</link><guid>${link(feed, i)}</guid>${feed.mode === 'undated' ? '' : `<pubDate>${rfc822(publishedAt(i))}</pubDate>`}</item>`)
  const built = feed.mode === 'build_date' ? `<pubDate>${rfc822(now)}</pubDate><lastBuildDate>${rfc822(now)}</lastBuildDate>` : ''
  return `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>${feed.title}</title><link>http://${feed.host}/</link><description>${feed.title}</description>${built}\n${entries.join('\n')}\n</channel></rss>\n`
}

function atom(feed: FeedSpec, items: readonly Item[], now: Date): string {
  const top = items[0]
  const updated = feed.mode === 'build_date' || top === undefined ? now.toISOString() : iso(top)
  // `updated` is when an entry was last touched: a re-publish renews it, `published` stays.
  const entries = items.map((i) => `<entry><title>${escape(i.title)}</title><id>${link(feed, i)}</id><link href="${link(feed, i)}"/><published>${iso(i)}</published><updated>${feed.mode === 'build_date' ? now.toISOString() : iso(i)}</updated></entry>`)
  return `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>${feed.title}</title><id>http://${feed.host}/feed</id><updated>${updated}</updated>\n${entries.join('\n')}\n</feed>\n`
}

function rdf(feed: FeedSpec, items: readonly Item[]): string {
  const entries = items.map((i) => `<item rdf:about="${link(feed, i)}"><title>${escape(i.title)}</title><link>${link(feed, i)}</link><dc:date>${iso(i)}</dc:date></item>`)
  return `<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://${feed.host}/feed"><title>${feed.title}</title><link>http://${feed.host}/</link><description>${feed.title}</description></channel>\n${entries.join('\n')}\n</rdf:RDF>\n`
}

/** What a feed's server answers at `now`. */
export function respondFeed(feed: FeedSpec, path: string, now: Date): Reply {
  if (path === '/robots.txt') return text('404', 'text/plain', 404)
  if (path !== '/feed') return page('<h1>404</h1>', { status: 404 })
  const items = itemsAt(feed.stream, now)
  if (feed.mode === 'html') return page(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>${feed.title}</title></head><body><h1>${feed.title}</h1><p>本站订阅服务正在维护，请稍后再试，感谢您的关注与支持。</p></body></html>`)
  switch (feed.format) {
    case 'rss': return text(rss(feed, items, now), 'application/rss+xml; charset=utf-8')
    case 'atom': return text(atom(feed, items, now), 'application/atom+xml; charset=utf-8')
    case 'rdf': return text(rdf(feed, items), 'text/xml')
    case 'json': return json({ version: 'https://jsonfeed.org/version/1.1', title: feed.title, home_page_url: `http://${feed.host}/`, items: items.map((i) => ({ id: i.id, url: link(feed, i), title: i.title, ...(feed.mode === 'undated' ? {} : { date_published: iso(i) }) })) }, 'application/feed+json')
  }
}
