import type { Entry } from './feed.ts'

/** What the XML forms of a feed have in common. `built`: when it was made, by its own words. */
export type XmlFeed = { readonly form: 'rss' | 'atom' | 'rdf'; readonly title: string | null; readonly entries: readonly Entry[]; readonly built: string | null }

/** Elements nested deeper than this are no feed; matching each end tag costs at most so many steps. */
const MAX_DEPTH = 256

/** The dates of entries in the order of trust: a publication before a change. */
const DATES = ['pubDate', 'dc:date', 'published', 'date', 'updated'] as const
const BUILT = { rss: ['lastBuildDate', 'pubDate', 'dc:date'], rdf: ['dc:date', 'lastBuildDate'], atom: ['updated'] } as const

/**
 * The elements that are read, by lower-case name. rss-parser would turn dates that it cannot read, links without
 * attributes and rich titles into the failure of the whole feed, so these come to it as fields of our own.
 */
const OWN = ['title', 'link', 'guid', 'id', 'lastBuildDate', ...DATES].map((name) => `own:${name}`)
const NAMES: ReadonlyMap<string, string> = new Map([
  ...['rss', 'rdf:RDF', 'feed', 'channel', 'item', 'entry'].map((name): [string, string] => [name.toLowerCase(), name]),
  ...OWN.map((name): [string, string] => [name.slice(4).toLowerCase(), name]),
])

/**
 * RSS, RDF or Atom by rss-parser, which is loaded with the first feed. Its XML parser is set to forgive what feeds
 * get wrong (a bare & or <, names in another case). Contents and enclosures are not handed to it: it would rebuild
 * and search them at a cost that grows with their square.
 *
 * @throws when the text is no feed, is cut off, or is nested too deep
 */
export async function readXml(text: string): Promise<XmlFeed> {
  const { default: RssParser } = await import('rss-parser')
  let depth = 0
  let root = ''
  const open = (name: string): string => {
    depth += 1
    if (depth > MAX_DEPTH) throw new RangeError('nested too deep')
    if (depth === 1 && root === '') root = name.toLowerCase()
    return NAMES.get(name.toLowerCase()) ?? 'unread'
  }
  const close = (_path: string, _before: unknown, value: unknown): unknown => {
    depth -= 1
    return value
  }
  const fields = OWN.map((name) => [name, name, { keepArray: true }])
  // An element is always an object: rss-parser takes String.prototype.link for the link of one that is a string.
  const objects = { explicitCharkey: true, emptyTag: () => ({}) }
  const parser = new RssParser({
    defaultRSS: 2,
    customFields: { item: fields as (string | { keepArray: boolean })[][], feed: fields as never },
    xml2js: { ...objects, strict: false, tagNameProcessors: [open], attrNameProcessors: [(name: string) => name.toLowerCase()], validator: close },
  })
  const feed = await parser.parseString(text)
  const form = root === 'feed' ? 'atom' : root === 'rss' ? 'rss' : 'rdf'
  return {
    form,
    title: first(feed, 'title'),
    entries: feed.items.map((item) => entryOf(item)),
    built: BUILT[form].map((name) => first(feed, name)).find((raw) => raw !== null) ?? null,
  }
}

function entryOf(item: object): Entry {
  const where = DATES.find((name) => first(item, name) !== null)
  return { id: first(item, 'guid') ?? first(item, 'id'), title: first(item, 'title'), link: linkOf(values(item, 'link')), raw: where === undefined ? null : first(item, where), where: where ?? '' }
}

/** RSS writes the address into the element, Atom into `href`, beside others that are not the entry's own page. */
function linkOf(links: readonly unknown[]): string | null {
  for (const link of links) {
    const attributes = field(link, '$')
    const rel = field(attributes, 'rel') ?? 'alternate'
    const href = field(attributes, 'href')
    const address = typeof href === 'string' ? href.trim() : words(link)
    if (rel === 'alternate' && address !== '') return address
  }
  return null
}

function first(of: object, name: string): string | null {
  const text = words(values(of, name)[0]).trim()
  return text === '' ? null : text
}

function values(of: object, name: string): readonly unknown[] {
  const value = field(of, `own:${name}`)
  return Array.isArray(value) ? value : []
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? (of as Readonly<Record<string, unknown>>)[name] : undefined
}

/** The words of an element as xml2js gives it: a string, or its text and its children by name. */
function words(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value).flatMap(([name, inner]) => (name === '$' ? [] : Array.isArray(inner) ? inner.map(words) : [words(inner)])).join('')
}
