import type { PageKind } from '../domain/page.ts'
import { viewPage } from './page.ts'
import type { PageView } from './page.ts'
import type { Ask, ProbeColumn, ProbeContext, Trial } from './types.ts'

const MOST_BYTES = 3_000_000
/** Pages kept for the probes that follow. */
const MOST_KEPT = 120

export type SharedPages = { with(ask: Ask, signal: AbortSignal): Pick<Trial, 'open' | 'homePage' | 'column'> }

/** The pages of one run: each is asked for once, by the first probe that wants it, and counted there. */
export function openPages(context: ProbeContext): SharedPages {
  const kept = new Map<string, PageView>()
  const { now, home } = context
  const homePage = viewPage({ url: home.url, finalUrl: home.url, status: 200, outcome: 'ok', bytes: home.bytes, headers: {}, facts: home.facts, sha256: keep(context, home.bytes, home.url, home.url, 200, {}) }, now, 'home')
  kept.set(home.url, homePage)

  const opener = (ask: Ask, signal: AbortSignal) => async (url: string, kind?: PageKind): Promise<PageView> => {
    const before = kept.get(url)
    if (before !== undefined) return before
    const reply = await ask.fetch({ url, maxBytes: MOST_BYTES, signal })
    const sha256 = reply.bytes.length === 0 ? null : keep(context, reply.bytes, url, reply.url, reply.status, reply.headers)
    const page = viewPage({ url, finalUrl: reply.url, status: reply.status, outcome: reply.outcome, bytes: reply.bytes, headers: reply.headers, sha256 }, now, kind)
    // Only what the site itself answered is worth keeping: a refusal of ours may not hold for the next probe.
    if ((reply.outcome === 'ok' || reply.outcome === 'not_found') && kept.size < MOST_KEPT) kept.set(url, page)
    return page
  }
  return {
    with(ask, signal) {
      const open = opener(ask, signal)
      const column = async (c: ProbeColumn): Promise<PageView> => {
        const before = kept.get(c.url)
        if (before !== undefined) return before
        if (c.bytes === undefined) return open(c.url, 'listing')
        const page = viewPage({ url: c.url, finalUrl: c.url, status: 200, outcome: 'ok', bytes: c.bytes, headers: {}, sha256: keep(context, c.bytes, c.url, c.url, 200, {}), ...(c.facts === undefined ? {} : { facts: c.facts }) }, now, 'listing')
        kept.set(c.url, page)
        return page
      }
      return { open, homePage, column }
    },
  }
}

function keep(context: ProbeContext, bytes: Uint8Array, url: string, finalUrl: string, status: number | null, headers: Readonly<Record<string, string>>): string | null {
  return context.keep(bytes, { url, finalUrl, status, headers, kind: 'page' })
}
