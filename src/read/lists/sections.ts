import type { Day } from '../../domain/date.ts'
import type { ListItem, ListSection } from '../../domain/page.ts'
import type { Witness } from '../../domain/witness.ts'
import { lowerBound, type Context } from '../context.ts'
import { attribute } from '../html/attributes.ts'
import { T, tagName } from '../html/tags.ts'
import { neighbourhood } from '../collect/neighbourhood.ts'
import { type Anchor, anchors, titleOf } from './links.ts'
import { type Row, datedRows } from './rows.ts'
import { type DatedRow, dayRows } from './years.ts'

export type Section = ListSection & {
  readonly container: number
  /** How much of a list it is: rows weighed by the length of their titles. */
  readonly weight: number
  readonly dated: number
  readonly aside: boolean
}

const MAX_SECTIONS = 120
const MAX_ITEMS = 400

/** The page's lists, each with the heading and address that name it, in the order of the page. */
export function readSections(context: Context, links: readonly Anchor[] = anchors(context)): Section[] {
  const hits = context.hits.filter((h) => h.day !== null).slice(0, 2000)
  const groups = new Map<number, Row[]>()
  for (const row of datedRows(context, links, hits)) {
    const known = groups.get(row.container)
    if (known === undefined) groups.set(row.container, [row])
    else known.push(row)
  }
  addUndated(context, links, groups)
  const merged = mergeSplit(context, groups)
  const sections: Section[] = []
  let lastEnd = 0
  for (const [container, rows] of [...merged].sort((a, b) => (a[1][0]?.node ?? 0) - (b[1][0]?.node ?? 0))) {
    if (sections.length >= MAX_SECTIONS) break
    const section = build(context, links, container, rows, lastEnd)
    if (section === null) continue
    sections.push(section)
    lastEnd = Math.max(lastEnd, context.tape.flowTo[container] ?? 0)
  }
  return sections
}

/** Rows beside dated ones, and whole lists, that show no date: links with a title's length, side by side. */
function addUndated(context: Context, links: readonly Anchor[], groups: Map<number, Row[]>): void {
  const { tape } = context
  const taken = new Set<number>()
  for (const rows of groups.values()) for (const row of rows) if (row.anchor !== null) taken.add(row.anchor.node)
  const fresh = new Map<number, Row[]>()
  const seenRow = new Set<number>()
  for (const link of links) {
    if (taken.has(link.node) || link.url === null || link.to - link.from < 8) continue
    let node = link.node
    let container = tape.parent[node] ?? 0
    for (let level = 0; level < 4 && container > 0; level++) {
      if (groups.has(container)) break
      const tag = tape.tag[container] ?? 0
      if (tag === T.ul || tag === T.ol || tag === T.tbody || tag === T.table || tag === T.dl || tag === T.body) break
      if (countRows(context, links, container) > 1) break
      node = container
      container = tape.parent[container] ?? 0
    }
    if (container === 0 || seenRow.has(node)) continue
    seenRow.add(node)
    const row: Row = { node, container, anchor: link, title: titleOf(context, link), hit: null, label: null }
    const dated = groups.get(container)
    if (dated !== undefined) dated.push(row)
    else {
      const known = fresh.get(container)
      if (known === undefined) fresh.set(container, [row])
      else known.push(row)
    }
  }
  for (const [container, rows] of fresh) if (rows.length >= 3) groups.set(container, rows)
  for (const rows of groups.values()) rows.sort((a, b) => a.node - b.node)
}

function countRows(context: Context, links: readonly Anchor[], node: number): number {
  const nodes = linkNodes(links)
  const targets = new Set<string>()
  for (let i = lowerBound(nodes, node), n = 0; i < links.length && n < 12; i++, n++) {
    const link = links[i]
    if (link === undefined || link.node >= (context.tape.next[node] ?? 0)) break
    if (link.to - link.from >= 4) targets.add(link.href)
    if (targets.size > 1) break
  }
  return targets.size
}

let lastLinks: readonly Anchor[] = []
let lastNodes: number[] = []
function linkNodes(links: readonly Anchor[]): readonly number[] {
  if (links !== lastLinks) {
    lastLinks = links
    lastNodes = links.map((l) => l.node)
  }
  return lastNodes
}

/** One list in several containers (an `ul` for every five rows, a wrapper a row): same tag and class, one parent. */
function mergeSplit(context: Context, groups: Map<number, Row[]>): Map<number, Row[]> {
  const { tape } = context
  const byShape = new Map<string, number>()
  const out = new Map<number, Row[]>()
  for (const [container, rows] of [...groups].sort((a, b) => a[0] - b[0])) {
    const parent = tape.parent[container] ?? 0
    const shape = `${parent} ${tape.tag[container]} ${attribute(tape, container, 'class') ?? ''} ${rows.some((r) => r.hit !== null)}`
    const first = byShape.get(shape)
    const last = first === undefined ? undefined : out.get(first)
    if (first !== undefined && last !== undefined && gap(context, last, container) <= 3) last.push(...rows)
    else {
      byShape.set(shape, container)
      out.set(container, [...rows])
    }
  }
  return out
}

/** Characters of text between the last row so far and the next container: a heading between two lists keeps them apart. */
function gap(context: Context, rows: readonly Row[], container: number): number {
  let end = 0
  for (const row of rows) end = Math.max(end, context.tape.flowTo[row.node] ?? 0)
  return (context.tape.flowFrom[container] ?? 0) - end
}

function build(context: Context, links: readonly Anchor[], container: number, rows: readonly Row[], after: number): Section | null {
  const { tape } = context
  const days = dayRows(rows, context.today)
  const items: ListItem[] = []
  let weight = 0
  let dated = 0
  let newest: Day | null = null
  for (const row of days) {
    if (items.length >= MAX_ITEMS) break
    if (row.anchor === null || row.title.length < 2) continue
    const witness = witnessOf(context, row)
    const day = row.doubt === undefined ? row.day : null
    const pinned = isPinned(context, row)
    items.push({ title: row.title.slice(0, 300), url: row.anchor.url, date: day, witness, ...(pinned ? { pinned: true } : {}) })
    if (day !== null) {
      if (row.byUrl === undefined) dated++
      if (newest === null || day > newest) newest = day
    }
    weight += (row.hit === null ? 0.5 : 1) * Math.min(30, row.title.length + 4)
  }
  if (items.length === 0) return null
  if (items.length < 3 && dated === 0) return null
  const first = rows[0]
  const start = first === undefined ? (tape.flowFrom[container] ?? 0) : (tape.flowFrom[first.node] ?? 0)
  const name = headingBefore(context, links, start, Math.max(after, start - 160))
  const spot = neighbourhood(context, container)
  return { container, name: name.text, url: name.url, items, newest, weight, dated, aside: spot.aside || spot.foot }
}

function witnessOf(context: Context, row: DatedRow): Witness | null {
  if (row.byUrl !== undefined) return { source: 'url', day: row.day, raw: row.byUrl, where: 'address' }
  if (row.hit === null) return null
  const cell = tagName(context.tape.tag[context.tape.nodeAt(row.hit.from)] ?? 0)
  const witness: Witness = {
    source: 'list_row',
    day: row.doubt === undefined ? row.day : null,
    raw: context.tape.line(row.hit.from, row.hit.to).slice(0, 120),
    where: row.label !== null && row.label.text !== '' ? row.label.text : cell === '' ? 'row' : cell,
  }
  return row.doubt === undefined ? witness : { ...witness, doubt: row.doubt }
}

function isPinned(context: Context, row: Row): boolean {
  const from = context.tape.flowFrom[row.node] ?? 0
  const to = Math.min(context.tape.flowTo[row.node] ?? 0, from + 400)
  return /[[【（(]?(?:置顶|置頂)[\]】）)]?/.test(context.tape.seen().slice(from, to)) || /(?:^|[\s"'_-])(?:top|zd|zhiding|pinned|sticky)(?:[\s"'_-]|$)/i.test(attribute(context.tape, row.node, 'class') ?? '')
}

const MORE = /^(?:[+＋»>›…·\s]*)(?:更多|查看更多|more|MORE|More|全部|查看全部|进入栏目)(?:[+＋»>›…·.\s]*)$|^[+＋»>›]{1,4}$/

/** The words that name a list: the last short line before it that is not “更多”, and the address behind it or behind “更多”. */
function headingBefore(context: Context, links: readonly Anchor[], start: number, floor: number): { text: string | null; url: string | null } {
  const { tape } = context
  const seen = tape.seen()
  let text: string | null = null
  let url: string | null = null
  let moreUrl: string | null = null
  const near: Anchor[] = []
  for (let i = lowerBoundBy(links, start) - 1; i >= 0 && near.length < 8; i--) {
    const link = links[i]
    if (link === undefined || link.to < floor) break
    near.push(link)
  }
  for (const link of near) if (moreUrl === null && (MORE.test(link.text) || (link.text === '' && /more|gengduo/i.test(tape.text.slice(tape.open[link.node], tape.inner[link.node]))))) moreUrl = link.url
  let end = start
  for (let lines = 0; lines < 6 && end > floor; lines++) {
    let from = end - 1
    while (from > floor && seen.charCodeAt(from - 1) !== 10) from--
    const raw = seen.slice(from, end)
    const line = raw.split('\ue000').join(' ').replace(/(?:更多|more|MORE|More)?[+＋»>›…·\s]*$/, '').trim()
    if (line.length >= 2 && line.length <= 24 && !MORE.test(line) && !/^[\d\s:：.-]+$/.test(line)) {
      text = line
      const own = near.find((l) => l.from >= from - 1 && l.to <= end + 1 && l.text.length >= 2 && line.includes(l.text) && !MORE.test(l.text))
      if (own !== undefined) {
        url = own.url
        if (line.length > own.text.length + 2 && own.text.length >= 2) text = own.text
      }
      break
    }
    end = from - 1
  }
  return { text, url: url ?? moreUrl }
}

function lowerBoundBy(links: readonly Anchor[], offset: number): number {
  let low = 0
  let high = links.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((links[middle]?.from ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}

