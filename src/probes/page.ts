import { load } from 'cheerio'
import type { CheerioAPI } from 'cheerio'
import type { Outcome } from '../domain/outcome.ts'
import type { PageFacts, PageSource, PageVerdict } from '../domain/page.ts'
import { decode, readPage } from '../read/index.ts'
import { linesOf } from './text.ts'

/** Characters of a document that probes look at: a longer one is not a page for people. */
const MOST = 1_500_000

/** A page as a probe sees it. Everything is worked out once, when asked for. */
export type PageView = {
  readonly url: string
  readonly finalUrl: string
  readonly status: number | null
  /** Of fetching and reading: a wall that came with status 200 is named here too. */
  readonly outcome: Outcome
  readonly bytes: Uint8Array
  readonly headers: Readonly<Record<string, string>>
  readonly facts: PageFacts
  readonly dom: CheerioAPI
  /** What is seen, line by line, without empty ones. */
  readonly lines: readonly string[]
  /** Its SHA-256 among the evidence. */
  readonly sha256: string | null
}

export type PageReceived = {
  readonly url: string
  readonly finalUrl: string
  readonly status: number | null
  readonly outcome: Outcome
  readonly bytes: Uint8Array
  readonly headers: Readonly<Record<string, string>>
  readonly sha256: string | null
  readonly facts?: PageFacts
}

/** Trees kept at once, over all runs of the process: one takes megabytes, and is built again where it is asked for again. */
const MOST_TREES = 48
const trees: (() => void)[] = []

function held(drop: () => void): void {
  trees.push(drop)
  if (trees.length > MOST_TREES) trees.shift()?.()
}

export function viewPage(received: PageReceived, now: Date, kind?: PageSource['kind']): PageView {
  let facts: PageFacts | null = received.facts ?? null
  let dom: CheerioAPI | null = null
  let lines: readonly string[] | null = null
  let whole: boolean | null = null
  const html = (): string => decode(received.bytes, { contentType: received.headers['content-type'] ?? null }).text.slice(0, MOST)
  const view: PageView = {
    ...received,
    get facts() {
      facts ??= readPage(received.bytes, {
        url: received.finalUrl, now, headers: received.headers, contentType: received.headers['content-type'] ?? null,
        ...(received.status === null ? {} : { status: received.status }), ...(kind === undefined ? {} : { kind }),
      })
      return facts
    },
    get dom() {
      if (dom === null) {
        const text = html()
        dom = load(nestsDeeply(text) ? '' : cut(text))
        held(() => { dom = null })
      }
      return dom
    },
    get lines() {
      lines ??= linesOf(view.dom)
      return lines
    },
    get outcome() {
      if (received.outcome !== 'ok') return received.outcome
      if (received.bytes.length === 0) return 'empty_shell'
      // What was read of it only in part proves nothing by what it lacks.
      whole ??= received.bytes.length < 100_000 || isWhole(html())
      return whole ? wallOf(view.facts.verdict) : 'unreadable'
    },
  }
  return view
}

/** Elements that are always closed; the tree builder takes quadratic time, and recursion its stack, on very deep nests. */
const NESTING = /<(\/?)(?:div|span|table|ul|ol|dl|font|b|i|em|strong|center|section|blockquote|form|a|big|small)\b/gi
const DEEPEST = 1500

/** Selecting takes quadratic time among very many siblings: what comes after so many tags is left out. */
const MOST_TAGS = 30_000

function isWhole(html: string): boolean {
  return html.length < MOST && !nestsDeeply(html) && cut(html) === html
}

function cut(html: string): string {
  let at = -1
  for (let n = 0; n < MOST_TAGS; n++) {
    at = html.indexOf('<', at + 1)
    if (at < 0) return html
  }
  return html.slice(0, at)
}

function nestsDeeply(html: string): boolean {
  let depth = 0
  for (const m of html.matchAll(NESTING)) {
    depth = m[1] === '/' ? Math.max(0, depth - 1) : depth + 1
    if (depth > DEEPEST) return true
  }
  return false
}

/** What the reading of a page that came with a good status makes of its outcome. */
export function wallOf(verdict: PageVerdict | null): Outcome {
  switch (verdict?.verdict) {
    case undefined: return 'ok'
    case 'challenge': return 'challenge'
    case 'login_wall': return 'login_wall'
    case 'rate_limited': return 'rate_limited'
    case 'icp_block': return 'forbidden'
    case 'empty_shell': return 'empty_shell'
    case 'soft_404': return 'not_found'
    default: return 'ok'
  }
}

/** Was the page there and read, whole and without a wall? */
export function isRead(page: PageView): boolean {
  return page.outcome === 'ok'
}


/** Could a script have drawn what the bytes do not show? Needs one that fetches or writes, not merely one that switches tabs. */
export function drawnByScript(page: PageView): boolean {
  if (!page.facts.needsBrowser) return false
  const { dom } = page
  return dom('script[src]').length > 0 || dom('script').toArray().some((s) => /ajax|fetch\s*\(|XMLHttp|getJSON|axios|\$\.(?:get|post)|innerHTML|document\.write|append(?:Child)?\s*\(|template|vue|react/i.test(dom(s).text().slice(0, 200_000)))
}
