import type { FetchRequest, FetchResult } from './types.ts'

type Fetch = (request: FetchRequest) => Promise<FetchResult>

/**
 * After TLS trouble the same address is tried once in plain http, for many sites answer only there. Only a page read
 * speaks then, with the trouble noted beside it; anything else (a 404 of another virtual host, for one) would say
 * nothing of the site, and leaves the TLS trouble as what was seen.
 */
export function withPlainFallback(fetch: Fetch, total: number): Fetch {
  return async (request) => {
    const first = await fetch(request)
    const wanted = (request.httpFallback ?? true) && (request.method ?? 'GET') !== 'POST'
    const plain = first.outcome === 'tls' && wanted ? plainOf(first.url) : null
    const left = (request.timeouts?.total ?? total) - first.ms
    if (plain === null || left <= 0 || first.redirects.some((r) => r.url === plain)) return first
    const again = await fetch({ ...request, url: plain, timeouts: { ...request.timeouts, total: left } })
    if (again.outcome !== 'ok' && again.outcome !== 'unchanged') return first
    return {
      ...again, redirects: [...first.redirects, ...again.redirects], ms: first.ms + again.ms, waitedMs: first.waitedMs + again.waitedMs, tlsTrouble: first.error ?? 'tls',
    }
  }
}

/** The http address of an https one on the usual port; null for any other, whose plain port nobody knows. */
function plainOf(address: string): string | null {
  const url = URL.parse(address)
  return url !== null && url.protocol === 'https:' && url.port === '' ? `http:${url.href.slice('https:'.length)}` : null
}
