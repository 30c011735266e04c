/**
 * A page as parallel arrays of numbers ("tape"): one entry an element, in document order, with offsets into the source
 * and into the flow (the text a reader sees, spaces collapsed). No object is made per element, so a tape costs no
 * garbage collection; it is filled anew for each page by `scan` and must not be kept beyond that reading.
 */
export class Tape {
  text = ''
  /** Number of elements. Element 0 is the document itself. */
  size = 0
  tag = new Uint8Array(4096)
  /** Source offset of the `<`. */
  open = new Int32Array(4096)
  /** Source offset after the start tag's `>`. */
  inner = new Int32Array(4096)
  /** Source offset of the end tag (or where it was implied). */
  shut = new Int32Array(4096)
  parent = new Int32Array(4096)
  /** Index of the first element that is not inside this one. */
  next = new Int32Array(4096)
  /** The element's text is flow[flowFrom, flowTo). */
  flowFrom = new Int32Array(4096)
  flowTo = new Int32Array(4096)

  /** Runs of text: run r starts at flow offset runFrom[r] and belongs to element runNode[r]. */
  runs = 0
  runFrom = new Int32Array(4096)
  runNode = new Int32Array(4096)

  /** UTF-16 units of the visible text. `BREAK` stands between blocks, `SEAM` between inline elements that touch. */
  flow = new Uint16Array(65_536)
  flowSize = 0
  private flowString: string | null = null

  /** Source ranges of comments that hold a list row or link, as pairs. */
  comments: number[] = []
  /** Elements beyond the cap were dropped. */
  cut = false

  reset(text: string): void {
    this.text = text
    this.size = 0
    this.runs = 0
    this.flowSize = 0
    this.flowString = null
    this.comments = []
    this.cut = false
    if (this.flow.length < text.length + 64) {
      this.flow = new Uint16Array(Math.min(MAX_TEXT, Math.max(text.length + 64, this.flow.length * 2)) + 64)
    }
  }

  grow(): void {
    const wider = (a: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const b = new Int32Array(a.length * 2)
      b.set(a)
      return b
    }
    const tag = new Uint8Array(this.tag.length * 2)
    tag.set(this.tag)
    this.tag = tag
    this.open = wider(this.open)
    this.inner = wider(this.inner)
    this.shut = wider(this.shut)
    this.parent = wider(this.parent)
    this.next = wider(this.next)
    this.flowFrom = wider(this.flowFrom)
    this.flowTo = wider(this.flowTo)
  }

  growRuns(): void {
    const from = new Int32Array(this.runFrom.length * 2)
    from.set(this.runFrom)
    this.runFrom = from
    const node = new Int32Array(this.runNode.length * 2)
    node.set(this.runNode)
    this.runNode = node
  }

  /** The whole flow as a string; made once, when first asked for. */
  seen(): string {
    this.flowString ??= Buffer.from(this.flow.buffer, this.flow.byteOffset, this.flowSize * 2).toString('utf16le')
    return this.flowString
  }

  /** Text of flow[from, to) on one line: seams dropped, breaks as spaces. */
  line(from: number, to: number): string {
    const s = this.seen().slice(from, to)
    return tidy(s)
  }

  /** Text of an element on one line, at most `max` characters. */
  textOf(node: number, max = 400): string {
    const from = this.flowFrom[node] ?? 0
    const to = this.flowTo[node] ?? 0
    return this.line(from, Math.min(to, from + max))
  }

  /** The element that the flow offset stands in. */
  nodeAt(offset: number): number {
    let low = 0
    let high = this.runs - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.runFrom[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return this.runs === 0 ? 0 : (this.runNode[low] ?? 0)
  }
}

export const BREAK = 10
/** A character of the private use area: no page means it. */
export const SEAM = 0xe000
/** Characters of a page that are read; the rest of a longer page is left. */
export const MAX_TEXT = 6_000_000
export const MAX_NODES = 250_000

/** Flow text on one line. */
export function tidy(s: string): string {
  let plain = true
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i)
    if (c === SEAM || c === BREAK) {
      plain = false
      break
    }
  }
  return plain ? s.trim() : s.replaceAll('\ue000', '').replaceAll('\n', ' ').trim()
}
