import type { FollowUp, ListItem, PageSource } from '../../domain/page.ts'
import { dayInChina } from '../../domain/date.ts'
import { decode } from '../decode.ts'
import { resolver } from '../resolve.ts'
import { itemsFromHtml } from './embedded-lists.ts'
import { recordsIn } from './fragments.ts'
import { itemsFromJson, looseJson } from './json-list.ts'

/** Characters of an answer that are read. */
const CAP = 4_000_000

/**
 * Rows from the answer to a follow-up, by what the answer is, not by what was asked: jpage XML with CDATA records,
 * buildstatic JSON with an HTML fragment inside, a JSON list of any known shape, or plain HTML. `source.url` is the
 * address that answered; links are made absolute against it. Nothing readable gives no rows, never an error.
 */
export function readFollowUp(bytes: Uint8Array, source: PageSource, _followUp?: FollowUp): { readonly items: readonly ListItem[] } {
  const text = decode(bytes, source).text.slice(0, CAP)
  const start = text.trimStart().slice(0, 80)
  if (text.includes('<record')) return { items: itemsFromHtml({ source }, recordsIn(text).join('\n')) }
  if (/^[[{]|^[\w$.]{1,60}\s*\(\s*[[{]/.test(start)) {
    const value = looseJson(text)
    const html = fragmentIn(value, 0)
    const rows = html === null ? [] : itemsFromHtml({ source }, html)
    return { items: rows.length > 0 ? rows : itemsFromJson(value, resolver(source.url, null), dayInChina(source.now)) }
  }
  return { items: itemsFromHtml({ source }, text) }
}

/** The HTML inside a JSON answer: data.html and its like. */
function fragmentIn(value: unknown, depth: number): string | null {
  if (depth > 4 || typeof value !== 'object' || value === null || Array.isArray(value)) return null
  for (const [key, field] of Object.entries(value)) {
    if (typeof field === 'string' && /^(?:html|content|list|data|body)$/i.test(key) && /<(?:li|tr|a|div)\b/i.test(field)) return field
    const inner = fragmentIn(field, depth + 1)
    if (inner !== null) return inner
  }
  return null
}
