import type { Context } from '../context.ts'
import { within } from '../context.ts'
import type { Anchor } from './links.ts'

export type Named = { readonly text: string | null; readonly url: string | null }

const MORE = /^(?:[+＋»>›…·\s]*)(?:更多|查看更多|点击更多|more|MORE|More|全部|查看全部|进入栏目)(?:[+＋»>›…·.\s]*)$|^[+＋»>›]{1,4}$/

/**
 * The words that name a list (the last short line before it that is not “更多”) and the column's address: behind the
 * heading, or behind the “更多” that stands with it, before the list or after it.
 */
export function headingOf(context: Context, links: readonly Anchor[], span: { start: number; end: number; floor: number; container: number; firstRow: number }): Named {
  const { start, end, floor, container, firstRow } = span
  const before: Anchor[] = []
  for (let i = firstAt(links, start + 1) - 1; i >= 0 && before.length < 10; i--) {
    const link = links[i]
    if (link === undefined || link.to < floor) break
    if (link.node < firstRow) before.push(link)
  }
  let text: string | null = null
  let url: string | null = null
  let at = -1
  for (const line of linesBefore(context, start, floor, 6)) {
    if (!isName(line.text)) continue
    text = line.text
    at = line.from
    const own = before.find((l) => l.from >= line.from - 1 && l.to <= line.to + 1 && l.text.length >= 2 && line.text.includes(l.text) && !MORE.test(l.text))
    if (own !== undefined) {
      url = own.url
      if (line.text.length > own.text.length + 2) text = own.text
    }
    break
  }
  if (url === null) {
    // “更多” before the name belongs to the list above unless it shares the name's element.
    const more = before.find((l) => isMore(context, l) && (at < 0 || l.from >= at || holds(context, l.node, at)))
    url = more?.url ?? moreAfter(context, links, end, container)
  }
  return { text, url }
}

/** Names of `count` lists that stand under one row of tabs, when just so many short lines precede them. */
export function tabNames(context: Context, links: readonly Anchor[], start: number, floor: number, count: number): readonly Named[] | null {
  const lines = linesBefore(context, start, floor, count + 6).filter((l) => !MORE.test(l.text)).slice(0, count)
  const first = lines.at(-1)
  const last = lines[0]
  if (first === undefined || last === undefined || lines.length < count || lines.some((l) => l.text.length > 12 || l.text.length < 2)) return null
  // The tabs share an element that names nothing else.
  const { tape } = context
  const row = within(tape, tape.nodeAt(last.from), 6, (n) => (tape.flowFrom[n] ?? 0) <= first.from)
  if (row === 0 || linesBefore(context, Math.min(start, tape.flowTo[row] ?? 0), tape.flowFrom[row] ?? 0, count + 6).filter((l) => !MORE.test(l.text)).length !== count) return null
  return lines.reverse().map((line): Named => {
    const own = links.find((l) => l.from >= line.from - 1 && l.to <= line.to + 1 && line.text.includes(l.text) && l.text.length >= 2)
    return { text: line.text, url: own?.url ?? null }
  })
}

function linesBefore(context: Context, start: number, floor: number, max: number): { text: string; from: number; to: number }[] {
  const seen = context.tape.seen()
  const out: { text: string; from: number; to: number }[] = []
  let end = start
  while (out.length < max && end > floor) {
    let from = end - 1
    while (from > floor && seen.charCodeAt(from - 1) !== 10) from--
    const text = seen.slice(from, end).split('\ue000').join(' ').replace(/(?:更多|more|MORE|More)?[+＋»>›…·\s]*$/, '').trim()
    if (text !== '') out.push({ text, from, to: end })
    end = from - 1
  }
  return out
}

function isName(line: string): boolean {
  return line.length >= 2 && line.length <= 24 && !MORE.test(line) && !/^[\d\s:：./-]+$|^(?:标题|序号|日期|发布日期|时间|搜索|高级搜索|检索|查询)$/.test(line)
}

function isMore(context: Context, link: Anchor): boolean {
  if (MORE.test(link.text)) return true
  return link.text === '' && /more|gengduo|更多/i.test(context.tape.text.slice(context.tape.open[link.node], context.tape.shut[link.node]).slice(0, 400))
}

function holds(context: Context, node: number, offset: number): boolean {
  const { tape } = context
  return within(tape, tape.parent[node] ?? 0, 2, (n) => (tape.flowFrom[n] ?? 0) <= offset && (tape.flowTo[n] ?? 0) > offset && (tape.flowTo[n] ?? 0) - (tape.flowFrom[n] ?? 0) < 120) > 0
}

function moreAfter(context: Context, links: readonly Anchor[], end: number, container: number): string | null {
  const { tape } = context
  for (let i = firstAt(links, end), n = 0; i < links.length && n < 2; i++, n++) {
    const link = links[i]
    if (link === undefined || link.from > end + 2) return null
    if (isMore(context, link) && within(tape, tape.parent[link.node] ?? 0, 2, (node) => node < container && (tape.next[node] ?? 0) > container) > 0) return link.url
  }
  return null
}

function firstAt(links: readonly Anchor[], offset: number): number {
  let low = 0
  let high = links.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((links[middle]?.from ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}
