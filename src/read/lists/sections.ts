import type { Day } from '../../domain/date.ts'
import type { ListItem, ListSection } from '../../domain/page.ts'
import type { Witness } from '../../domain/witness.ts'
import { lowerBound, type Context } from '../context.ts'
import { attribute, tagHolds } from '../html/attributes.ts'
import { T, tagName } from '../html/tags.ts'
import { neighbourhood } from '../collect/neighbourhood.ts'
import { headingOf, tabNames } from './headings.ts'
import { type Anchor, anchors, titleOf } from './links.ts'
import { type Row, datedRows } from './rows.ts'
import { attributeDay, mayCarry } from './row-attributes.ts'
import { type DatedRow, dayRows } from './years.ts'

export type Section = ListSection & {
  readonly container: number
  /** Flow offsets of its first row, behind its last, and behind the element that holds them. */
  readonly start: number
  readonly last: number
  readonly end: number
  /** How much of a list it is: rows weighed by the length of their titles. */
  readonly weight: number
  readonly dated: number
  readonly aside: boolean
  /** What its element and the one around it are called: lists made by one template have it in common. Null where neither has a name. */
  readonly shape: string | null
  /** Flow offsets of the dates that are its rows'. */
  readonly taken: readonly number[]
}

const MAX_SECTIONS = 120
const MAX_ITEMS = 400

/** Dates that are looked at for rows: of a list or home page, and of an article, whose rows are only neighbours. */
const MAX_DATES = 2000
const MAX_ARTICLE_DATES = 400

/** The page's lists, each with the heading and address that name it, in the order of the page. */
export function readSections(context: Context, links: readonly Anchor[] = anchors(context)): Section[] {
  const hits = context.hits.filter((h) => h.day !== null).slice(0, context.source.kind === 'article' ? MAX_ARTICLE_DATES : MAX_DATES)
  const groups = new Map<number, Row[]>()
  for (const row of datedRows(context, links, hits)) {
    const known = groups.get(row.container)
    if (known === undefined) groups.set(row.container, [row])
    else known.push(row)
  }
  addUndated(context, links, groups)
  const merged = mergeSplit(context, groups)
  const sections: Section[] = []
  const inAttributes = mayCarry(context)
  let lastEnd = 0
  for (const [container, rows] of [...merged].sort((a, b) => (a[1][0]?.node ?? 0) - (b[1][0]?.node ?? 0))) {
    if (sections.length >= MAX_SECTIONS) break
    const section = build(context, links, container, withToday(context, inAttributes ? rows.map((row) => fromAttributes(context, row)) : rows), lastEnd)
    if (section === null) continue
    sections.push(section)
    lastEnd = Math.max(lastEnd, section.end)
  }
  return nameTabs(context, links, sections)
}

/** Lists side by side under one row of tabs get the tabs' names in order. */
function nameTabs(context: Context, links: readonly Anchor[], sections: Section[]): Section[] {
  const { tape } = context
  for (let i = 0; i < sections.length; i++) {
    const first = sections[i]
    if (first === undefined) continue
    const parent = tape.parent[first.container]
    let j = i + 1
    while (j < sections.length && tape.parent[sections[j]?.container ?? 0] === parent && sections[j]?.name === null) j++
    if (j - i < 2) continue
    const start = tape.flowFrom[first.container] ?? 0
    const names = tabNames(context, links, start, Math.max(0, start - 160), j - i)
    if (names !== null) for (let k = i; k < j; k++) {
      const section = sections[k]
      const name = names[k - i]
      if (section !== undefined && name !== undefined) sections[k] = { ...section, name: name.text, url: name.url }
    }
    i = j - 1
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
    if (first !== undefined && last !== undefined && gap(context, last, container) <= 3 && runsOn(last, rows)) last.push(...rows)
    else {
      byShape.set(shape, container)
      out.set(container, [...rows])
    }
  }
  return out
}

/** Do the dates go on falling from one part to the next? Lists under tabs start anew. */
function runsOn(last: readonly Row[], rows: readonly Row[]): boolean {
  const here = folderOf(rows)
  const there = folderOf(last)
  if (rows.length > 1 && last.length > 1 && here !== null && there !== null && here !== there) return false
  const end = last.at(-1)?.hit?.day
  const start = rows.find((r) => r.hit?.day !== undefined)?.hit?.day
  return end === undefined || end === null || start === undefined || start === null || start <= end || rows.length === 1
}

/** The folder that a list's pages lie in, numbers aside; null when they differ. */
function folderOf(rows: readonly Row[]): string | null {
  let folder: string | null = null
  // A few rows tell: this is asked again for every part that is joined on.
  for (const row of [rows[0], rows[1], rows[2], rows.at(-1)]) {
    if (row === undefined) continue
    const url = row.anchor?.url
    if (url === null || url === undefined) return null
    const own = url.slice(0, url.lastIndexOf('/') + 1).replace(/\d+/g, '')
    if (folder !== null && folder !== own) return null
    folder = own
  }
  return folder
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
    if (row.title.length < 2) continue
    const witness = witnessOf(context, row)
    const day = row.doubt === undefined ? row.day : null
    const pinned = isPinned(context, row)
    items.push({ title: row.title.slice(0, 300), url: row.anchor?.url ?? null, date: day, witness, ...(pinned ? { pinned: true } : {}) })
    if (day !== null) {
      if (row.byUrl === undefined) dated++
      if (newest === null || day > newest) newest = day
    }
    weight += (row.hit === null ? 0.5 : 1) * Math.min(30, row.title.length + 4)
  }
  if (items.length === 0) return null
  if (items.length < 3 && dated === 0) return null
  // One short link beside a date is the page's head (设为首页 beside a clock), not a list.
  if (items.length === 1 && (items[0]?.title.length ?? 0) < 5) return null
  const first = rows[0]
  const start = first === undefined ? (tape.flowFrom[container] ?? 0) : (tape.flowFrom[first.node] ?? 0)
  const last = rows.reduce((at, row) => Math.max(at, tape.flowTo[row.node] ?? 0), 0)
  const end = Math.max(tape.flowTo[container] ?? 0, last)
  const name = headingOf(context, links, { start, end, floor: Math.max(after, start - 160), container, firstRow: first?.node ?? container })
  const spot = neighbourhood(context, container)
  return { container, start, last, end, name: name.text, url: name.url, items, newest, weight, dated, aside: spot.aside || spot.foot, shape: shapeOf(context, container), taken: rows.flatMap((r) => (r.hit === null || r.anchor === null || r.title.length < 6 ? [] : [r.hit.from])) }
}

const TIME_OF_DAY = /(?:^|[\s\ue000[(（])(?:[01]?\d|2[0-3])[:：][0-5]\d(?:$|[\s\ue000)\]）])/

/** Rows above the first dated one that show a time of day and no date are today's. */
function withToday(context: Context, rows: readonly Row[]): readonly Row[] {
  const first = rows.findIndex((row) => row.hit?.day != null)
  if (first <= 0) return rows
  return rows.map((row, i) => {
    if (i >= first || row.hit !== null || row.anchor === null || row.attributed !== undefined) return row
    const beside = TIME_OF_DAY.exec(context.tape.seen().slice(row.anchor.to, Math.min(context.tape.flowTo[row.node] ?? 0, row.anchor.to + 60)))
    return beside === null ? row : { ...row, attributed: { day: context.today, raw: beside[0].trim(), where: 'time of day' } }
  })
}

function shapeOf({ tape }: Context, container: number): string | null {
  const parent = tape.parent[container] ?? 0
  const names = [container, parent].map((node) => (tagHolds(tape, node, 'class') ? attribute(tape, node, 'class') : null))
  return names.some((name) => name !== null && name.trim() !== '') ? `${tape.tag[container]} ${names[0] ?? ''} in ${tape.tag[parent]} ${names[1] ?? ''}` : null
}

function fromAttributes(context: Context, row: Row): Row {
  const attributed = row.hit === null ? attributeDay(context, row) : null
  return attributed === null ? row : { ...row, attributed }
}

function witnessOf(context: Context, row: DatedRow): Witness | null {
  if (row.attributed !== undefined) return { source: 'list_row', day: row.day, raw: row.attributed.raw, where: row.attributed.where }
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
  const { tape } = context
  const from = tape.flowFrom[row.node] ?? 0
  const to = Math.min(tape.flowTo[row.node] ?? 0, from + 400)
  for (let i = from; i < to; i++) if (tape.flow[i] === 0x7f6e && (tape.flow[i + 1] === 0x9876 || tape.flow[i + 1] === 0x9802)) return true // 置顶
  const name = tagHolds(tape, row.node, 'class') ? attribute(tape, row.node, 'class') : null
  return name !== null && /(?:^|[\s"'_-])(?:top|zd|zhiding|pinned|sticky)(?:[\s"'_-]|$)/i.test(name)
}
