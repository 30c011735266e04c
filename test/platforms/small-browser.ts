import type { BrowserPool, RenderResult } from '../../src/fetch/index.ts'
import { outcomeOfStatus } from '../../src/fetch/status.ts'

const FETCHES = /fetch\((["'])(.+?)\1(?:, (\{.*?\}))?\)[.;]/g

/** A browser as small as can be: the page, and the requests that its script names. Real Chromium is for fewer tests. */
export function smallBrowser(): BrowserPool {
  const get = async (url: string, init: RequestInit = {}) => {
    const reply = await fetch(url, init)
    return { status: reply.status, url: reply.url, headers: Object.fromEntries(reply.headers), contentType: reply.headers.get('content-type') ?? '', bytes: new Uint8Array(await reply.arrayBuffer()) }
  }
  return {
    render: async ({ url, capture = [] }): Promise<RenderResult> => {
      const page = await get(url)
      // A browser makes a document of nothing, too.
      const html = Buffer.from(page.bytes).toString('utf8') || '<html><head></head><body></body></html>'
      const captured: RenderResult['captured'][number][] = []
      for (const [, , address = '', init] of html.matchAll(FETCHES)) {
        const at = new URL(address, url)
        const answer = await get(at.href, init === undefined ? {} : (JSON.parse(init) as RequestInit))
        if (capture.some((p) => p.test(at.pathname + at.search))) captured.push({ url: at.href, status: answer.status, contentType: answer.contentType, bytes: answer.bytes })
      }
      return {
        outcome: outcomeOfStatus(page.status, page.headers), status: page.status, url: page.url, redirects: [], headers: page.headers, html, settled: true, frames: [], screenshot: null, thumbnail: null, element: null,
        captured, requests: 1 + captured.length, fetched: captured.length, failed: 0, denied: [], ms: 1, waitedMs: 0,
      }
    },
    stats: { pid: null, pages: 0, browsers: 0, waiting: 0 },
    close: async () => undefined,
  }
}
