import { hash } from 'node:crypto'
import { createJar, pictureType } from '../fetch/index.ts'
import type { FetchResult, RenderResult } from '../fetch/index.ts'
import type { Request as ChannelRequest } from '../channels/index.ts'
import type { Outcome } from '../domain/outcome.ts'
import { holds } from './kept.ts'
import type { EvidenceRow, PageRow, Remembered, Terms, Tools } from './types.ts'

/** Pages one visit reads at most, and renders. */
export const MOST_PAGES = 90
export const MOST_RENDERS = 12
/** Failures of the network in a row after which a host is left alone for the rest of the visit. */
const ENOUGH = 2
const SILENT: ReadonlySet<Outcome> = new Set(['dns', 'refused', 'timeout', 'network', 'tls', 'rate_limited'])
const HEADERS_KEPT = ['content-type', 'content-length', 'date', 'server', 'last-modified', 'etag', 'location', 'content-encoding', 'via', 'x-powered-by', 'x-cache']

/** A page as fetched. `bytes` is null where it is unchanged or was not received. */
export type Loaded = {
  readonly url: string
  readonly finalUrl: string
  readonly status: number | null
  readonly outcome: Outcome
  readonly detail: string | null
  readonly bytes: Uint8Array | null
  readonly sha256: string | null
  readonly headers: Readonly<Record<string, string>>
  /** The bytes are those of the last visit, and what was kept of them still holds. */
  readonly same: Remembered | null
  readonly ms: number
  readonly tlsTrouble: boolean
  /** Its row, to be written with this visit; null where there is nothing new. */
  readonly row: PageRow | null
}

export type Session = {
  readonly terms: Terms
  readonly tools: Tools
  readonly counts: { pages: number; requests: number; bytes: number; renders: number }
  readonly pages: PageRow[]
  readonly evidence: EvidenceRow[]
  /** Why evidence could not be kept, and which. */
  evidenceTrouble: string | null
  readonly lost: Set<string>
  remembered(url: string): Remembered | null
  /** Never rejects but when the visit is aborted. */
  load(url: string, post?: string): Promise<Loaded>
  /** A page as its scripts leave it. `evidence`: hashes of the document and of its picture. */
  render(url: string, capture?: readonly RegExp[]): Promise<(RenderResult & { readonly evidence: readonly string[] }) | null>
  /** One request of a channel's chain, as it is: redirects are given back, nothing is remembered. `free`: robots.txt does not bind it. `hide`: takes the visit’s secrets out of a text. */
  ask(request: ChannelRequest, free: boolean, hide?: (text: string) => string): Promise<FetchResult>
  /** May another page be opened in this visit? */
  readonly open: boolean
}

/**
 * The pages of one visit: counted, bounded, fetched under the visit's terms, remembered and kept as evidence.
 * `deadline` is a moment of performance.now() after which nothing new is opened.
 */
export function openSession(tools: Tools, terms: Terms, known: ReadonlyMap<string, Remembered>, deadline: number): Session {
  const { config, fetcher, robots } = tools
  const jar = createJar()
  const counts = { pages: 0, requests: 0, bytes: 0, renders: 0 }
  const silences = new Map<string, { n: number; outcome: Outcome }>()
  const common = {
    jar, pacing: terms.pacing, maxBytes: config.maxBytes, signal: terms.signal,
    timeouts: { total: config.pageTimeout, headers: config.pageTimeout },
    ...(terms.organisation === undefined ? {} : { organisation: terms.organisation }),
  }

  const refusal = async (url: string): Promise<{ outcome: Outcome; delay: number | null } | null> => {
    if (terms.ignoreRobots) return null
    const answer = await robots.check(url, common)
    if (answer.allowed) return answer.crawlDelay === null ? null : { outcome: 'ok', delay: answer.crawlDelay }
    return { outcome: answer.outcome, delay: null }
  }

  const session: Session = {
    terms, tools, counts,
    pages: [],
    evidence: [],
    evidenceTrouble: null,
    lost: new Set(),
    remembered: (url) => known.get(url) ?? null,
    get open() {
      return counts.pages < MOST_PAGES && performance.now() < deadline && !terms.signal.aborted
    },

    async load(url, post) {
      const key = post === undefined ? url : `${url}#${post}`
      const host = hostOf(url)
      const none = (outcome: Outcome, detail: string): Loaded => ({
        url, finalUrl: url, status: null, outcome, detail, bytes: null, sha256: null, headers: {}, same: null, ms: 0, tlsTrouble: false, row: null,
      })
      const silent = silences.get(host)
      if (silent !== undefined && silent.n >= ENOUGH) return none(silent.outcome, 'left alone: the host failed to answer twice in a row in this visit')
      const barred = await refusal(url)
      terms.signal.throwIfAborted()
      if (barred !== null && barred.outcome !== 'ok') {
        const said = barred.outcome === 'robots' ? 'robots.txt disallows it' : `robots.txt could not be had: ${barred.outcome}`
        return none(barred.outcome, said)
      }
      const before = known.get(key) ?? null
      // Where there are recipes, a list that gave no dates is read again though its bytes are the same: a recipe may be new.
      const unread = tools.recipes.length > 0 && before?.facts?.dated === 0
      const usable = before !== null && before.sha256 !== null && !unread && holds(before.facts, terms.now) ? before : null
      const result = await fetcher.fetch({
        ...common, url,
        ...(barred?.delay == null || config.pace === 0 ? {} : { pacing: { ...terms.pacing, pace: Math.max(barred.delay, terms.pacing.pace ?? config.pace) } }),
        ...(post === undefined ? {} : { method: 'POST' as const, body: post }),
        ...(usable === null || post !== undefined ? {} : { etag: usable.etag, lastModified: usable.lastModified, validatedUrl: usable.finalUrl }),
      })
      terms.signal.throwIfAborted()
      counts.requests += 1 + result.redirects.length
      counts.bytes += result.bytes.length
      if (SILENT.has(result.outcome)) silences.set(host, { n: (silent?.n ?? 0) + 1, outcome: result.outcome })
      else if (silent !== undefined) silences.delete(host)
      return taken(result, key, url, before, usable)
    },

    async ask(request, free, hide) {
      const barred = free ? null : await refusal(request.url)
      terms.signal.throwIfAborted()
      if (barred !== null && barred.outcome !== 'ok') return refused(request.url, barred.outcome)
      const result = await fetcher.fetch({
        ...common, url: request.url, method: request.method ?? 'GET', maxRedirects: 0, httpFallback: false,
        ...(request.cookies === false ? { jar: createJar() } : {}),
        ...(request.headers === undefined ? {} : { headers: request.headers }),
        ...(request.body === undefined ? {} : { body: request.body }),
      })
      terms.signal.throwIfAborted()
      counts.requests += 1
      counts.bytes += result.bytes.length
      if (result.outcome === 'ok') counts.pages += 1
      if (result.status !== null && result.bytes.length > 0 && !result.truncated) {
        const sha256 = hash('sha256', result.bytes, 'hex')
        if (request.secret !== true) keepEvidence(sha256, result.bytes, { url: request.url, finalUrl: result.url, status: result.status, headers: result.headers })
        else if (request.shownAs !== undefined && holdsNone(result.bytes, request.url, request.shownAs, hide)) {
          const { 'content-type': type = '', date = '' } = result.headers
          keepEvidence(sha256, result.bytes, { url: request.shownAs, finalUrl: request.shownAs, status: result.status, headers: { 'content-type': type, date } })
        }
      }
      return result
    },

    async render(url, capture) {
      if (tools.browser === null || counts.renders >= MOST_RENDERS || !session.open) return null
      counts.renders += 1
      const shown = await tools.browser.render({
        url, timeout: config.pageTimeout, maxLength: config.maxBytes, signal: terms.signal, pacing: terms.pacing, screenshot: true,
        ...(capture === undefined ? {} : { capture }),
        ...(terms.organisation === undefined ? {} : { organisation: terms.organisation }),
      })
      terms.signal.throwIfAborted()
      // A list still on its way may hold what is newer than all that is seen: such a page is no sight of a column.
      const result = shown.outcome === 'ok' && !shown.settled ? { ...shown, outcome: 'timeout' as const, error: 'what its scripts fetch was still on its way' } : shown
      counts.requests += Math.max(1, result.requests)
      // A page that says with its 404 that an account is gone is what that rests on.
      if (result.outcome !== 'ok' && (result.status === null || result.html === '')) return { ...result, evidence: [] }
      const bytes = Buffer.from(result.html)
      if (result.outcome === 'ok') counts.pages += 1
      counts.bytes += bytes.length
      const about = { url, finalUrl: result.url, status: result.status }
      const kept = [keepEvidence(hash('sha256', bytes, 'hex'), bytes, { ...about, headers: { ...result.headers, 'x-huoshui-rendered': '1' } })]
      if (result.screenshot !== null) kept.push(keepPicture('screenshot', result.screenshot, pictureType(result.screenshot), about))
      if (result.thumbnail !== null) keepPicture('thumbnail', result.thumbnail, 'image/jpeg', about)
      return { ...result, evidence: kept }
    },
  }

  const taken = (result: FetchResult, key: string, url: string, before: Remembered | null, usable: Remembered | null): Loaded => {
    const base = {
      url, finalUrl: result.url, status: result.status, outcome: result.outcome, detail: result.error ?? null, headers: result.headers,
      ms: result.ms, tlsTrouble: result.tlsTrouble !== undefined,
    }
    if (result.outcome === 'unchanged' && usable !== null) {
      counts.pages += 1
      return { ...base, finalUrl: usable.finalUrl ?? result.url, outcome: 'ok', status: usable.status, bytes: null, sha256: usable.sha256, same: usable, row: null }
    }
    if (result.bytes.length === 0) {
      if (result.outcome === 'ok') counts.pages += 1
      return { ...base, bytes: null, sha256: null, same: null, row: null, ...(result.outcome === 'ok' ? { outcome: 'empty_shell' as const, detail: 'an empty body' } : {}) }
    }
    const sha256 = hash('sha256', result.bytes, 'hex')
    if (result.outcome === 'ok') counts.pages += 1
    if (usable !== null && usable.sha256 === sha256 && result.outcome === 'ok') return { ...base, bytes: null, sha256, same: usable, row: null }
    keepEvidence(sha256, result.bytes, { url, finalUrl: result.url, status: result.status, headers: result.headers })
    if (result.outcome !== 'ok') return { ...base, bytes: result.bytes, sha256, same: null, row: null }
    const row: PageRow = {
      url: key, etag: result.headers['etag'] ?? null, lastModified: result.headers['last-modified'] ?? null, sha256, finalUrl: result.url,
      status: result.status, needsBrowser: before?.needsBrowser ?? false, facts: null,
    }
    // What is not kept must not be found unchanged next time: nothing could be shown for it.
    if (!session.lost.has(sha256)) {
      const again = session.pages.findIndex((p) => p.url === key)
      if (again === -1) session.pages.push(row)
      else session.pages[again] = row
    }
    return { ...base, bytes: result.bytes, sha256, same: null, row }
  }

  const keepPicture = (kind: 'screenshot' | 'thumbnail', bytes: Uint8Array, type: string, about: Pick<EvidenceRow, 'url' | 'finalUrl' | 'status'>): string =>
    keepEvidence(hash('sha256', bytes, 'hex'), bytes, { ...about, headers: { 'content-type': type } }, kind)

  /** Gives the hash back; bytes that could not be kept are named in `lost`. */
  const keepEvidence = (sha256: string, bytes: Uint8Array, about: Pick<EvidenceRow, 'url' | 'finalUrl' | 'status' | 'headers'>, kind: EvidenceRow['kind'] = 'page'): string => {
    try {
      tools.evidence.put(sha256, bytes)
    } catch (error) {
      session.evidenceTrouble ??= error instanceof Error ? error.message : String(error)
      session.lost.add(sha256)
      return sha256
    }
    const headers: Record<string, string> = {}
    for (const name of HEADERS_KEPT) {
      const value = about.headers[name]
      if (value !== undefined) headers[name] = value.slice(0, 500)
    }
    // A page rendered may have the very bytes it had plain.
    if (session.evidence.some((e) => e.sha256 === sha256 && e.url === about.url)) return sha256
    session.evidence.push({ ...about, sha256, kind, contentType: about.headers['content-type']?.slice(0, 200) ?? null, size: bytes.length, headers })
    return sha256
  }
  return session
}

function hostOf(url: string): string {
  const from = url.indexOf('://') + 3
  const to = url.indexOf('/', from)
  return url.slice(from, to === -1 ? url.length : to)
}

function refused(url: string, outcome: Outcome): FetchResult {
  return {
    outcome, status: null, url, redirects: [], headers: {}, bytes: new Uint8Array(0), truncated: false, ms: 0, waitedMs: 0, remoteAddress: null, notModified: false,
    error: outcome === 'robots' ? 'robots.txt disallows it' : `robots.txt could not be had: ${outcome}`,
  }
}

/** An answer that repeats a secret (a feed that names its own address, say) is itself one. Without means to tell, it counts as one. */
function holdsNone(bytes: Uint8Array, asked: string, shown: string, hide: ((text: string) => string) | undefined): boolean {
  const text = Buffer.from(bytes).toString('latin1')
  const codes = (URL.parse(asked)?.search ?? '').slice(1).split('&').filter((pair) => pair !== '' && !shown.includes(pair))
  return hide !== undefined && hide(text) === text && !codes.some((pair) => text.includes(pair))
}

/** The hashes among `of` that were kept: what could not be written backs nothing. */
export function backed(session: Session, of: readonly (string | null)[]): string[] {
  return [...new Set(of)].filter((s): s is string => s !== null && !session.lost.has(s))
}
