import robotsModule from 'robots-parser'
import type { Outcome } from '../domain/outcome.ts'
import type { Fetcher, FetchRequest, FetchResult } from './types.ts'
import { ROBOT } from './user-agent.ts'

export type RobotsAnswer = {
  readonly allowed: boolean
  /** Why not: `robots` when the file says so, else what kept the file from being read. */
  readonly outcome: Outcome
  /** Milliseconds the file asks for between two requests, at most 30 s; null when it asks for nothing. */
  readonly crawlDelay: number | null
  readonly sitemaps: readonly string[]
}

export type Robots = {
  check(url: string, request?: Pick<FetchRequest, 'signal' | 'organisation' | 'pacing' | 'jar'>): Promise<RobotsAnswer>
}

type Rules = { readonly answer: (url: string) => RobotsAnswer; readonly ttl: number }

type Parsed = { isAllowed(url: string, agent?: string): boolean | undefined; getCrawlDelay(agent?: string): number | undefined; getSitemaps(): string[] }

/** The package is CommonJS, and its own types call the function its `default`, which Node does not. */
const robotsParser = robotsModule as unknown as (url: string, text: string) => Parsed

const DAY = 86_400_000
/** RFC 9309 §2.5: at least 500 KiB are to be read. */
const LONGEST = 512_000
const ALLOWED: RobotsAnswer = { allowed: true, outcome: 'ok', crawlDelay: null, sitemaps: [] }

/**
 * robots.txt by RFC 9309, one reading per origin and day. No file (any 4xx), a page in its place, or redirects without
 * end: all is allowed. A server error: nothing is, for ten minutes. A host that cannot be reached gives its own
 * outcome, so that a dead host is not reported as a refusal.
 */
export function createRobots(options: { fetcher: Fetcher; now?: () => number; size?: number }): Robots {
  const { fetcher, now = Date.now, size = 5000 } = options
  const known = new Map<string, { until: number; rules: Promise<Rules> }>()

  return {
    async check(url, request = {}) {
      const parsed = URL.parse(url)
      if (parsed === null) return { ...ALLOWED, allowed: false, outcome: 'address_denied' }
      let held = known.get(parsed.origin)
      if (held === undefined || held.until <= now()) {
        const fresh = { until: Infinity, rules: read(fetcher, `${parsed.origin}/robots.txt`, request) }
        held = fresh
        known.delete(parsed.origin)
        known.set(parsed.origin, fresh)
        const oldest = known.size > size ? known.keys().next() : null
        if (oldest !== null && oldest.done !== true) known.delete(oldest.value)
        fresh.until = now() + (await fresh.rules).ttl
      }
      return (await held.rules).answer(parsed.href)
    },
  }
}

async function read(fetcher: Fetcher, url: string, request: Partial<FetchRequest>): Promise<Rules> {
  const result = await fetcher.fetch({ ...request, url, accept: 'text/plain,*/*;q=0.5', maxBytes: LONGEST, prefix: true, timeouts: { total: 20_000, headers: 15_000 } })
  return rulesOf(result, url)
}

/** What one answer for robots.txt means. */
export function rulesOf(result: FetchResult, url: string): Rules {
  const { outcome, status } = result
  const readable = outcome === 'ok' || (outcome === 'too_large' && status === 200 && result.bytes.length > 0)
  if (readable) return parse(Buffer.from(result.bytes).toString('utf8'), url)
  const unavailable = status !== null && status < 500 && outcome !== 'rate_limited' && outcome !== 'truncated' && outcome !== 'timeout'
  if (unavailable) return { answer: () => ALLOWED, ttl: DAY }
  return { answer: () => ({ ...ALLOWED, allowed: false, outcome }), ttl: 600_000 }
}

function parse(text: string, url: string): Rules {
  // A page in the file's place (soft 404, home page) is no robots.txt; nor is anything without a rule.
  if (/^\s*(?:\ufeff\s*)?</.test(text) || !/^\s*(?:dis)?allow\s*:|^\s*sitemap\s*:|^\s*crawl-delay\s*:/im.test(text)) return { answer: () => ALLOWED, ttl: DAY }
  const rules = robotsParser(url, text.replace(/^\ufeff/, ''))
  const delay = rules.getCrawlDelay(ROBOT)
  const common = {
    crawlDelay: delay === undefined || !(delay > 0) ? null : Math.min(delay * 1000, 30_000),
    sitemaps: rules.getSitemaps().slice(0, 50),
  }
  return {
    answer: (page) => (rules.isAllowed(page, ROBOT) === false ? { ...common, allowed: false, outcome: 'robots' } : { ...common, allowed: true, outcome: 'ok' }),
    ttl: DAY,
  }
}
