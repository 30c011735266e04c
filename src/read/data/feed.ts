import type { Day } from '../../domain/date.ts'
import { dayInChina } from '../../domain/date.ts'
import type { PageSource } from '../../domain/page.ts'
import type { Witness } from '../../domain/witness.ts'
import { isFuture } from '../dates/parse.ts'
import { decode } from '../decode.ts'
import { resolver, type Resolver } from '../resolve.ts'
import { feedTime, type FeedTime } from './feed-time.ts'
import { readXml } from './feed-xml.ts'

export type FeedPost = {
  /** The entry's guid or id; its address or title where it has none. */
  readonly id: string
  readonly title: string
  /** Absolute. */
  readonly url: string | null
  /** The day in China. Null, like `instant`, where the feed gives none or one that is not to be believed. */
  readonly date: Day | null
  readonly instant: Date | null
  readonly precision: FeedTime['precision'] | 'none'
  /** Feeds pin nothing. */
  readonly pinned: false
  readonly witness: Witness | null
}

export type FeedFacts = {
  readonly form: 'rss' | 'atom' | 'rdf' | 'json'
  readonly title: string | null
  /** In the feed's own order. */
  readonly posts: readonly FeedPost[]
  /** When the feed was made, by its own words: it says how fresh a bridge is, never when anything was published. */
  readonly built: FeedTime | null
}

/** It is no feed, or none that is read. */
export type NoFeed = { readonly form: null; readonly why: string }

/** An entry as it stands. `where`: the field that `raw`, its date, was read from. */
export type Entry = { readonly id: string | null; readonly title: string | null; readonly link: string | null; readonly raw: string | null; readonly where: string }

/** Characters of a feed that are parsed. */
const CAP = 5_000_000
const MAX_POSTS = 500

/**
 * RSS, Atom, RDF or JSON Feed, known by its root and not by its content type. Only the dates of entries count
 * (pubDate, dc:date, published before updated, date_published): lastBuildDate and the channel's own dates tell of the
 * generator. An entry without a date stays without, and one that is broken never fails the rest. A document type
 * declaration is refused, so that no entity can be declared. Never rejects.
 *
 * @param body bytes as received, or text already decoded
 */
export async function readFeed(body: Uint8Array | string, source: PageSource): Promise<FeedFacts | NoFeed> {
  const no = (why: string): NoFeed => ({ form: null, why })
  const decoded = typeof body === 'string' ? body : decode(body, { contentType: source.contentType ?? null, charset: source.charset ?? null }).text
  const text = decoded.trim()
  if (text.length > CAP) return no(`a feed of more than ${CAP} characters`)
  if (text.startsWith('{')) return jsonFeed(text, source) ?? no('JSON, but no JSON Feed')
  if (!/<(?:rss|feed|rdf:RDF)[\s>]/i.test(text.slice(0, 4000))) return no('the answer is no feed')
  if (/<!(?:DOCTYPE|ENTITY)/i.test(outsideCdata(text))) return no('a document type declaration, which is not read')
  try {
    // The declared encoding no longer holds: the text is already decoded.
    const feed = await readXml(text.replace(/^<\?xml[^>]{0,200}\?>/, ''))
    return { form: feed.form, title: short(feed.title, 300), posts: postsOf(feed.entries, source), built: feed.built === null ? null : feedTime(feed.built, source) }
  } catch {
    return no('XML that is no feed, or a feed that is cut off')
  }
}

/** JSON Feed, https://www.jsonfeed.org/version/1.1/; bridges leave out its version. */
function jsonFeed(text: string, source: PageSource): FeedFacts | null {
  let feed: unknown
  try {
    feed = JSON.parse(text)
  } catch {
    return null
  }
  const items = member(feed, 'items')
  if (!Array.isArray(items)) return null
  if (!/jsonfeed\.org/.test(written(feed, 'version') ?? '') && member(feed, 'feed_url') === undefined && member(feed, 'home_page_url') === undefined) return null
  const entries = items.map((item: unknown): Entry => {
    const where = ['date_published', 'date_modified'].find((name) => written(item, name) !== null)
    return {
      id: written(item, 'id'), title: written(item, 'title') ?? written(item, 'content_text')?.slice(0, 80) ?? null,
      link: written(item, 'url') ?? written(item, 'external_url'), raw: where === undefined ? null : written(item, where), where: where ?? '',
    }
  })
  return { form: 'json', title: short(written(feed, 'title'), 300), posts: postsOf(entries, source), built: null }
}

function member(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? (of as Readonly<Record<string, unknown>>)[name] : undefined
}

function written(of: unknown, name: string): string | null {
  const value = member(of, name)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : typeof value === 'number' ? String(value) : null
}

/** At most 500, the newest of them, in the feed's order; one without a date may be the newest. */
function postsOf(entries: readonly Entry[], source: PageSource): FeedPost[] {
  const resolve = resolver(source.url, null)
  const posts = entries.filter((e) => e.title !== null || e.link !== null || e.raw !== null).map((e) => postOf(e, source, resolve))
  if (posts.length <= MAX_POSTS) return posts
  const age = (p: FeedPost): number => p.instant?.getTime() ?? Number.MAX_SAFE_INTEGER
  const kept = new Set(posts.toSorted((a, b) => age(b) - age(a)).slice(0, MAX_POSTS))
  return posts.filter((p) => kept.has(p))
}

function postOf({ id, title, link, raw, where }: Entry, source: PageSource, resolve: Resolver): FeedPost {
  const time = raw === null ? null : feedTime(raw, source)
  const future = time !== null && isFuture(time.day, dayInChina(source.now))
  const sound = future ? null : time
  const url = link === null ? null : resolve(link)
  return {
    id: id ?? url ?? title ?? '',
    title: short(title, 200) ?? '',
    url,
    date: sound?.day ?? null,
    instant: sound?.instant ?? null,
    precision: sound?.precision ?? 'none',
    pinned: false,
    witness: raw === null ? null : { source: 'feed', day: sound?.day ?? null, raw: raw.slice(0, 120), where, ...(future ? { doubt: 'future' } : {}) },
  }
}

function short(text: string | null, length: number): string | null {
  const plain = text?.replace(/\s+/g, ' ').trim() ?? ''
  return plain === '' ? null : plain.slice(0, length)
}

/** CDATA may quote whole pages; what is outside is markup. One pass, whatever is left open. */
function outsideCdata(text: string): string {
  const parts: string[] = []
  for (let at = 0; ; ) {
    const open = text.indexOf('<![CDATA[', at)
    if (open < 0) return parts.concat(text.slice(at)).join('')
    parts.push(text.slice(at, open))
    const end = text.indexOf(']]>', open)
    if (end < 0) return parts.join('')
    at = end + 3
  }
}
