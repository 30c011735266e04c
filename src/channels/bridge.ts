import type { Text } from '../domain/text.ts'
import { readFeed } from '../read/index.ts'
import { epoch, type Moment } from './dates.ts'
import { conclude, drifted, unseen } from './outcome.ts'
import { dig, list, parseJson, text, textOf } from './reply.ts'
import type { Ask, AsyncReading, Bridge, Reply, Source, SourceResult, Task } from './types.ts'

/** A bridge whose own last sync is older than this says nothing any more. */
const STALE_MS = 48 * 3_600_000

/** Addresses of a bridge may hold an access code: they are never logged. */
export const get = (url: string, secret = true): Ask => ({ do: 'fetch', request: { url, secret, shownAs: withoutCode(url), headers: { accept: 'application/feed+json, application/atom+xml, application/rss+xml, text/xml, */*' } } })

/** The address without what may be an access code. */
function withoutCode(address: string): string {
  const url = URL.parse(address)
  return url === null ? '' : url.origin + url.pathname
}

/** Is the bridge's word still good, judged by its own last sync? `null`: it does not say. */
function synced(at: Moment | null, task: Task): boolean | null {
  return at === null ? null : task.now.getTime() - at.instant.getTime() <= STALE_MS
}

/**
 * A feed that a bridge made of the channel. Whatever is wrong with the bridge is ours, never the channel's. An
 * empty feed proves nothing, and old items prove nothing unless the bridge shows that it was at work since.
 *
 * `lastSync`: the bridge's own statement, where it has one beside the feed's. `reach`: a feed of a part of the channel is a lower bound.
 */
async function bridged(source: string, reply: Reply, task: Task, { lastSync, reach = 'timeline' }: { lastSync?: Moment | null; reach?: 'timeline' | 'lower_bound' } = {}): Promise<SourceResult> {
  if ('failed' in reply) return unseen(source, 'bridge_stale', `the bridge does not answer: ${reply.failed}`)
  if (reply.status !== 200) return unseen(source, 'bridge_stale', `the bridge answered ${reply.status}`)
  const feed = await readFeed(reply.body, { url: reply.url, contentType: reply.headers['content-type'] ?? null, now: task.now })
  if (feed.form === null) return unseen(source, 'bridge_stale', `the bridge answered, but not with a feed: ${feed.why}`)
  if (feed.posts.length === 0) return unseen(source, 'bridge_stale', 'the bridge’s feed is empty, which proves nothing')
  if (feed.posts.every((p) => p.date === null)) return drifted(source, 'the bridge’s items carry no dates')
  const fresh = synced(lastSync === undefined ? feed.built : lastSync, task)
  const found = conclude(source, feed.posts, task, { more: false, partial: fresh !== true || reach === 'lower_bound', detail: `bridge: ${feed.posts.length} items` })
  if (fresh === true || isRecent(found, task)) return found
  return {
    ...unseen(source, 'bridge_stale', fresh === false ? 'the bridge’s last sync is older than 48 hours' : 'the bridge does not say when it last synced, and its items are old'),
    posts: found.posts,
  }
}

function isRecent(found: SourceResult, task: Task): boolean {
  const newest = found.posts.reduce((max, p) => Math.max(max, p.instant?.getTime() ?? 0), 0)
  return task.now.getTime() - newest <= STALE_MS
}

const FEED_NOTE: Text = {
  zh: '为该渠道指定的 RSS/Atom/JSON Feed 转接地址（须带生成时间，超过 48 小时未更新视为转接失效）',
  en: 'an RSS/Atom/JSON Feed address given for the channel (it must say when it was made; older than 48 hours counts as stale)',
}

/** The feed that the operator names for one channel. */
export function feedBridge(kind: string): Source {
  return {
    id: `${kind}.feed`, tier: 'bridge', needs: ['bridge'], sees: ['freshness'], sure: 'memory', note: FEED_NOTE,
    ready: (task) => (find(task, 'feed') === undefined ? 'credential_missing' : null),
    async *read(task): AsyncReading {
      return await bridged(`${kind}.feed`, yield get(find(task, 'feed')?.url ?? ''), task)
    },
  }
}

/** The operator's own RSSHub, by the route it has for the kind. */
export function rsshub(kind: string, route: (task: Task) => string | null, example: string, reach: 'timeline' | 'lower_bound' = 'timeline'): Source {
  return {
    id: `${kind}.rsshub`, tier: 'bridge', needs: ['bridge'], sees: ['freshness'], sure: 'seen',
    note: { zh: `自建 RSSHub：${example}`, en: `your own RSSHub: ${example}` },
    ready: (task) => (find(task, 'rsshub') === undefined || route(task) === null ? 'credential_missing' : null),
    async *read(task): AsyncReading {
      return await bridged(`${kind}.rsshub`, yield get(joinUrl(find(task, 'rsshub')?.url ?? '', route(task) ?? '')), task, { reach })
    },
  }
}

export function find(task: Task, type: Bridge['type']): Bridge | undefined {
  return task.bridges?.find((b) => b.type === type)
}

/** A base address and a path; the base's query (an access code) is kept. */
function joinUrl(base: string, path: string): string {
  const url = URL.parse(base)
  if (url === null) return base + path
  const [pathname, query] = path.split('?', 2)
  url.pathname = url.pathname.replace(/\/$/, '') + pathname
  for (const [name, value] of new URLSearchParams(query ?? '')) url.searchParams.set(name, value)
  return url.href
}

/**
 * WeWe RSS: the feed-level `updated` is neither the newest article nor the last sync, so `syncTime` is asked of
 * `/feeds/` first (an array `{id, name, syncTime, updateTime}`, unix seconds).
 */
export async function* readWewe(source: string, feedId: string, base: string, task: Task): AsyncReading {
  const index = yield get(joinUrl(base, '/feeds/'))
  if ('failed' in index) return unseen(source, 'bridge_stale', `WeWe RSS does not answer: ${index.failed}`)
  const feeds = parseJson(textOf(index))
  if (index.status !== 200 || !Array.isArray(feeds)) return unseen(source, 'bridge_stale', `WeWe RSS answered ${index.status} without its list of feeds`)
  const own = list(feeds).find((f) => text(dig(f, 'id')) === feedId)
  if (own === undefined) return unseen(source, 'bridge_stale', `WeWe RSS does not follow ${feedId}`)
  const sync = epoch(dig(own, 'syncTime'))
  const reply = yield get(joinUrl(base, `/feeds/${feedId}.json?limit=20`))
  if (!('failed' in reply) && reply.status === 400) return unseen(source, 'bridge_stale', `WeWe RSS: ${textOf(reply).slice(0, 80)}`)
  const found = await bridged(source, reply, task, { lastSync: sync })
  const name = text(dig(own, 'name'))
  return name === null ? found : { ...found, account: { id: task.identity.key, name } }
}
