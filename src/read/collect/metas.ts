import type { Day } from '../../domain/date.ts'
import { firstDate, epochDay } from '../dates/parse.ts'
import { attribute } from '../html/attributes.ts'
import type { Context } from '../context.ts'

export type MetaDate = { readonly name: string; readonly day: Day; readonly raw: string; readonly says: 'published' | 'updated' | 'generated'; readonly rank: number }
export type Metas = { readonly values: Readonly<Record<string, string>>; readonly dates: readonly MetaDate[]; readonly refresh: string | null; readonly generator: string }

/** Names of metas that tell of publication, the most trusted first (国办发〔2017〕47号's PubDate; Open Graph; Dublin Core; platforms' own). */
const PUBLISHED = [
  'pubdate', 'firstpublishedtime', 'article:published_time', 'og:article:published_time', 'datepublished', 'publishdate', 'publish_date', 'publish-date', 'publishtime',
  'publish_time', 'pubtime', '_pubtime', 'apub:time', 'apub:date', 'publicationdate', 'publication_date', 'publication-date', 'published_time', 'published-date', 'published_date',
  'published', 'og:published_time', 'og:pubdate', 'og:release_date', 'og:time', 'date.issued', 'dc.date.issued', 'dcterms.issued', 'dcterms.created', 'dc.date.created',
  'dcterms.date', 'dc.date', 'citation_publication_date', 'citation_date', 'citation_online_date', 'parsely-pub-date', 'sailthru.date', 'cxenseparse:recs:publishtime', 'bt:pubdate',
  'article.published', 'article_date_original', 'originalpublicationdate', 'rnews:datepublished', 'date_published', 'shareaholic:article_published_time',
  'weibo:article:create_at', 'weibo: article:create_at', 'article:create_at', 'releasetime', 'release_date', 'releasedate', 'createtime', 'createdate', 'date.created', 'datecreated', 'created', 'timestamp', 'vr:published_time',
  'pdate', 'ptime', 'bdate', 'displaydate', 'article:post_date', 'date', 'dc:date', 'pub_date', 'cdate', 'blogpost_date', 'date.available', 'doc_date', 'issue_date', 'issued', 'video:release_date', 'article-publish-date',
]
const UPDATED = [
  'article:modified_time', 'og:updated_time', 'lastmodifiedtime', 'datemodified', 'dateupdate', 'last-modified', 'lastmodified', 'modified', 'revised', 'dcterms.modified',
  'dc.date.modified', 'updatetime', 'update_time', 'modificationdate', 'modified_time', 'article:updated_time', 'lastmod', 'last_updated_at', 'updated',
]
const GENERATED = ['htmlgeneratetime', 'generatetime', 'buildtime', 'build-time', 'others', 'generatedtime', 'makedate', 'cachetime']

/** Other names that say as much: `five_hundred_pixels:uploaded`, `x-publish-day`. */
const TELLING = /publi[sc]|pubdate|posted|uploaded|released?(?:date|time|$)/
/** Names that say little more than that it is a date. */
export const VAGUE = new Set(['date', 'created', 'timestamp', 'createdate', 'createtime', 'cdate', 'date.created', 'datecreated', 'dc.date', 'dcterms.date', 'dc:date'])

const says = new Map<string, { says: MetaDate['says']; rank: number }>()
for (const [kind, names] of [['published', PUBLISHED], ['updated', UPDATED], ['generated', GENERATED]] as const) {
  names.forEach((name, rank) => says.set(name, { says: kind, rank }))
}

/** Every meta by its lower-case name (the first of each name holds), and those that carry a date. */
export function readMetas(context: Context): Metas {
  const { tape, today, dayFirst } = context
  const values: Record<string, string> = {}
  const dates: MetaDate[] = []
  let refresh: string | null = null
  let count = 0
  for (const node of context.all.metas) {
    if (++count > 300) break
    const name = attribute(tape, node, 'name') ?? attribute(tape, node, 'property') ?? attribute(tape, node, 'itemprop')
    let content = attribute(tape, node, 'content')
    if (content === null) continue
    if (name === null) {
      const equiv = attribute(tape, node, 'http-equiv')?.toLowerCase()
      if (refresh === null && equiv === 'refresh') refresh = content
      const changed = equiv === 'last-modified' && !context.chinese && content.length < 60 ? datePart(content, today, dayFirst) : null
      if (changed !== null) dates.push({ name: 'last-modified', day: changed, raw: content.trim(), says: 'updated', rank: 90 })
      continue
    }
    const key = name.trim().toLowerCase()
    if (key === '' || key.length > 80 || key === '__proto__') continue
    if (!Object.hasOwn(values, key)) values[key] = content.trim().slice(0, 1000)
    if (key === 'parsely-page') content = /"pub_date"\s*:\s*"([^"]{6,60})"/.exec(content)?.[1] ?? ''
    const known = says.get(key === 'parsely-page' ? 'parsely-pub-date' : key) ?? (TELLING.test(key) ? { says: 'published' as const, rank: 90 } : undefined)
    if (known === undefined || content.length > 120) continue
    const trimmed = content.trim()
    const day = /^\d{10}$|^\d{13}$/.test(trimmed) ? epochDay(Number(trimmed)) : datePart(trimmed, today, dayFirst)
    if (day !== null) dates.push({ name: name.trim(), day, raw: content.trim().slice(0, 120), says: known.says, rank: known.rank })
  }
  dates.sort((a, b) => a.rank - b.rank)
  return { values, dates, refresh, generator: values['generator'] ?? '' }
}

function datePart(content: string, today: Day, dayFirst: boolean): Day | null {
  const hit = firstDate(content, today, dayFirst)
  return hit === null || hit.form === 'month_day' || hit.form === 'relative' ? null : hit.day
}
