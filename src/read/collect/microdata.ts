import type { Day } from '../../domain/date.ts'
import type { Context } from '../context.ts'
import { epochDay, firstDate } from '../dates/parse.ts'
import { attribute } from '../html/attributes.ts'
import { T } from '../html/tags.ts'

export type MarkedDate = { readonly node: number; readonly day: Day; readonly raw: string; readonly says: 'published' | 'updated'; readonly where: string }

const MARK = /itemprop\s?=\s?["']?(datePublished|dateCreated|dateModified)\b|property\s?=\s?["']?(?:schema:|dc:|dcterms:)(datePublished|issued|created|date)\b|class=["'][^"']{0,60}\b(dt-published|published|dt-updated)\b[^"']{0,60}["']/gi
/** Most pages hold none of these: a plain search tells, before any pattern runs. */
const SIGNS = ['itemprop', 'schema:', 'dcterms:', 'published']
const SIGNS_IN_CHINESE = ['itemprop']
const MAX = 40

/**
 * Dates that the page marks up where they stand: microdata, RDFa, and the hAtom classes, from the value in the tag
 * (content, datetime, title), which a reader of the page may not see in full. Metas and time elements are read elsewhere.
 */
export function markedDates(context: Context): MarkedDate[] {
  const { tape } = context
  const out: MarkedDate[] = []
  if (!(context.chinese ? SIGNS_IN_CHINESE : SIGNS).some((sign) => tape.text.includes(sign))) return out
  let looked = 0
  for (const m of tape.text.matchAll(MARK)) {
    if (++looked > MAX) break
    const node = nodeOf(context, m.index)
    const tag = tape.tag[node] ?? 0
    if (node === 0 || tag === T.meta && within(context, node) || tag === T.time || tag === T.script) continue
    const name = (m[1] ?? m[2] ?? m[3] ?? '').toLowerCase()
    const raw = attribute(tape, node, 'content') ?? attribute(tape, node, 'datetime') ?? attribute(tape, node, 'title') ?? ''
    if (raw === '' || raw.length > 60) continue
    const hit = firstDate(raw, context.today, context.dayFirst)
    const day = /^\d{10}$|^\d{13}$/.test(raw) ? epochDay(Number(raw)) : hit === null || hit.form === 'month_day' || hit.form === 'relative' ? null : hit.day
    if (day !== null) out.push({ node, day, raw: raw.slice(0, 120), says: /modified|updated/.test(name) ? 'updated' : 'published', where: m[1] === undefined ? (m[3] === undefined ? 'RDFa' : `class ${name}`) : `itemprop ${m[1]}` })
  }
  return out
}

/** Is a meta among the page's own metas, which are read by their names? */
function within(context: Context, node: number): boolean {
  return attribute(context.tape, node, 'itemprop') !== null && context.all.metas.includes(node)
}

/** The element whose start tag holds the source offset; 0 where it stands in text or a script. */
function nodeOf(context: Context, offset: number): number {
  const { tape } = context
  let low = 0
  let high = tape.size - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((tape.open[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return (tape.inner[low] ?? 0) > offset ? low : 0
}
