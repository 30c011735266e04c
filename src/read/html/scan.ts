import { reference, taken } from './entities.ts'
import { BLOCK, HEAD, RAW, T, UNSEEN, VOID, hashStep, tagOfHash, traits } from './tags.ts'
import { BREAK, MAX_NODES, MAX_TEXT, SEAM, type Tape } from './tape.ts'

const MAX_DEPTH = 400
const stack = new Int32Array(MAX_DEPTH + 1)

/**
 * Reads HTML into a tape in one pass, forgiving as browsers are: unclosed and misnested tags, attributes without
 * quotes, scripts and comments that never end. Work is linear in the length of the text, whatever the text.
 */
export function scan(source: string, tape: Tape): Tape {
  const text = source.length > MAX_TEXT ? source.slice(0, MAX_TEXT) : source
  tape.reset(text)
  const length = text.length
  let depth = 0
  let unseen = 0
  let at = 0
  // Once a closing mark is known to be missing, it is not searched for again: that keeps hostile input linear.
  let commentsEnd = true
  const quoteEnds = [true, true]
  openNode(tape, 0, 0, 0, 0)
  stack[0] = 0

  while (at < length) {
    let lt = text.indexOf('<', at)
    if (lt < 0) lt = length
    if (lt > at) {
      if (unseen === 1 && tape.tag[stack[depth] ?? 0] === T.head && !isBlank(text, at, lt)) pop(at)
      if (unseen === 0) writeText(tape, text, at, lt, stack[depth] ?? 0)
    }
    if (lt >= length) break
    const c = text.charCodeAt(lt + 1)

    if (c === 33 || c === 63) {
      at = skipDeclaration(lt, c)
      continue
    }
    const closing = c === 47
    let i = closing ? lt + 2 : lt + 1
    let code = text.charCodeAt(i)
    if (!isLetter(code)) {
      if (closing) {
        const end = text.indexOf('>', i)
        at = end < 0 ? length : end + 1
      } else {
        if (unseen === 0) writeText(tape, text, lt, lt + 1, stack[depth] ?? 0)
        at = lt + 1
      }
      continue
    }
    let hash = 0
    while (i < length && !isNameEnd(code)) {
      hash = hashStep(hash, code)
      code = text.charCodeAt(++i)
    }
    const tag = tagOfHash(hash)
    const trait = traits[tag] ?? 0
    const end = tagEnd(i)
    at = Math.min(end + 1, length)

    if (closing) {
      closeTag(tag, trait, lt)
      continue
    }
    if (tape.size >= MAX_NODES) {
      tape.cut = true
      continue
    }
    closeImplied(tag, trait, lt)
    if (unseen === 0) separate(tape, (trait & BLOCK) !== 0)
    const node = openNode(tape, tag, lt, at, stack[depth] ?? 0)
    const selfClosed = text.charCodeAt(end - 1) === 47 && tag === 0
    if ((trait & VOID) !== 0 || selfClosed) {
      tape.shut[node] = at
      tape.next[node] = tape.size
      tape.flowTo[node] = tape.flowSize
    } else if ((trait & RAW) !== 0) {
      const stop = rawEnd(at, hash)
      tape.shut[node] = stop
      tape.next[node] = tape.size
      tape.flowTo[node] = tape.flowSize
      const close = text.indexOf('>', stop)
      at = close < 0 ? length : close + 1
    } else if (depth < MAX_DEPTH) {
      depth++
      stack[depth] = node
      if ((trait & UNSEEN) !== 0) unseen++
    } else {
      tape.shut[node] = at
      tape.next[node] = tape.size
      tape.flowTo[node] = tape.flowSize
    }
  }
  while (depth >= 0) pop(length)
  return tape

  function pop(where: number): void {
    const node = stack[depth] ?? 0
    const trait = traits[tape.tag[node] ?? 0] ?? 0
    tape.shut[node] = where
    tape.next[node] = tape.size
    tape.flowTo[node] = tape.flowSize
    if ((trait & UNSEEN) !== 0 && unseen > 0) unseen--
    depth--
    if (unseen === 0) separate(tape, (trait & BLOCK) !== 0)
  }

  function closeTag(tag: number, trait: number, where: number): void {
    if (tag === T.body || tag === T.html) return // what follows still belongs to the page
    if (tag === 0) {
      // Unknown names are not told apart: close the nearest unknown one, but never through a block.
      for (let d = depth; d > 0 && d > depth - 3; d--) {
        const open = tape.tag[stack[d] ?? 0] ?? 0
        if (open === 0) {
          while (depth >= d) pop(where)
          return
        }
        if (((traits[open] ?? 0) & BLOCK) !== 0) return
      }
      return
    }
    // A template or a select is closed through whatever blocks it holds: else all that follows would be unseen with it.
    const block = (trait & (BLOCK | UNSEEN)) !== 0
    // <h1>…</h2> is one heading: any end tag of a heading ends it.
    const heading = isHeading(tag)
    for (let d = depth; d > 0; d--) {
      const open = tape.tag[stack[d] ?? 0] ?? 0
      if (open === tag || (heading && isHeading(open))) {
        while (depth >= d) pop(where)
        return
      }
      // What ends inside a template began there; an inner list's stray </li> leaves the row it stands in alone.
      if ((open === T.template && tag !== T.template) || (tag === T.li && (open === T.ul || open === T.ol))) return
      // A stray inline end tag must not close the block around it; nor may a stray </div> leave its cell.
      if (!block && ((traits[open] ?? 0) & BLOCK) !== 0) return
      if ((open === T.td || open === T.th) && tag !== T.tr && tag !== T.table && tag !== T.tbody && tag !== T.thead) return
    }
  }

  function closeImplied(tag: number, trait: number, where: number): void {
    if (tag === T.li) closeUpTo(T.li, 0, T.ul, T.ol, where)
    else if (tag === T.dt || tag === T.dd) closeUpTo(T.dt, T.dd, T.dl, T.dl, where)
    else if (tag === T.td || tag === T.th) closeUpTo(T.td, T.th, T.tr, T.table, where)
    else if (tag === T.tr) closeUpTo(T.tr, 0, T.table, T.tbody, where)
    else if (tag === T.option) closeUpTo(T.option, 0, T.select, T.select, where)
    else if (tag === T.a) closeUpTo(T.a, 0, T.div, T.td, where)
    else if (tag === T.body && unseen > 0) closeUpTo(T.head, 0, T.html, T.html, where)
    if ((trait & BLOCK) !== 0 && tag !== T.body && tape.tag[stack[depth] ?? 0] === T.p) pop(where)
    // Anything but what belongs there ends an unclosed head.
    if (unseen > 0 && (trait & HEAD) === 0 && tape.tag[stack[depth] ?? 0] === T.head) pop(where)
    if (isHeading(tag) && isHeading(tape.tag[stack[depth] ?? 0] ?? 0)) pop(where)
  }

  /** Pops an open `one` or `other` unless a `wall` stands between. */
  function closeUpTo(one: number, other: number, wall: number, wall2: number, where: number): void {
    for (let d = depth, steps = 0; d > 0 && steps < 12; d--, steps++) {
      const open = tape.tag[stack[d] ?? 0] ?? 0
      if (open === one || (open === other && other !== 0)) {
        while (depth >= d) pop(where)
        return
      }
      if (open === wall || open === wall2 || open === T.table || open === T.ul || open === T.template) return
    }
  }

  /** Offset of the `>` that ends the tag whose name ended at `from`, seeing through quoted values. */
  function tagEnd(from: number): number {
    let i = from
    while (i < length) {
      const c = text.charCodeAt(i)
      if (c === 62) return i
      if ((c === 34 || c === 39) && quoteEnds[c === 34 ? 0 : 1] === true && afterEquals(text, i)) {
        const close = text.indexOf(c === 34 ? '"' : "'", i + 1)
        if (close < 0) quoteEnds[c === 34 ? 0 : 1] = false
        else i = close
      }
      i++
    }
    return length
  }

  function skipDeclaration(lt: number, c: number): number {
    if (c === 33 && text.startsWith('<!--', lt)) {
      const close = commentsEnd ? text.indexOf('-->', lt + 2) : -1
      if (close < 0) {
        commentsEnd = false
        const end = text.indexOf('>', lt)
        return end < 0 ? length : end + 1
      }
      if (close - lt > 60 && tape.comments.length < 400) tape.comments.push(lt + 4, close)
      return close + 3
    }
    if (c === 33 && text.startsWith('<![CDATA[', lt)) {
      const close = text.indexOf(']]>', lt)
      return close < 0 ? lt + 9 : close + 3
    }
    const end = text.indexOf('>', lt)
    return end < 0 ? length : end + 1
  }

  /** Offset of the end tag of a raw-text element, or the end of the text. */
  function rawEnd(from: number, hash: number): number {
    let i = from
    for (;;) {
      const close = text.indexOf('</', i)
      if (close < 0) return length
      let j = close + 2
      let h = 0
      while (j < length && isLetter(text.charCodeAt(j))) h = hashStep(h, text.charCodeAt(j++))
      if (h === hash) return close
      i = close + 2
    }
  }
}

function openNode(tape: Tape, tag: number, open: number, inner: number, parent: number): number {
  const node = tape.size
  if (node === tape.tag.length) tape.grow()
  tape.size = node + 1
  tape.tag[node] = tag
  tape.open[node] = open
  tape.inner[node] = inner
  tape.shut[node] = inner
  tape.parent[node] = parent
  tape.next[node] = node + 1
  tape.flowFrom[node] = tape.flowSize
  tape.flowTo[node] = tape.flowSize
  return node
}

/** Marks a boundary in the flow: a break between blocks, a seam between inline elements. */
function separate(tape: Tape, block: boolean): void {
  const size = tape.flowSize
  if (size === 0) return
  const last = tape.flow[size - 1]
  if (block) {
    if (last === BREAK) return
    if (last === SEAM || last === 32) tape.flow[size - 1] = BREAK
    else if (size < tape.flow.length) tape.flow[tape.flowSize++] = BREAK
  } else if (last !== BREAK && last !== SEAM && last !== 32 && size < tape.flow.length) tape.flow[tape.flowSize++] = SEAM
}

/** Copies text into the flow: references decoded, white space collapsed, full-width digits made plain. */
function writeText(tape: Tape, text: string, from: number, to: number, node: number): void {
  const flow = tape.flow
  let size = tape.flowSize
  const start = size
  let last = size === 0 ? BREAK : (flow[size - 1] ?? BREAK)
  const room = flow.length - 2
  for (let i = from; i < to && size < room; i++) {
    let c = text.charCodeAt(i)
    if (c === 38) {
      const decoded = reference(text, i)
      if (decoded >= 0) {
        i += taken - 1
        if (decoded > 0xffff) {
          flow[size++] = 0xd800 + ((decoded - 0x10000) >> 10)
          c = 0xdc00 + ((decoded - 0x10000) & 0x3ff)
        } else c = decoded
      }
    }
    if (c <= 32 || c === 0xa0 || c === 0x3000 || (c >= 0x2000 && c <= 0x200f) || c === 0xfeff) {
      if (last === 32 || last === BREAK || c === 0x200b || c === 0xfeff) continue
      c = 32
    } else if (c >= 0x660 && c > 0x6f9) {
      if (c >= 0xff10 && c <= 0xff19) c -= 0xfee0
    } else if (c >= 0x660) c = plainDigit(c)
    flow[size++] = c
    last = c
  }
  if (size === start) return
  tape.flowSize = size
  // A run of nothing but one space needs no owner.
  if (tape.runs === tape.runFrom.length) tape.growRuns()
  tape.runFrom[tape.runs] = start
  tape.runNode[tape.runs] = node
  tape.runs++
}

/** Arabic-Indic digits, eastern ones too, as the plain ones. */
function plainDigit(c: number): number {
  return c <= 0x669 ? c - 0x630 : c >= 0x6f0 ? c - 0x6c0 : c
}

function afterEquals(text: string, quote: number): boolean {
  let i = quote - 1
  while (i > 0 && text.charCodeAt(i) <= 32) i--
  return text.charCodeAt(i) === 61
}

function isHeading(tag: number): boolean {
  return tag >= T.h1 && tag <= T.h6
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (text.charCodeAt(i) > 32) return false
  return true
}

function isLetter(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90)
}

function isNameEnd(c: number): boolean {
  return c <= 32 || c === 62 || c === 47
}
