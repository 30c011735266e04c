import { encodeGb18030 } from '../province/gb18030.ts'
import { chinaTime, handler, html, json, listed, modeOf, nameOf } from './shared.ts'
import type { Answer, DoubleAccount, DoublePost, Handler, Mode, PlatformState } from './shared.ts'

/** `id` is the path of the feed. */
export type FeedAccount = DoubleAccount & {
  readonly format: 'rss' | 'atom' | 'json' | 'rdf'
  /** How an RSS item writes its date; the feed’s own dates are always the moment it was built. */
  readonly dates?: 'rfc822' | 'plus0800' | 'china' | 'cst' | 'iso'
  readonly encoding?: 'utf-8' | 'gb2312'
  readonly builtAt: Date
}

const shifted = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toUTCString()

function pubDate(account: FeedAccount, post: DoublePost): string {
  switch (account.dates ?? 'rfc822') {
    case 'rfc822': return post.at.toUTCString()
    case 'plus0800': return shifted(post.at).replace('GMT', '+0800')
    case 'cst': return shifted(post.at).replace('GMT', 'CST')
    case 'china': return chinaTime(post.at)
    case 'iso': return post.at.toISOString()
  }
}

const escape = (s: string): string => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function xml(account: FeedAccount, mode: Mode): string {
  const posts = listed(account, mode)
  const encoding = account.encoding ?? 'utf-8'
  const name = escape(nameOf(account, mode))
  if (account.format === 'atom') {
    const entries = posts.map((p) => `<entry><title>${escape(p.title)}</title><id>urn:${p.id}</id><link href="https://example.invalid/${p.id}"/>${p.undated === true ? '' : `<published>${p.at.toISOString()}</published>`}<updated>${account.builtAt.toISOString()}</updated></entry>`)
    return `<?xml version="1.0" encoding="${encoding}"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>${name}</title><id>urn:feed</id><updated>${account.builtAt.toISOString()}</updated>${entries.join('')}</feed>`
  }
  if (account.format === 'rdf') {
    const entries = posts.map((p) => `<item rdf:about="https://example.invalid/${p.id}"><title>${escape(p.title)}</title><link>https://example.invalid/${p.id}</link>${p.undated === true ? '' : `<dc:date>${p.at.toISOString()}</dc:date>`}</item>`)
    return `<?xml version="1.0" encoding="${encoding}"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://example.invalid/"><title>${name}</title><link>https://example.invalid/</link><dc:date>${account.builtAt.toISOString()}</dc:date></channel>${entries.join('')}</rdf:RDF>`
  }
  const entries = posts.map((p) => `<item><title>${escape(p.title)}</title><link>https://example.invalid/${p.id}</link><guid>${p.id}</guid>${p.undated === true ? '' : `<pubDate>${pubDate(account, p)}</pubDate>`}</item>`)
  return `<?xml version="1.0" encoding="${encoding}"?>\n<rss version="2.0"><channel><title>${name}</title><link>https://example.invalid/</link><description></description><pubDate>${account.builtAt.toUTCString()}</pubDate><lastBuildDate>${account.builtAt.toUTCString()}</lastBuildDate>${entries.join('')}</channel></rss>`
}

function refusal(mode: Mode): Answer | null {
  switch (mode) {
    case 'challenge': return html('<!DOCTYPE html><html><head><title>访问异常页面</title></head><body>当前访问可能对网站安全造成威胁，已被网站卫士拦截</body></html>')
    case 'login_wall': return html('<!DOCTYPE html><html><head><title>用户登录</title></head><body><form method="post"><input type="password" name="p"></form></body></html>')
    case 'rate_limited': return html('Too Many Requests', 429, { 'retry-after': '60' })
    case 'blocked': return html('Forbidden', 403)
    case 'server_error': return html('Service Unavailable', 503)
    case 'nonexistent': return html('<h1>404 Not Found</h1>', 404)
    case 'drifted': return { status: 200, headers: { 'content-type': 'application/rss+xml' }, body: '' }
    default: return null
  }
}

/** Feeds in four formats; content types are as loose as they are in the wild. */
export function createFeeds(state: PlatformState<FeedAccount>): Handler {
  return handler(state, (asked) => {
    const account = state.accounts[asked.path]
    const no = refusal(modeOf(state, account))
    if (no !== null || account === undefined) return no
    const mode = modeOf(state, account)
    if (account.format === 'json') return json({ version: 'https://jsonfeed.org/version/1.1', title: nameOf(account, mode), items: listed(account, mode).map((p) => ({ id: p.id, url: `https://example.invalid/${p.id}`, title: p.title, ...(p.undated === true ? {} : { date_published: p.at.toISOString() }) })) }, 200, { 'content-type': 'application/feed+json' })
    const body = xml(account, mode)
    return { status: 200, headers: { 'content-type': account.format === 'rdf' ? 'text/html' : 'text/xml' }, body: account.encoding === 'gb2312' ? encodeGb18030(body) : body }
  })
}
