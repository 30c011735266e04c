import { within, type Context } from '../context.ts'
import { type Label, labelOf, WEEKDAY } from '../collect/labels.ts'
import { standsApart } from '../collect/zone.ts'
import type { DateHit } from '../dates/hit.ts'
import { BLOCK, T, traits } from '../html/tags.ts'
import { type Anchor, titleOf } from './links.ts'
import type { Attributed } from './row-attributes.ts'
import { under, type Under } from './under.ts'

/** A row of a list: a link, and the date that stands with it. */
export type Row = {
  /** The element that holds the row, a child of `container`. */
  readonly node: number
  readonly container: number
  readonly anchor: Anchor | null
  readonly title: string
  readonly hit: DateHit | null
  readonly label: Label | null
  /** The day in the row's tags, where it shows none. */
  readonly attributed?: Attributed
}

type Group = { readonly node: number; readonly hits: DateHit[]; readonly links: readonly Anchor[] }

/** Links looked at for each date of a group: nested rows of a broken page would else be gone through again for each. */
const LINKS_A_DATE = 64

/**
 * Rows by repetition of structure: from each date up to the smallest element that also holds a link worth a title, then
 * up while no other date comes in; what is left stands side by side in one container.
 */
export function datedRows(context: Context, links: readonly Anchor[], hits: readonly DateHit[]): Row[] {
  const { tape } = context
  const found = new Map<number, DateHit[]>()
  const of = under(context, links, hits)
  const bare = linklessRows(context, hits, (node) => of.long(node, 6))
  const taken = new Set(bare.map((r) => r.hit))
  for (const hit of hits) {
    if (taken.has(hit)) continue
    let node = tape.nodeAt(hit.from)
    let titled = 0
    for (let level = 0; level < 7 && node > 0; level++) {
      // A list item or table row is a row however short its title is: climbing on would give its date to a neighbour.
      const ownRow = tape.tag[node] === T.li || tape.tag[node] === T.tr
      titled = of.titled(node, hit, 2, ownRow ? 1 : 4)
      if (titled > 0) break
      const parent = tape.parent[node] ?? 0
      // So is any element whose parent holds the dates of at least two others: one more may be the row’s own (posted, answered).
      if (parent > 0 && of.datesIn(parent) >= of.datesIn(node) + 2 && of.titled(node, hit, 1, 1) > 0) {
        titled = 1
        break
      }
      if (parent > 0 && hasTwin(context, node, of)) {
        titled = 1
        break
      }
      node = parent
    }
    if (titled === 0 || node === 0 || tape.tag[node] === T.body) continue
    // A list item or table row is the row, whatever smaller element holds a link beside the date.
    const item = within(tape, node, 6, (n) => tape.tag[n] === T.li || tape.tag[n] === T.tr)
    if (item > 0 && of.datesIn(item) <= 4 && of.targets(item, 6) <= 5) node = item
    const own = of.targets(node, 8)
    if (own <= 5) {
      for (let level = 0; level < 5; level++) {
        const parent = tape.parent[node] ?? 0
        if (parent === 0 || tape.tag[parent] === T.body || tape.tag[parent] === T.form || of.targets(parent, own + 1) > own) break
        node = parent
      }
    }
    const known = found.get(node)
    if (known !== undefined) known.push(hit)
    else found.set(node, [hit])
  }

  const rows: Row[] = [...bare]
  for (const [node, dates] of found) {
    const group: Group = { node, hits: dates, links: of.links(node, Math.min(4000, LINKS_A_DATE * (dates.length + 1))) }
    const titled = group.links.filter((l) => l.text.length >= 2)
    const different = differentTargets(titled)
    if (group.hits.length >= 2 && different >= 2 && different >= group.hits.length - 1 && !isOneRow(context, group)) rows.push(...flatRows(context, group, titled))
    else rows.push(oneRow(context, group))
  }
  return rows
}

/** Is there an element of the same tag right before or after it, and both hold a date and a link of their own? Then both are rows, however short their titles. */
function hasTwin(context: Context, node: number, of: Under): boolean {
  const { tape } = context
  const own = of.first(node)
  const parent = tape.parent[node] ?? 0
  if (own === undefined || own.to - own.from < 2 || of.datesIn(node) === 0) return false
  const isTwin = (other: number): boolean => {
    const link = of.first(other)
    return tape.tag[other] === tape.tag[node] && tape.parent[other] === parent && link !== undefined && link.href !== own.href && link.to - link.from >= 2 && of.datesIn(other) > 0
  }
  const next = tape.next[node] ?? 0
  if (next < (tape.next[parent] ?? 0) && isTwin(next)) return true
  let before = node - 1
  for (let i = 0; i < 40 && before > parent && tape.parent[before] !== parent; i++) before = tape.parent[before] ?? 0
  return before > parent && isTwin(before)
}

/** Rows that a script opens and no link does: at least three alike side by side, each a line of text with its date set off. */
function linklessRows(context: Context, hits: readonly DateHit[], linksIn: (node: number) => number): Row[] {
  const { tape } = context
  const isBlock = (n: number): boolean => ((traits[tape.tag[n] ?? 0] ?? 0) & BLOCK) !== 0
  const byParent = new Map<number, { node: number; hit: DateHit }[]>()
  for (const hit of hits) {
    if (hit.form === 'relative' || !standsApart(tape, hit)) continue
    const node = within(tape, tape.nodeAt(hit.from), 3, isBlock)
    const size = (tape.flowTo[node] ?? 0) - (tape.flowFrom[node] ?? 0) - (hit.to - hit.from)
    if (node === 0 || size < 6 || size > 200) continue
    const container = tape.parent[node] ?? 0
    const known = byParent.get(container)
    if (known === undefined) byParent.set(container, [{ node, hit }])
    else known.push({ node, hit })
  }
  const out: Row[] = []
  for (const [container, found] of byParent) {
    if (found.length < 3 || linksIn(container) * 2 >= found.length) continue
    const rows: Row[] = []
    for (const { node, hit } of found) {
      const before = tape.line(tape.flowFrom[node] ?? 0, hit.from)
      const after = tape.line(hit.to, tape.flowTo[node] ?? 0)
      const title = (before.length >= after.length ? before : after).replace(/^[\s\])）】|·:：-]+|[\s[(（【|·-]+$/g, '')
      if (title.length >= 6) rows.push({ node, container, anchor: null, title, hit, label: labelOf(tape, hit) })
    }
    const alike = rows.filter((r) => tape.tag[r.node] === tape.tag[rows[0]?.node ?? 0])
    if (alike.length >= 3 && linksIn(container) * 2 < alike.length) out.push(...alike)
  }
  return out
}

/** Different addresses behind these links, counted to 1,000. */
function differentTargets(links: readonly Anchor[]): number {
  const seen = new Set<string>()
  for (const link of links) {
    if (link.to - link.from >= 2) seen.add(link.href)
    if (seen.size >= 1000) break
  }
  return seen.size
}

/** A table row or list item is one row however many links and dates it holds. */
function isOneRow(context: Context, group: Group): boolean {
  const tag = context.tape.tag[group.node]
  if (tag === T.tr || tag === T.li) return true
  return within(context.tape, group.node, 2, (n) => context.tape.tag[n] === T.li || context.tape.tag[n] === T.tr) > 0
}

function oneRow(context: Context, group: Group): Row {
  const { tape } = context
  let anchor: Anchor | null = null
  for (const link of group.links) {
    if (link.to - link.from < 3 && group.links.length > 1) continue
    if (anchor === null || link.to - link.from > (anchor.to - anchor.from) * 1.2) anchor = link
  }
  const container = tape.parent[group.node] ?? 0
  let best: DateHit | null = null
  let bestLabel: Label | null = null
  let bestScore = -100
  for (const hit of group.hits) {
    const label = rowLabel(context, group.node, hit, anchor)
    let score = 10
    if (label.kind === 'publish') score += 30
    else if (label.kind === 'plain') score += 12
    else if (label.kind === 'update') score += 5
    else if (label.kind === 'document') score -= 12
    // Whether a weekday makes it a clock is told by all rows together.
    else if (label.text === WEEKDAY) score -= 13
    else if (label.kind !== 'none') score -= 40
    const inLink = anchor !== null && hit.from >= anchor.from && hit.to <= anchor.to
    if (inLink) score -= standsApart(context.tape, hit) ? 2 : 25
    else if (!standsApart(context.tape, hit)) score -= 6
    if (hit.form === 'month_day' || hit.form === 'relative') score -= 4
    if (hit.form === 'compact') score -= 8
    if (hit.time) score += 3
    if (score > bestScore) {
      bestScore = score
      best = hit
      bestLabel = label
    }
  }
  // A date that is only part of the title (关于2020年6月1日…) is not the row's.
  if (bestScore < -5) best = null
  const title = anchor === null ? '' : titleOf(context, anchor, best?.from, best?.to)
  return { node: group.node, container, anchor, title, hit: best, label: bestLabel }
}

/** Links and dates that follow each other in one element, row after row without an element of their own. */
function flatRows(context: Context, group: Group, links: readonly Anchor[]): Row[] {
  const rows: Row[] = []
  const first = group.hits[0]
  const firstLink = links[0]
  if (first === undefined || firstLink === undefined) return rows
  const dateFirst = first.from < firstLink.from
  const used = new Set<number>()
  for (let i = 0; i < group.hits.length; i++) {
    const hit = group.hits[i]
    if (hit === undefined) continue
    const next = group.hits[i + 1]?.from ?? Number.MAX_SAFE_INTEGER
    const previous = group.hits[i - 1]?.to ?? 0
    let anchor: Anchor | null = null
    for (const link of links) {
      const fits = dateFirst ? link.from >= hit.from && link.from < next : (link.to <= hit.from && link.to > previous) || (hit.from >= link.from && hit.to <= link.to)
      if (fits && !used.has(link.node) && (anchor === null || link.to - link.from > anchor.to - anchor.from)) anchor = link
    }
    if (anchor === null) continue
    used.add(anchor.node)
    const label = besideTitle(labelOf(context.tape, hit), hit, anchor)
    const inTitle = hit.from >= anchor.from && hit.to <= anchor.to && !standsApart(context.tape, hit)
    rows.push({ node: anchor.node, container: group.node, anchor, title: titleOf(context, anchor, hit.from, hit.to), hit: inTitle ? null : hit, label })
  }
  return rows
}

/** A title may end in a word that would label a date (…的公示, 会议): without a colon it says nothing of the date behind it. */
function besideTitle(label: Label, hit: DateHit, anchor: Anchor | null): Label {
  const isTitle = anchor !== null && !label.colon && label.text !== '' && anchor.to <= hit.from && hit.from - anchor.to < 8 && anchor.text.replaceAll(' ', '').endsWith(label.text)
  return isTitle ? { kind: 'none', text: '', colon: false } : label
}

/** A date's label in a row; in a table the head of its column speaks. */
function rowLabel(context: Context, row: number, hit: DateHit, anchor: Anchor | null): Label {
  const own = besideTitle(labelOf(context.tape, hit), hit, anchor)
  if (own.kind !== 'none') return own
  const { tape } = context
  const cell = within(tape, tape.nodeAt(hit.from), 4, (n) => tape.tag[n] === T.td || tape.tag[n] === T.th)
  if (cell === 0) return own
  const tr = tape.parent[cell] ?? 0
  if (tape.tag[tr] !== T.tr || tr < row - 2) return own
  const table = within(tape, tr, 4, (n) => tape.tag[n] === T.table)
  if (table === 0) return own
  let column = 0
  for (let n = tr + 1; n < cell; n = tape.next[n] ?? n + 1) column++
  for (let n = table + 1; n < (tape.next[table] ?? 0) && n < table + 40; n++) {
    if (tape.tag[n] !== T.tr) continue
    if (n === tr) return own
    let k = 0
    for (let c = n + 1; c < (tape.next[n] ?? 0); c = tape.next[c] ?? c + 1, k++) {
      if (k !== column) continue
      const head = tape.textOf(c, 30).replace(/\s+/g, '')
      if (/截止|截至|开始|结束|到期|起|施行|实施|生效|失效|废止|有效|开标|报名|值班|活动|会议|考试|举办|举行|演出|出生|到岗|入职|成立|注册|生产|采样/.test(head)) return { kind: 'event', text: head, colon: false }
      if (/成文|发文|印发|制发|生成|签发/.test(head)) return { kind: 'document', text: head, colon: false }
      if (/发布|公开|公布|上网|登载|发表|答复|回复|办结|反馈/.test(head)) return { kind: 'publish', text: head, colon: false }
      if (/时间|日期/.test(head)) return { kind: 'plain', text: head, colon: false }
      if (/更新|修改/.test(head)) return { kind: 'update', text: head, colon: false }
      return own
    }
    return own
  }
  return own
}
