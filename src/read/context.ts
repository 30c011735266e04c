import { type Day, dayInChina } from '../domain/date.ts'
import type { PageSource } from '../domain/page.ts'
import { type Inventory, inventory } from './collect/inventory.ts'
import { fillFromAttributes } from './dates/attributes.ts'
import { findDates } from './dates/find.ts'
import type { DateHit } from './dates/hit.ts'
import { attribute } from './html/attributes.ts'
import { decodeReferences } from './html/entities.ts'
import { scan } from './html/scan.ts'
import type { Tape } from './html/tape.ts'
import { type Resolver, resolver } from './resolve.ts'

/** One page being read: what every collector is given. Lives only as long as the reading. */
export type Context = {
  readonly tape: Tape
  readonly source: PageSource
  readonly today: Day
  readonly all: Inventory
  readonly resolve: Resolver
  /** Text of <title>. */
  readonly title: string
  readonly chinese: boolean
  readonly dayFirst: boolean
  /** Every date in the visible text, in order. */
  readonly hits: readonly DateHit[]
}

export function openContext(text: string, source: PageSource, tape: Tape): Context {
  scan(text, tape)
  const all = inventory(tape)
  const title = all.title === 0 ? '' : rawText(tape, all.title, 300)
  const today = dayInChina(source.now)
  const language = (all.html === 0 ? null : attribute(tape, all.html, 'lang'))?.toLowerCase() ?? ''
  const chinese = isChinese(tape, title)
  // Month first is the custom of the United States only; pages of no stated language are read as English ones if Latin.
  const dayFirst = chinese || !(/^en[-_](?:us|ca|ph)/.test(language) || (language === 'en' && !/\.(?:uk|au|nz|ie|in|za|eu|sg|hk|my|ng|ke)(?:[/:]|$)/.test(source.url.slice(0, 80))))
  const hits = findDates(tape.flow, 0, tape.flowSize, { today, dayFirst, yearFirst: chinese, minguo: /^https?:\/\/[^/]{1,200}\.tw(?:[/:]|$)/.test(source.url), limit: source.kind === 'article' ? 600 : 2500, minute: (source.now.getUTCHours() * 60 + source.now.getUTCMinutes() + 480) % 1440 })
  const baseHref = all.base === 0 ? null : attribute(tape, all.base, 'href')
  fillFromAttributes(tape, hits, today, dayFirst)
  return { tape, source, today, all, resolve: resolver(source.url, baseHref === '' ? null : baseHref), title, chinese, dayFirst, hits }
}

/** The source text between an element's tags, references decoded, spaces collapsed. */
export function rawText(tape: Tape, node: number, max: number): string {
  const from = tape.inner[node] ?? 0
  const raw = tape.text.slice(from, Math.min(tape.shut[node] ?? from, from + max * 4))
  return decodeReferences(raw).replace(/\s+/g, ' ').trim().slice(0, max)
}

function isChinese(tape: Tape, title: string): boolean {
  let han = 0
  let latin = 0
  let kana = 0
  const step = Math.max(1, Math.trunc(tape.flowSize / 4000))
  for (let i = 0; i < tape.flowSize; i += step) {
    const c = tape.flow[i] ?? 0
    if (c >= 0x4e00 && c <= 0x9fff) han++
    else if ((c >= 65 && c <= 90) || (c >= 97 && c <= 122)) latin++
    else if (c >= 0x3040 && c <= 0x30ff) kana++
  }
  if (han + latin === 0) return /[\u4e00-\u9fff]/.test(title)
  return han * 5 > latin && kana * 5 < han
}

/** Is `node` inside an element for which `test` holds (itself included), at most `levels` up? Gives that element, or 0. */
export function within(tape: Tape, node: number, levels: number, test: (node: number) => boolean): number {
  let at = node
  for (let i = 0; i <= levels && at > 0; i++) {
    if (test(at)) return at
    at = tape.parent[at] ?? 0
  }
  return 0
}

/** Index of the first element of the sorted `nodes` that is at least `node`. */
export function lowerBound(nodes: readonly number[], node: number): number {
  let low = 0
  let high = nodes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((nodes[middle] ?? 0) < node) low = middle + 1
    else high = middle
  }
  return low
}
