import type { PageKind } from '../../src/domain/page.ts'

export type Task = { readonly bytes: Uint8Array; readonly kind: PageKind; readonly url: string; readonly charset: string | null; readonly now: Date }
export type Read = (task: Task) => string | null | Promise<string | null>
/** `load` brings in the contender's own packages and no other's, so that its process holds only what it needs; null where they are not installed. */
export type Contender = { readonly name: string; readonly dates: boolean; load(): Promise<Read | null> }

/** What a careful user would write in an afternoon: decode, cheerio, the metas, a labelled date, the newest date of the rows. */
async function cheerioAndRegex(): Promise<Read> {
  const { load } = await import('cheerio')
  return ({ bytes, kind, url, charset }) => {
    const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1')
    const label = charset ?? /charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1] ?? 'utf-8'
    const $ = load(new TextDecoder(/^gb/i.test(label) ? 'gb18030' : label).decode(bytes))
    const links: string[] = []
    $('a[href]').each((_, a) => {
      try {
        links.push(new URL($(a).attr('href') ?? '', url).href + $(a).text())
      } catch {
        // no address
      }
    })
    if (kind !== 'article') {
      const days: string[] = []
      $('li, tr').each((_, row) => {
        const day = normal(/20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}/.exec($(row).text())?.[0])
        if (day !== null) days.push(day)
      })
      return days.sort().at(-1) ?? null
    }
    const meta = $('meta[name="PubDate"], meta[name="pubdate"], meta[name="publishdate"], meta[property="article:published_time"], meta[name="firstpublishedtime"]').first().attr('content')
    const text = $('body').text()
    return normal(meta) ?? normal(/(?:发布时间|发布日期|时间|日期)[：:\s]*(20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2})/.exec(text)?.[1]) ?? normal(/20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}/.exec(text)?.[0])
  }
}

function normal(s: string | undefined): string | null {
  const m = /(\d{4})\D(\d{1,2})\D(\d{1,2})/.exec(s ?? '')
  return m === null ? null : `${m[1]}-${m[2]?.padStart(2, '0')}-${m[3]?.padStart(2, '0')}`
}

type Rule = (page: { htmlDom: unknown; url: string }) => Promise<unknown>

/**
 * metascraper's rules for dates, where the package is there (`npm i --no-save metascraper-date`): it brings 120 packages,
 * which is too much to carry for a comparison.
 */
async function metascraper(): Promise<Read | null> {
  const name = 'metascraper-date'
  const found = (await import(name).catch(() => null)) as { default: (options: { datePublished: boolean }) => { datePublished?: Rule[]; date?: Rule[] } } | null
  if (found === null) return null
  const { load } = await import('cheerio')
  const rules = found.default({ datePublished: true })
  return async ({ bytes, url, charset }) => {
    const htmlDom = load(new TextDecoder(/^gb/i.test(charset ?? '') ? 'gb18030' : (charset ?? 'utf-8')).decode(bytes))
    for (const rule of rules.datePublished ?? rules.date ?? []) {
      const value = await rule({ htmlDom, url: url === '' ? 'http://www.example.com/' : url })
      if (typeof value === 'string' && value !== '') return value.slice(0, 10)
    }
    return null
  }
}

async function events(): Promise<Read> {
  const { Parser } = await import('htmlparser2')
  return ({ bytes }) => {
    let n = 0
    const parser = new Parser({ onopentag: () => void n++, ontext: () => void n++ })
    parser.end(new TextDecoder().decode(bytes))
    return n < 0 ? '' : null
  }
}

async function huoshui(): Promise<Read> {
  const { readPage } = await import('../../src/read/index.ts')
  return ({ bytes, kind, url, charset, now }) => readPage(bytes, { url, kind, charset, now }).date
}

export const CONTENDERS: readonly Contender[] = [
  { name: 'huoshui', dates: true, load: huoshui },
  { name: 'cheerio + regex', dates: true, load: cheerioAndRegex },
  { name: 'htmlparser2 events', dates: false, load: events },
  { name: 'metascraper-date', dates: true, load: metascraper },
]
