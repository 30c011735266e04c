import { lowerBound, type Context } from '../context.ts'
import type { DateHit } from '../dates/hit.ts'
import type { Anchor } from './links.ts'

/** How many links of one element are looked at to tell a row from what holds many. */
const LOOKED_AT = 48

/** Which links and dates lie under an element, answered without making lists: these questions are asked for each date, level by level. */
export type Under = {
  readonly datesIn: (node: number) => number
  readonly first: (node: number) => Anchor | undefined
  /** The links under the node, at most `most` of them. */
  readonly links: (node: number, most: number) => Anchor[]
  /** Links of at least `least` characters. */
  readonly long: (node: number, least: number) => number
  /** Different addresses behind links with some text, counted to `max`. */
  readonly targets: (node: number, max: number) => number
  /** Links that could be a row's title: at least `least` characters beside the date itself. Counts to `max`. */
  readonly titled: (node: number, hit: DateHit, max: number, least: number) => number
}

export function under(context: Context, links: readonly Anchor[], hits: readonly DateHit[]): Under {
  const { tape } = context
  const starts = hits.map((h) => h.from)
  // before[n]: how many links stand before element n.
  const before = new Int32Array(tape.size + 2)
  for (let n = 0, l = 0; n < before.length; n++) {
    before[n] = l
    while (l < links.length && links[l]?.node === n) l++
  }
  const numbers = new Map<string, number>()
  const target = links.map((l) => {
    const known = numbers.get(l.href)
    if (known !== undefined) return known
    numbers.set(l.href, numbers.size)
    return numbers.size - 1
  })
  const seen = new Int32Array(numbers.size)
  let asked = 0

  const from = (node: number): number => before[node] ?? links.length
  const to = (node: number, most: number): number => Math.min(from(node) + most, before[tape.next[node] ?? node + 1] ?? links.length)

  return {
    datesIn: (node) => lowerBound(starts, tape.flowTo[node] ?? 0) - lowerBound(starts, tape.flowFrom[node] ?? 0),
    first: (node) => (to(node, 1) > from(node) ? links[from(node)] : undefined),
    links: (node, most) => links.slice(from(node), to(node, most)),
    long(node, least) {
      let n = 0
      for (let i = from(node), end = to(node, LOOKED_AT); i < end; i++) if (length(links[i]) >= least) n++
      return n
    },
    targets(node, max) {
      asked++
      let n = 0
      for (let i = from(node), end = to(node, LOOKED_AT); i < end && n < max; i++) {
        const id = target[i] ?? 0
        if (length(links[i]) < 2 || seen[id] === asked) continue
        seen[id] = asked
        n++
      }
      return n
    },
    titled(node, hit, max, least) {
      let n = 0
      for (let i = from(node), end = to(node, LOOKED_AT); i < end && n < max; i++) {
        const link = links[i]
        if (link === undefined) break
        const holdsDate = hit.from >= link.from && hit.to <= link.to
        if (length(link) - (holdsDate ? hit.to - hit.from : 0) >= least) n++
      }
      return n
    },
  }
}

function length(link: Anchor | undefined): number {
  return link === undefined ? 0 : link.to - link.from
}
