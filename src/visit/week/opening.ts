import type { Outcome } from '../../domain/outcome.ts'
import type { Fetcher, FetchResult } from '../../fetch/index.ts'
import { readPage } from '../../read/index.ts'
import { opened } from '../../standard/availability.ts'
import { BY_VERDICT } from '../look.ts'

/** 检查指标 W2: a page not open within 15 s, inclusive, has failed. */
export const LIMIT_MS = 15_000
/** A little longer, so that a timer that rings early does not take a failure for a time-out of our own. */
export const LOOK_MS = LIMIT_MS + 500
/** A page so large has opened, whatever follows. */
export const MOST_BYTES = 1_000_000
/** Walls, parked and default pages are short; what is longer is a page of the site's own, and is not read. */
const SHORT = 40_000
/** What a page itself may say against having opened; everything else that came with a 200 is an open page. */
const SAID: ReadonlySet<Outcome> = new Set<Outcome>(['challenge', 'login_wall', 'rate_limited', 'forbidden', 'parked', 'default_page', 'closed_notice'])
const WALLS: ReadonlySet<Outcome> = new Set<Outcome>(['challenge', 'login_wall', 'rate_limited', 'forbidden'])

export type Opening = {
  readonly outcome: Outcome
  readonly ms: number
  readonly status: number | null
  readonly detail: string | null
  /** null: says nothing of whether the site opens. */
  readonly open: boolean | null
}

/** One look at a home page: does it open within the limit? Never rejects. */
export async function openHome(fetcher: Fetcher, url: string, options: { now: Date; signal: AbortSignal; organisation?: number }): Promise<Opening> {
  const result = await fetcher.fetch({
    url, maxBytes: MOST_BYTES, prefix: true, timeouts: { total: LOOK_MS, headers: LOOK_MS, body: LOOK_MS }, signal: options.signal,
    ...(options.organisation === undefined ? {} : { organisation: options.organisation }),
  })
  const outcome = outcomeOf(result, options.now)
  const ms = Math.round(result.ms)
  // Ended by our own stopping, it says nothing.
  const open = options.signal.aborted ? null : opened({ at: options.now, outcome, ms }, LIMIT_MS)
  return { outcome, ms, status: result.status, detail: result.error?.slice(0, 300) ?? (result.status === null ? null : `HTTP ${result.status}`), open }
}

function outcomeOf(result: FetchResult, now: Date): Outcome {
  const { outcome, status } = result
  if (outcome === 'too_large' && status !== null && status < 300) return 'ok'
  if (status === null || result.bytes.length === 0 || result.bytes.length > SHORT || outcome === 'timeout' || outcome === 'truncated') return outcome
  const { verdict } = readPage(result.bytes, { url: result.url, status, contentType: result.headers['content-type'] ?? null, headers: result.headers, now, kind: 'home' })
  const said = verdict === null ? null : BY_VERDICT[verdict.verdict]
  if (said === null) return outcome
  if (outcome === 'ok') return SAID.has(said) && result.tlsTrouble === undefined ? said : 'ok'
  // Under an error's status a wall's page corrects it towards “says nothing”, never the other way.
  return WALLS.has(said) ? said : outcome
}
