import type Parser from 'rss-parser'
import { type Day, dayInChina } from '../../domain/date.ts'
import type { ListItem, PageSource } from '../../domain/page.ts'
import type { Outcome } from '../../domain/outcome.ts'
import { firstDate, isFuture } from '../dates/parse.ts'
import { decode } from '../decode.ts'
import { resolver, type Resolver } from '../resolve.ts'

export type FeedFacts = {
  readonly items: readonly ListItem[]
  /** ok, ok_empty (a feed without entries), parse_drift (entries without dates), challenge, unreadable. */
  readonly outcome: Extract<Outcome, 'ok' | 'ok_empty' | 'parse_drift' | 'challenge' | 'unreadable'>
  readonly title: string
}

/** Characters of a feed that are parsed. */
const CAP = 5_000_000
const MAX_ITEMS = 500
type Extra = { published?: string; updated?: string; dcDate?: string; date?: string }
let parser: Parser<Record<string, never>, Extra> | null = null

/** The XML parser, loaded with the first feed: a process that reads only pages need not carry it. */
async function feedParser(): Promise<Parser<Record<string, never>, Extra>> {
  if (parser === null) {
    const { default: RssParser } = await import('rss-parser')
    parser = new RssParser<Record<string, never>, Extra>({ customFields: { item: ['published', 'updated', ['dc:date', 'dcDate'], 'date'] } })
  }
  return parser
}

/**
 * RSS, Atom, RDF or JSON Feed. Only the dates of entries count (pubDate, dc:date, published before updated,
 * date_published): lastBuildDate and the channel's own dates tell of the generator. A document type
 * declaration is refused, so that no entity can be declared or expanded. Never rejects.
 */
export async function readFeed(bytes: Uint8Array, source: PageSource): Promise<FeedFacts> {
  const nothing = (outcome: FeedFacts['outcome']): FeedFacts => ({ items: [], outcome, title: '' })
  const text = decode(bytes, { contentType: source.contentType ?? null, charset: source.charset ?? null }).text.trimStart()
  if (text === '') return nothing('unreadable')
  if (text.length > CAP) return nothing('unreadable')
  if (text.startsWith('{')) return jsonFeed(text, source)
  const root = /<(?:rss|feed|rdf:RDF)[\s>]/i.exec(text.slice(0, 4000))
  if (root === null) return nothing(/<html[\s>]/i.test(text.slice(0, 4000)) ? 'challenge' : 'unreadable')
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) return nothing('unreadable')
  try {
    // The declared encoding no longer holds: the text is already decoded.
    const feed = await (await feedParser()).parseString(text.replace(/^<\?xml[^>]{0,200}\?>/, ''))
    const resolve = resolver(source.url, null)
    const items = feed.items.slice(0, MAX_ITEMS).map((entry): ListItem => {
      const raw = [entry.pubDate, entry.dcDate, entry.published, entry.isoDate, entry.date, entry.updated].find((s): s is string => typeof s === 'string' && s.trim() !== '') ?? ''
      return item(String(entry.title ?? ''), typeof entry.link === 'string' ? entry.link : null, raw, source, resolve)
    })
    return { items: newestFirst(items), outcome: outcomeOf(items), title: String(feed.title ?? '').slice(0, 300) }
  } catch {
    return nothing('unreadable') // not well-formed: nothing can be said of the channel
  }
}

function jsonFeed(text: string, source: PageSource): FeedFacts {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { items: [], outcome: 'unreadable', title: '' }
  }
  if (typeof value !== 'object' || value === null || !('items' in value) || !Array.isArray(value.items)) return { items: [], outcome: 'parse_drift', title: '' }
  const resolve = resolver(source.url, null)
  const items: ListItem[] = []
  for (const entry of value.items.slice(0, MAX_ITEMS)) {
    if (typeof entry !== 'object' || entry === null) continue
    const field = (name: string): string | null => {
      const v: unknown = Object.entries(entry).find(([key]) => key === name)?.[1]
      return typeof v === 'string' ? v : null
    }
    items.push(item(field('title') ?? field('content_text')?.slice(0, 80) ?? '', field('url') ?? field('external_url'), field('date_published') ?? field('date_modified') ?? '', source, resolve))
  }
  const title = 'title' in value && typeof value.title === 'string' ? value.title.slice(0, 300) : ''
  return { items: newestFirst(items), outcome: outcomeOf(items), title }
}

function item(title: string, link: string | null, raw: string, source: PageSource, resolve: Resolver): ListItem {
  const day = feedDay(raw, source)
  const future = day !== null && isFuture(day, dayInChina(source.now))
  const sound = future ? null : day
  return {
    title: title.replace(/\s+/g, ' ').trim().slice(0, 300),
    url: link === null ? null : resolve(link),
    date: sound,
    witness: raw === '' ? null : { source: 'feed', day: sound, raw: raw.slice(0, 120), ...(future ? { doubt: 'future' } : {}) },
  }
}

/** An instant with its zone becomes the day in China; without one it is China's. CST on a .cn host is China Standard Time. */
export function feedDay(raw: string, source: PageSource): Day | null {
  const s = raw.trim()
  const chinese = /^https?:\/\/[^/:]*\.cn(?:[:/]|$)/i.test(source.url)
  const zoned = /(?:Z|[+-]\d{2}:?\d{2}|GMT|UTC?|[ECMP][SD]T)$/i.test(s)
  if (zoned) {
    const at = Date.parse(chinese ? s.replace(/\bCST$/i, '+0800') : s)
    if (Number.isFinite(at)) return dayInChina(new Date(at))
  }
  return firstDate(s, dayInChina(source.now))?.day ?? null
}

function outcomeOf(items: readonly ListItem[]): FeedFacts['outcome'] {
  if (items.length === 0) return 'ok_empty'
  return items.some((i) => i.date !== null) ? 'ok' : 'parse_drift'
}

function newestFirst(items: ListItem[]): ListItem[] {
  return items.sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''))
}
