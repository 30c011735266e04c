import type { Day } from '../../domain/date.ts'
import type { Context } from '../context.ts'
import { tagHolds } from '../html/attributes.ts'
import { type ScriptDate, dayOf } from './scripts.ts'

/** A date of schema.org; `rank` 0 for the page's own article, 1 for the page or a thing of no stated kind, 2 for what it only holds. */
export type LdDate = ScriptDate & { readonly rank: 0 | 1 | 2 }

const LD = /"(datePublished|pubDate|dateCreated|dateModified|upDate)"\s*:\s*"([^"]{6,60})"/g
const PUBLISHED = ['datePublished', 'pubDate', 'dateCreated']
const UPDATED = ['dateModified', 'upDate']
const ARTICLE = /Article|Posting|Report|Review$|Recipe|Book|Event$/
/** Under these names stand other things than the page: its comments, pictures, and the articles it leads to. */
const OTHERS = /^(?:comment|comments|image|video|audio|thumbnail|itemListElement|hasPart|mentions|review|reviews|citation|isBasedOn|relatedLink|author|publisher|associatedMedia|subjectOf|acceptedAnswer|suggestedAnswer)$/
const MAX_DATES = 40
const MAX_VISITS = 3000

/** schema.org dates in JSON-LD, those of the page's article first; a broken document is read as text and still tells its dates. */
export function jsonLdDates(context: Context): LdDate[] {
  const { tape } = context
  const out: LdDate[] = []
  for (const node of context.all.scripts) {
    if (!tagHolds(tape, node, 'ld+json') || out.length >= MAX_DATES) continue
    const from = tape.inner[node] ?? 0
    const body = tape.text.slice(from, Math.min(tape.shut[node] ?? from, from + 300_000))
    if (!/date(?:Published|Created|Modified)|pubDate|upDate/.test(body)) continue
    const value = parsed(body)
    if (value === undefined) asText(body, context, out)
    else walk(value, context, out)
  }
  return out.sort((a, b) => a.rank - b.rank).slice(0, MAX_DATES)
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function asText(body: string, context: Context, out: LdDate[]): void {
  for (const m of body.matchAll(LD)) {
    const day = dayOf((m[2] ?? '').replaceAll('\\/', '/'), context.today)
    if (day !== null) out.push(found(m[1] ?? '', day, m[2] ?? '', 1))
    if (out.length >= MAX_DATES) return
  }
}

function walk(value: unknown, context: Context, out: LdDate[]): void {
  let visits = 0
  const visit = (v: unknown, other: boolean, depth: number): void => {
    if (typeof v !== 'object' || v === null || depth > 10 || ++visits > MAX_VISITS || out.length >= MAX_DATES) return
    if (Array.isArray(v)) {
      for (const child of v) visit(child, other, depth)
      return
    }
    const fields = new Map(Object.entries(v))
    const type = String(fields.get('@type') ?? '')
    const headline = fields.get('headline') ?? fields.get('name')
    const article = ARTICLE.test(type)
    // A headline that is not the page's is another article's.
    const foreign = article && typeof headline === 'string' && headline.length >= 12 && context.title.length >= 12 && !sameTitle(headline, context.title)
    const rank = other || foreign || /Comment|VideoObject|ImageObject|AudioObject|Person|Organization|Answer/.test(type) ? 2 : article ? 0 : 1
    for (const key of [...PUBLISHED, ...UPDATED]) {
      const raw = fields.get(key)
      const day = typeof raw === 'string' && raw.length <= 60 ? dayOf(raw, context.today) : null
      if (day !== null) out.push(found(key, day, String(raw), rank))
    }
    for (const [key, child] of fields) if (typeof child === 'object') visit(child, other || OTHERS.test(key), depth + 1)
  }
  visit(value, false, 0)
}

function found(key: string, day: Day, raw: string, rank: LdDate['rank']): LdDate {
  return { key, day, raw: raw.slice(0, 120), says: UPDATED.includes(key) ? 'updated' : 'published', structured: true, rank }
}

/** Do two titles begin alike, punctuation and case aside? */
function sameTitle(a: string, b: string): boolean {
  const bare = (s: string): string => s.toLowerCase().replace(/&#?\w{1,8};/g, '').replace(/[^\p{L}\p{N}]+/gu, '')
  const one = bare(a)
  const other = bare(b)
  const head = Math.min(12, one.length, other.length)
  return other.includes(one.slice(0, head)) || one.includes(other.slice(0, head))
}
