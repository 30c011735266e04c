import { load } from 'cheerio'
import { inventory } from '../../src/read/collect/inventory.ts'
import { scan } from '../../src/read/html/scan.ts'
import { Tape } from '../../src/read/html/tape.ts'
import { readPage } from '../../src/read/index.ts'

const URL_ = 'http://www.a.gov.cn/x/index.html'
const NOW = new Date('2024-06-20T04:00:00Z')
const UNSEEN = 'script, style, noscript, textarea, title, noframes, iframe, option, select, template, svg, head'

export type Told = { readonly title: string; readonly metas: Readonly<Record<string, string>>; readonly links: readonly string[]; readonly headings: readonly string[]; readonly rows: readonly string[]; readonly seen: string }

/** Letters alone: how much space stands between two words is not structure. */
const bare = (s: string): string => s.normalize('NFKC').replace(/[\s\p{Cc}\u00ad\u2000-\u200f\ue000\ufeff]+/gu, '')
const tape = new Tape()

/** What our scanner says of the structure that matters. */
export function ours(html: string): Told {
  const facts = readPage(Buffer.from(html), { url: URL_, now: NOW, contentType: 'text/html; charset=utf-8', kind: 'listing' })
  scan(html, tape)
  const all = inventory(tape)
  return {
    title: bare(facts.title), metas: Object.fromEntries(Object.entries(facts.metas).map(([k, v]) => [k, bare(v)])),
    links: facts.links.filter((l) => l.tag === 'a').map((l) => `${l.url} ${bare(l.text)}`),
    headings: all.headings.map((n) => bare(tape.textOf(n, 300))).filter((h) => h !== ''),
    rows: rowsOf(tape), seen: bare(tape.seen()),
  }
}

/** Every link inside a list row, with the whole text of its row. */
function rowsOf(t: Tape): string[] {
  const out: string[] = []
  for (let node = 1; node < t.size; node += 1) {
    if (t.text.slice((t.open[node] ?? 0) + 1, (t.open[node] ?? 0) + 4).toLowerCase().replace(/[\s>/].*$/s, '') !== 'li') continue
    const text = bare(t.textOf(node, 2000))
    if (text !== '') out.push(text)
  }
  return out
}

/** What parse5, which follows the standard to the letter, says of it. */
export function standards(html: string): Told {
  const $ = load(html, { scriptingEnabled: true })
  const base = $('base[href]').first().attr('href')
  const at = base === undefined || base === '' ? URL_ : (URL.parse(base, URL_)?.href ?? URL_)
  const metas: Record<string, string> = {}
  $('meta').each((_i, m) => {
    const name = $(m).attr('name') ?? $(m).attr('property')
    const content = $(m).attr('content')
    const key = name?.trim().toLowerCase() ?? ''
    if (key !== '' && content !== undefined && !(key in metas)) metas[key] = bare(content.trim())
  })
  const title = bare($('title').first().text()).slice(0, 300)
  // Gone first of all: what stands in a template has no parent that a search would find.
  $(UNSEEN).remove()
  const links: string[] = []
  $('a[href]').each((_i, a) => {
    const href = ($(a).attr('href') ?? '').trim()
    const url = URL.parse(href, at)
    // A link to the page itself leads nowhere that is read.
    if (href === '' || href.startsWith('#') || url === null || !/^https?:$/.test(url.protocol)) return
    links.push(`${url.href} ${bare($(a).text())}`)
  })
  const texts = (of: string): string[] => $(of).toArray().map((e) => bare($(e).text())).filter((t) => t !== '')
  return { title, metas, links, headings: texts('h1,h2,h3,h4,h5,h6'), rows: texts('li'), seen: bare($.root().text()) }
}
