import type { Outcome } from '../domain/outcome.ts'
import { guardedAgent } from './agent.ts'
import type { Exit } from './exit.ts'
import { createJar } from './cookies.ts'
import { ACCEPT_ENCODING } from './decode.ts'
import { exchange } from './exchange.ts'
import type { Answer, Exchange } from './exchange.ts'
import { failureOf } from './failure.ts'
import { withPlainFallback } from './fallback.ts'
import { bareHost, createGuard } from './guard.ts'
import type { Guard } from './guard.ts'
import { lenientExchange } from './lenient.ts'
import type { Pacer, PacingPolicy } from './pacing.ts'
import { mostOnWire } from './metered.ts'
import { outcomeOfStatus, retryAfter } from './status.ts'
import type { FetchRequest, FetchResult, Fetcher, Redirect, Timeouts } from './types.ts'
import { userAgent as defaultUserAgent } from './user-agent.ts'

export const DEFAULT_TIMEOUTS: Timeouts = { connect: 10_000, headers: 30_000, body: 15_000, total: 45_000 }

export type FetcherOptions = {
  readonly guard?: Guard
  /** Opened ranges, where no guard is given. */
  readonly allowNets?: readonly string[]
  /** The whole User-Agent; by default ours with `contact`. */
  readonly userAgent?: string | undefined
  readonly contact?: string
  readonly maxBytes?: number
  readonly timeouts?: Partial<Timeouts>
  /** Certificates (PEM) trusted beside the public ones: a government's own authority. */
  readonly ca?: readonly string[]
  /** Connections at once to one origin; default 6. Politeness is the pacer's matter. */
  readonly connections?: number
  /** Milliseconds an unused connection is kept; default 4 s. */
  readonly idle?: number
  /** Without one nothing is paced. */
  readonly pacer?: Pacer
  readonly pacing?: PacingPolicy
  /** A proxy through which everything goes: another way out, to see what is seen from there. */
  readonly exit?: Exit
}

const EMPTY = new Uint8Array(0)
const MAX_BYTES = 5_000_000
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const NO_PACING: PacingPolicy = { pace: 0, atOnce: 2, organisationAtOnce: 8 }
const ACCEPT = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

/** The HTTP client everything goes through: guarded, paced, bounded. One a process; close it at the end. */
export function createFetcher(options: FetcherOptions = {}): Fetcher {
  const guard = options.guard ?? createGuard({ allowNets: options.allowNets ?? [] })
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts }
  const userAgent = options.userAgent ?? defaultUserAgent(options.contact)
  const { agent, addressOf } = guardedAgent(guard, {
    connectTimeout: timeouts.connect, connections: options.connections ?? 6, idle: options.idle ?? 4000, ca: options.ca ?? [], mostOnWire: mostOnWire(options.maxBytes ?? MAX_BYTES), ...(options.exit === undefined ? {} : { exit: options.exit }),
  })

  const headersFor = (r: FetchRequest, url: URL, cookie: string | null, method: string, sameOrigin: boolean): string[] => {
    const h = ['user-agent', userAgent, 'accept', r.accept ?? ACCEPT, 'accept-language', 'zh-CN,zh;q=0.9', 'accept-encoding', ACCEPT_ENCODING]
    if (cookie !== null) h.push('cookie', cookie)
    if (url.href === normal(r.validatedUrl ?? r.url)) {
      if (r.etag != null && r.etag !== '') h.push('if-none-match', r.etag)
      if (r.lastModified != null && r.lastModified !== '') h.push('if-modified-since', r.lastModified)
    }
    if (method === 'POST' && r.headers?.['content-type'] === undefined) h.push('content-type', 'application/x-www-form-urlencoded')
    for (const name in r.headers) {
      if (!sameOrigin && (name === 'authorization' || name === 'cookie')) continue
      const at = h.indexOf(name)
      if (at !== -1 && at % 2 === 0) h[at + 1] = r.headers[name] ?? ''
      else h.push(name, r.headers[name] ?? '')
    }
    return h
  }

  const follow = async (r: FetchRequest): Promise<FetchResult> => {
    const jar = r.jar ?? createJar()
    const redirects: Redirect[] = []
    const seen = new Set<string>()
    const policy = { ...NO_PACING, ...options.pacing, ...r.pacing }
    const pacer = policy.pace > 0 ? options.pacer : undefined
    const most = r.maxRedirects ?? 5
    let method = r.method ?? 'GET'
    let body = r.body ?? null
    let target = r.url
    let left = r.timeouts?.total ?? timeouts.total
    let ms = 0
    let waitedMs = 0
    let host: string | null = null
    let origin: string | null = null

    const done = (outcome: Outcome, answer: Answer | null, error?: string): FetchResult => ({
      outcome, status: answer?.status ?? null, url: target, redirects, headers: answer?.headers ?? {}, bytes: answer?.bytes ?? EMPTY,
      truncated: answer?.truncated ?? false, ms, waitedMs, remoteAddress: host === null ? null : addressOf(host),
      notModified: outcome === 'unchanged', ...(error === undefined ? {} : { error }),
    })

    for (;;) {
      let url: URL
      let slot: { release(): void; waitedMs: number } | null = null
      try {
        url = guard.checkUrl(target)
        url.hash = ''
        target = url.href
        host = url.hostname
        origin ??= url.origin
        const mark = `${method} ${target} ${jar.version}`
        if (seen.has(mark)) return done('redirect_loop', null, `comes back to ${target}`)
        seen.add(mark)
        if (pacer !== undefined) {
          const address = (await guard.resolve(host))[0] ?? ''
          slot = await pacer.acquire({ host: bareHost(host), address, organisation: r.organisation }, policy, r.signal)
          waitedMs += slot.waitedMs
        }
      } catch (error) {
        const failure = failureOf(error)
        return done(failure.outcome, null, failure.error)
      }
      let answer: Answer
      try {
        const x: Exchange = {
          origin: url.origin, path: url.pathname + url.search, method, body, signal: r.signal, left, prefix: r.prefix ?? false,
          headers: headersFor(r, url, jar.header(url.href), method, url.origin === origin), maxBytes: r.maxBytes ?? options.maxBytes ?? MAX_BYTES,
          headersTimeout: r.timeouts?.headers ?? timeouts.headers, bodyTimeout: r.timeouts?.body ?? timeouts.body,
        }
        answer = await exchange(agent, x)
        if (answer.malformed && method === 'GET' && options.exit === undefined) answer = await lenientExchange(guard, url, { ...x, left: Math.max(1, left - answer.ms) })
      } finally {
        slot?.release()
      }
      ms += answer.ms
      left -= answer.ms
      if (answer.setCookies.length > 0) jar.store(url.href, answer.setCookies)
      if (answer.status !== null && pacer !== undefined) {
        pacer.report(bareHost(host), { status: answer.status, retryAfterMs: retryAfter(answer.headers['retry-after'], Date.now()) })
      }

      const location = answer.headers['location']
      if (answer.status !== null && REDIRECTS.has(answer.status) && location !== undefined && most > 0) {
        redirects.push({ url: target, status: answer.status, location })
        if (redirects.length > most) return done('redirect_loop', answer, `more than ${most} redirects`)
        if (left <= 0) return done('timeout', null, 'redirects took longer than a page may')
        try {
          target = guard.checkUrl(escapeBytes(location), target).href
        } catch (error) {
          return { ...done('address_denied', answer, failureOf(error).error), url: target }
        }
        if (answer.status === 303 || (answer.status < 303 && method === 'POST')) {
          if (method !== 'HEAD') method = 'GET'
          body = null
        }
        continue
      }
      if (answer.failure !== null) return done(answer.failure.outcome, answer, answer.failure.error)
      // A 304 nobody asked for leaves nothing to read.
      if (answer.status === 304 && !conditional(r)) return done('unreadable', answer, '304 without a condition')
      return done(answer.status === null ? 'network' : outcomeOfStatus(answer.status, answer.headers), answer)
    }
  }

  /** A fault of ours is an outcome too: a visit goes on with its other pages. */
  const safe = async (r: FetchRequest): Promise<FetchResult> => {
    try {
      return await follow(r)
    } catch (error) {
      return {
        outcome: 'own_fault', status: null, url: r.url, redirects: [], headers: {}, bytes: EMPTY, truncated: false, ms: 0, waitedMs: 0, remoteAddress: null,
        notModified: false, error: failureOf(error).error,
      }
    }
  }
  return { fetch: withPlainFallback(safe, timeouts.total), userAgent, close: () => agent.destroy() }
}

function conditional(r: FetchRequest): boolean {
  return (r.etag ?? '') !== '' || (r.lastModified ?? '') !== ''
}

/** Raw bytes of a Location header (UTF-8 or GB18030, kept as Latin-1 by the parser) as percent-escapes, as browsers do. */
function escapeBytes(location: string): string {
  return location.trim().replace(/[\u0080-\u00ff]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

function normal(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null) return url
  parsed.hash = ''
  return parsed.href
}
