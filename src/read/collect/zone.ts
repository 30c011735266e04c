import type { Context } from '../context.ts'
import type { DateHit } from '../dates/hit.ts'
import { BREAK, SEAM, type Tape } from '../html/tape.ts'
import type { Heading } from './heading.ts'

/** How near a date is to the title: 40 right beside it, 0 far from it or past the start of the text. */
export type HeadingZone = {
  /** Flow offset of the title; -1 where there is none. */
  readonly at: number
  nearness(hit: DateHit): number
  inTitle(hit: DateHit): boolean
}

/**
 * The heading zone: a little before the title to where the text proper begins. A by-line belongs to it; the dates that
 * the text tells of, and those of what follows the text, do not.
 */
export function headingZone(context: Context, heading: Heading | null): HeadingZone {
  if (heading === null) {
    // No title that can be told: a date right above the text is where a by-line would stand.
    const text = startOfText(context, 0)
    return { at: -1, nearness: (hit) => (hit.to <= text && text - hit.to <= 120 && text < context.tape.flowSize ? 18 : 0), inTitle: () => false }
  }
  const textFrom = startOfText(context, heading.to)
  return {
    at: heading.from,
    inTitle: (hit) => hit.from >= heading.from && hit.to <= heading.to,
    nearness: (hit) => {
      const after = hit.from >= heading.to
      const far = after ? hit.from - heading.to : hit.from < heading.from ? (heading.from - hit.to) * 1.5 + 60 : 0
      if (after && hit.from >= textFrom) {
        // A summary may stand between the title and a by-line that shows its time of day: one line of text, and no more.
        return hit.time && far <= 700 && hit.from - lineEnd(context.tape, textFrom) <= (context.chinese ? 50 : 160) && standsApart(context.tape, hit) ? 20 : 0
      }
      return far <= 90 ? 40 : far <= 250 ? 32 : far <= 600 ? 18 : far <= 1200 ? 6 : 0
    },
  }
}

/** Flow offset of the first line after the title that reads as text: long, with the marks of sentences. */
function startOfText(context: Context, from: number): number {
  const { flow, flowSize } = context.tape
  let lines = 0
  let at = from
  while (at < flowSize && at - from < 4000) {
    let end = at
    let stops = 0
    while (end < flowSize && flow[end] !== BREAK) {
      const c = flow[end] ?? 0
      if (c === 0x3002 || c === 0xff1b || c === 0xff01) stops += 2
      else if (c === 0xff0c || c === 44 || c === 0x3001 || (c === 46 && !isDigit(flow[end + 1]))) stops++
      end++
    }
    const size = end - at
    if (context.chinese ? size >= 36 && stops >= 2 : size >= 140 && stops >= 2) {
      // Other languages put a teaser between title and by-line.
      if (context.chinese || lines >= 1) return at
      lines++
    }
    at = end + 1
  }
  return Number.MAX_SAFE_INTEGER
}

/** Flow offset of the end of the line that starts at `from`; `from` itself where there is no such line. */
function lineEnd(tape: Tape, from: number): number {
  let end = from
  while (end < tape.flowSize && tape.flow[end] !== BREAK) end++
  return end
}

function isDigit(c: number | undefined): boolean {
  return c !== undefined && c >= 48 && c <= 57
}

/** Does a date stand by itself, set off by breaks, spaces, brackets or bars on both sides? */
export function standsApart(tape: Tape, hit: DateHit): boolean {
  const end = hit.to
  // 2026. 03. 05. and 5. března 2026. end in a dot of their own.
  const dotted = tape.flow[end] === 46 && !isDigit(tape.flow[end + 1])
  return isEdge(tape.flow[hit.from - 1] ?? BREAK) && (isEdge(tape.flow[dotted ? end + 1 : end] ?? BREAK) || (hit.time && BYLINE.test(tape.seen().slice(end, end + 2))))
}

/** Is a date all that its line holds? */
export function fillsLine({ flow, flowSize }: Tape, hit: DateHit): boolean {
  let from = hit.from
  while (from > 0 && (flow[from - 1] === 32 || flow[from - 1] === SEAM)) from--
  let to = hit.to
  while (to < flowSize && (flow[to] === 32 || flow[to] === SEAM)) to++
  return (from === 0 || flow[from - 1] === BREAK) && (to === flowSize || flow[to] === BREAK)
}

/** What a by-line goes on with right behind its time of day: 2026年03月12日09:21来源：… */
const BYLINE = /^(?:来源|作者|编辑|记者)/

/**
 * Does a date stand in running text? In writing with spaces between words, a date set off by spaces may be part of a
 * sentence: its line then is long and has the marks of sentences. (In Chinese what stands beside it tells.)
 */
export function inRunningText(tape: Tape, hit: DateHit): boolean {
  const { flow, flowSize } = tape
  let from = hit.from
  while (from > 0 && hit.from - from < 400 && flow[from - 1] !== BREAK) from--
  let to = hit.to
  while (to < flowSize && to - hit.to < 400 && flow[to] !== BREAK) to++
  if (to - from - (hit.to - hit.from) < 90) return false
  let stops = 0
  for (let i = from; i < to; i++) {
    if (i >= hit.from && i < hit.to) continue
    const c = flow[i] ?? 0
    const next = flow[i + 1] ?? BREAK
    if (c === 0x3002 || c === 0x964 || c === 0x61f || c === 0x60c) stops++
    else if ((c === 46 || c === 44 || c === 33 || c === 63 || c === 59) && (next === 32 || next === BREAK || next === SEAM)) stops++
  }
  return stops >= 2
}

const COMPANY = /来源|作者|浏览|点击|阅读|访问|字体|字号|打印|编辑|记者|分享|发布者|发布人|发布机构|供稿|审核|人气|次数|【[大中小]|\[[大中小]|来自|責任編輯|來源|瀏覽|楼主|(?<!\d)1楼/

/** Does a date stand in the company that by-lines keep: its source, author, reader count, letter size, on the same line or the next? */
export function inByline(tape: Tape, hit: DateHit): boolean {
  const seen = tape.seen()
  let from = hit.from
  while (from > 0 && hit.from - from < 80 && seen.charCodeAt(from - 1) !== BREAK) from--
  let to = hit.to
  let breaks = 0
  while (to < seen.length && to - hit.to < 80) {
    if (seen.charCodeAt(to) === BREAK && ++breaks > 1) break
    to++
  }
  return to - from < 150 && COMPANY.test(seen.slice(from, to))
}

function isEdge(c: number): boolean {
  switch (c) {
    case BREAK: case SEAM: case 32: case 91: case 93: case 40: case 41: case 0xff08: case 0xff09: case 0x3010: case 0x3011: case 0x3014: case 0x3015:
    case 58: case 0xff1a: case 124: case 0xff5c: case 47: case 0xb7: case 0x2022: case 62: case 60: case 44: case 0x300a: case 0x5468: case 0x661f:
      return true
    default:
      return false
  }
}
