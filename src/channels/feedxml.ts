import { parseDocument } from 'htmlparser2'
import { moment, type Moment } from './dates.ts'
import { post, readEach } from './posts.ts'
import { dig, list, parseJson, record, text, textOf } from './reply.ts'
import type { Post, Reply, Task } from './types.ts'

export type FeedFacts = {
  readonly form: 'rss' | 'atom' | 'rdf' | 'json'
  readonly title: string | null
  readonly posts: readonly Post[]
  /** When the feed was made, by its own words: it says how fresh a bridge is, never when anything was published. */
  readonly built: Moment | null
}

type Node = ReturnType<typeof parseDocument>['children'][number]
type Element = Extract<Node, { name: string; children: Node[] }>

const isElement = (n: Node): n is Element => 'name' in n && 'children' in n
const children = (e: { children: Node[] }): Element[] => e.children.filter(isElement)
const named = (e: { children: Node[] }, ...names: string[]): Element[] => children(e).filter((c) => names.includes(c.name.toLowerCase()))

function inner(e: Element | undefined): string | null {
  if (e === undefined) return null
  const collect = (n: Node): string => ('data' in n && typeof n.data === 'string' && n.type === 'text' ? n.data : 'children' in n ? n.children.map(collect).join('') : '')
  return text(e.children.map(collect).join(''))
}

/** The first of these fields that is there, in the order of trust. */
function field(e: Element, names: readonly string[]): { raw: string | null; where: string } {
  for (const name of names) {
    const raw = inner(named(e, name)[0])
    if (raw !== null) return { raw, where: name }
  }
  return { raw: null, where: names[0] ?? '' }
}

/**
 * A feed in any of its forms (RSS 2.0, Atom, RDF, JSON Feed), known by its root and not by its content type. Null
 * when it is none: an error page, a login page. Items without dates stay without.
 */
export function readFeedFacts(reply: Extract<Reply, { status: number }>, task: Task): FeedFacts | null {
  const body = feedText(reply).replace(/^\ufeff/, '').trimStart()
  if (body.startsWith('{')) return jsonFeed(parseJson(body), task)
  if (!/<(?:rss|feed|rdf:RDF)[\s>]/i.test(body.slice(0, 4000))) return null
  const root = children(parseDocument(body.slice(0, 5_000_000), { xmlMode: true })).find((e) => /^(?:rss|feed|rdf:rdf)$/i.test(e.name))
  if (root === undefined) return null
  const form = root.name.toLowerCase() === 'feed' ? 'atom' : root.name.toLowerCase() === 'rss' ? 'rss' : 'rdf'
  const channel = form === 'atom' ? root : (named(root, 'channel')[0] ?? root)
  const items = form === 'rdf' ? [...named(root, 'item'), ...named(channel, 'item')] : named(channel, form === 'atom' ? 'entry' : 'item')
  const built = field(channel, form === 'atom' ? ['updated'] : ['lastbuilddate', 'pubdate', 'dc:date'])
  return {
    form,
    title: inner(named(channel, 'title')[0]),
    posts: readEach(items, (e) => xmlItem(e as Element, form, task)),
    built: moment(built.raw, task.now),
  }
}

function xmlItem(e: Element, form: FeedFacts['form'], task: Task): Post | null {
  const when = field(e, form === 'atom' ? ['published', 'updated'] : ['pubdate', 'dc:date', 'published', 'date'])
  const link = named(e, 'link').find((l) => (l.attribs['rel'] ?? 'alternate') === 'alternate')
  const url = form === 'atom' ? (link?.attribs['href'] ?? null) : inner(link)
  const title = inner(named(e, 'title')[0])
  if (title === null && url === null && when.raw === null) return null
  return post({ id: inner(named(e, 'guid', 'id')[0]) ?? url, title, url, raw: when.raw, where: when.where, source: 'feed' }, task)
}

function jsonFeed(value: unknown, task: Task): FeedFacts | null {
  const feed = record(value)
  if (!Array.isArray(feed['items'])) return null
  if (!/jsonfeed\.org/.test(text(feed['version']) ?? '') && feed['feed_url'] === undefined && feed['home_page_url'] === undefined) return null
  return {
    form: 'json',
    title: text(feed['title']),
    posts: readEach(list(feed['items']), (item) => {
      const raw = dig(item, 'date_published') ?? dig(item, 'date_modified')
      if (Object.keys(record(item)).length === 0) return null
      const where = dig(item, 'date_published') === undefined ? 'date_modified' : 'date_published'
      return post({ id: text(dig(item, 'id')), title: text(dig(item, 'title')), url: text(dig(item, 'url')), raw, where, source: 'feed' }, task)
    }),
    built: null,
  }
}

/** The XML prolog may name the encoding where the header does not. */
function feedText(reply: Extract<Reply, { status: number }>): string {
  if (typeof reply.body === 'string') return reply.body
  const prolog = /^[^>]{0,200}encoding=["'](gb2312|gbk|gb18030)["']/i.test(new TextDecoder('latin1').decode(reply.body.subarray(0, 300)))
  return prolog ? new TextDecoder('gb18030').decode(reply.body) : textOf(reply)
}
