import { handler, html, json, listed, modeOf, nameOf, seconds } from './shared.ts'
import type { Answer, DoubleAccount, Handler, Mode, PlatformState } from './shared.ts'

/** A feed bridge that an operator runs. `syncedAt`: when it last looked at the platform itself. */
export type BridgeState = PlatformState & { syncedAt: Date }

const escape = (s: string): string => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function jsonFeed(account: DoubleAccount, mode: Mode): Answer {
  return json({ version: 'https://jsonfeed.org/version/1.1', title: nameOf(account, mode), items: listed(account, mode).map((p) => ({ id: p.id, url: `https://mp.weixin.qq.com/s/${p.id}`, title: p.title, ...(p.undated === true ? {} : { date_modified: p.at.toISOString(), date_published: p.at.toISOString() }) })) }, 200, { 'content-type': 'application/feed+json; charset=utf-8' })
}

function rssFeed(account: DoubleAccount, mode: Mode, built: Date): Answer {
  const items = listed(account, mode).map((p) => `<item><title><![CDATA[${p.title}]]></title><link>https://example.invalid/${p.id}</link><guid isPermaLink="false">${p.id}</guid>${p.undated === true ? '' : `<pubDate>${p.at.toUTCString()}</pubDate>`}</item>`)
  return { status: 200, headers: { 'content-type': 'application/xml; charset=utf-8' }, body: `<?xml version="1.0" encoding="UTF-8"?>\n<rss xmlns:atom="http://www.w3.org/2005/Atom" version="2.0"><channel><title>${escape(nameOf(account, mode))}</title><link>https://example.invalid/</link><description>Powered by RSSHub</description><generator>RSSHub</generator><lastBuildDate>${built.toUTCString()}</lastBuildDate><ttl>5</ttl>\n${items.join('\n')}\n</channel></rss>` }
}

/**
 * WeWe RSS: `/feeds/` with the time of its last sync, one feed an account (`MP_WXS_<number>`, in .json, .rss and .atom).
 * Its feed-level `updated` is neither the newest article nor the last sync.
 */
export function createWewe(state: BridgeState): Handler {
  return handler(state, (asked) => {
    if (state.mode === 'server_error') return html('Internal Server Error', 500)
    if (asked.path === '/feeds' || asked.path === '/feeds/') {
      return json(Object.values(state.accounts).map((a) => ({ id: a.id, name: nameOf(a, modeOf(state, a)), intro: '', cover: '', syncTime: seconds(state.syncedAt), updateTime: seconds(new Date(0)) })))
    }
    const m = /^\/feeds\/(MP_WXS_\d+)\.(json|rss|atom)$/.exec(asked.path)
    if (m === null) return null
    const account = state.accounts[m[1] ?? '']
    if (account === undefined) return json({ statusCode: 400, message: '不存在该feed！' }, 400)
    const mode = modeOf(state, account)
    if (mode === 'drifted') return html('<!DOCTYPE html><html><body>dashboard</body></html>')
    if (m[2] === 'json') return jsonFeed(account, mode)
    if (m[2] === 'rss') return rssFeed(account, mode, state.syncedAt)
    const entries = listed(account, mode).map((p) => `<entry><title>${escape(p.title)}</title><id>${p.id}</id><link href="https://mp.weixin.qq.com/s/${p.id}"/><updated>${p.at.toISOString()}</updated></entry>`)
    return { status: 200, headers: { 'content-type': 'application/atom+xml; charset=utf-8' }, body: `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>${escape(account.name)}</title><id>${account.id}</id><updated>2020-01-01T00:00:00.000Z</updated>${entries.join('')}</feed>` }
  })
}

/** RSSHub: any route whose last part is an account's id gives its feed; a failing route gives an HTML page with 503. */
export function createRsshub(state: BridgeState): Handler {
  return handler(state, (asked) => {
    const id = decodeURIComponent(asked.path.split('/').filter(Boolean).at(-1) ?? '')
    const account = state.accounts[id]
    if (account === undefined) return html('<!DOCTYPE html><html><head><title>Welcome to RSSHub!</title></head><body>Looks like something went wrong. NotFoundError: wrong path</body></html>', 404)
    const mode = modeOf(state, account)
    if (mode === 'challenge' || mode === 'blocked' || mode === 'server_error' || mode === 'rate_limited') return html('<!DOCTYPE html><html><body>Looks like something went wrong. FetchError: [GET] 403 Forbidden</body></html>', 503)
    return rssFeed(account, mode, state.syncedAt)
  })
}
