import type { ListItem, PageKind } from '../domain/page.ts'
import { look } from './look.ts'
import type { Look } from './look.ts'
import { sameDomain } from './same-site.ts'
import type { Session } from './session.ts'

/** Redirects by refresh or script that are followed. */
const DEPTH = 3
const MOST_FRAMES = 4

/** Where a page's own redirects and frames lead: the page that is read, with its frames. */
export type Arrival = {
  readonly page: Look
  readonly frames: readonly Look[]
  /** Hashes of all pages on the way. */
  readonly evidence: readonly (string | null)[]
  /** Where a redirect by page leads away from the site. */
  readonly away: string | null
  readonly items: readonly ListItem[]
  /** Nothing on the way has changed since the last visit. */
  readonly unchanged: boolean
  /** Milliseconds until the page had opened. */
  readonly ms: number
}

/** Fetches `url` and follows refreshes, redirects by script and frames within the registrable domain, at most three deep. */
export async function arrive(session: Session, url: string, kind: PageKind): Promise<Arrival> {
  const evidence: (string | null)[] = []
  const been = new Set([url])
  let ms = 0
  let at = url
  let unchanged = true
  let away: string | null = null
  for (let depth = 0; ; depth++) {
    const page = await look(session, at, kind)
    ms += page.loaded.ms
    evidence.push(page.loaded.sha256)
    unchanged &&= page.unchanged
    const done = (more: Partial<Arrival> = {}): Arrival => ({ page, frames: [], evidence, away, items: page.items, unchanged, ms, ...more })
    if (page.facts === null || (page.outcome !== 'ok' && page.outcome !== 'empty_shell')) return done()
    const onward = page.facts.followUps.find((f) => f.why === 'meta_refresh' || f.why === 'script_redirect')
    if (onward !== undefined && page.facts.dated === 0 && session.open) {
      if (!sameDomain(onward.url, page.loaded.finalUrl)) away = onward.url
      else if (depth >= DEPTH || been.has(onward.url)) return done({ page: { ...page, outcome: 'redirect_loop', detail: `redirected by page to ${onward.url}` } })
      else {
        been.add(onward.url)
        at = onward.url
        continue
      }
    }
    if (page.facts.dated > 0) return done()
    const frames = await framesOf(session, page, kind, been)
    if (frames.length === 0) return done()
    return done({
      frames,
      evidence: [...evidence, ...frames.map((f) => f.loaded.sha256)],
      items: [...page.items, ...frames.flatMap((f) => [...f.items])],
      unchanged: unchanged && frames.every((f) => f.unchanged),
    })
  }
}

async function framesOf(session: Session, page: Look, kind: PageKind, been: Set<string>): Promise<Look[]> {
  const out: Look[] = []
  for (const frame of page.facts?.followUps ?? []) {
    if (frame.why !== 'frame' || out.length >= MOST_FRAMES || !session.open) continue
    if (been.has(frame.url) || !sameDomain(frame.url, page.loaded.finalUrl)) continue
    been.add(frame.url)
    const inner = await look(session, frame.url, kind)
    if (inner.outcome === 'ok') out.push(inner)
  }
  return out
}
