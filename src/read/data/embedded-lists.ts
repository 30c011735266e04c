import type { ListItem } from '../../domain/page.ts'
import type { Context } from '../context.ts'
import { openContext } from '../context.ts'
import { firstDate, isFuture } from '../dates/parse.ts'
import { Tape } from '../html/tape.ts'
import { readSections } from '../lists/sections.ts'
import { literalsIn, markupIn, parallelArrays, recordsIn } from './fragments.ts'
import { itemsFromJson, looseJson } from './json-list.ts'

/** Characters of one script that are searched for rows. */
const SCRIPT_CAP = 800_000
/** Literals that turn out to be no data, after which no more are tried: each one costs an exception. */
const MAX_UNREAD = 40
/** A second tape: a fragment is read while its page is still open. */
const tape = new Tape()
const DATE_KEY = /(?:pub|publish|release|create|issue|display|doc)\w{0,12}(?:time|date)|["']?(?:date|time|fbsj|rq)["']?\s*:/i

/** Rows that the page carries as data: jpage records, JSON and JS arrays, and lists in comments that a script uncomments. */
export function embeddedItems(context: Context): ListItem[] {
  const items: ListItem[] = []
  const { tape: page } = context
  if (page.text.includes('<record')) items.push(...itemsFromHtml(context, recordsIn(page.text).join('\n')))
  if (items.length > 0) return items
  let unread = 0
  for (const node of context.all.scripts) {
    const from = page.inner[node] ?? 0
    const size = (page.shut[node] ?? from) - from
    if (size < 60 || size > SCRIPT_CAP) continue
    const script = page.text.slice(from, from + size)
    if (/\b(?:years?|dates?|times?)\[\d/i.test(script)) {
      for (const row of parallelArrays(script)) {
        const day = firstDate(row.date, context.today)?.day ?? null
        const sound = day !== null && !isFuture(day, context.today)
        items.push({ title: row.title, url: row.url === '' ? null : context.resolve(row.url), date: sound ? day : null, witness: { source: 'embedded', day: sound ? day : null, raw: row.date, where: 'script array' } })
      }
    }
    if (/<li\b|<tr\b/i.test(script) && /20\d\d[-./年]\d/.test(script)) items.push(...itemsFromHtml(context, markupIn(script)).filter((i) => i.date !== null))
    if (!DATE_KEY.test(script) || !/title|name|bt\b|subject/i.test(script)) continue
    for (const literal of literalsIn(script)) {
      if (!DATE_KEY.test(literal)) continue
      const value = looseJson(literal)
      if (value === null) unread++
      else items.push(...itemsFromJson(value, context.resolve, context.today).filter((i) => i.date !== null))
    }
    if (items.length > 400 || unread > MAX_UNREAD) break
  }
  return items
}

/** Rows of lists that stand in comments, for templates whose script takes the comment marks away. */
export function commentedItems(context: Context): ListItem[] {
  const html: string[] = []
  let size = 0
  for (let i = 0; i + 1 < context.tape.comments.length && size < SCRIPT_CAP; i += 2) {
    const comment = context.tape.text.slice(context.tape.comments[i], context.tape.comments[i + 1])
    if (!/<li\b|<tr\b/i.test(comment) || !/<a\s/i.test(comment)) continue
    html.push(comment)
    size += comment.length
  }
  return html.length === 0 ? [] : itemsFromHtml(context, html.join('\n'))
}

/** Rows of an HTML fragment that belongs to the page. */
export function itemsFromHtml(context: Pick<Context, 'source'>, html: string): ListItem[] {
  if (html.trim() === '') return []
  const inner = openContext(html, context.source, tape)
  return readSections(inner).flatMap((s) => [...s.items])
}
