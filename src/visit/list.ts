import type { Day } from '../domain/date.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { FollowUp, ListItem } from '../domain/page.ts'
import type { Witness } from '../domain/witness.ts'
import { readFollowUp, readPage } from '../read/index.ts'
import { arrive } from './arrive.ts'
import type { Arrival } from './arrive.ts'
import { fromArticles } from './articles.ts'
import type { Settled } from './kept.ts'
import { look } from './look.ts'
import { sameDomain } from './same-site.ts'
import type { Session } from './session.ts'

export type ListSight = {
  readonly outcome: Outcome
  readonly detail: string | null
  readonly status: number | null
  readonly settled: Settled | null
  readonly items: readonly ListItem[]
}

/** Requests for a list's rows beside its page. */
const MOST_ENDPOINTS = 4
const ENDPOINTS: ReadonlySet<FollowUp['why']> = new Set(['jpage', 'buildstatic', 'json_list', 'search_list'])

/**
 * One list page to its newest publication. Rows that print their dates speak first; then what the page draws its rows from
 * (platforms: jpage, buildstatic, JSON); then up to three articles, where rows print no dates; then a rendering.
 * `standing`: the page states something and need not be a list.
 */
export async function readList(session: Session, url: string, standing: boolean): Promise<ListSight> {
  const arrival = await arrive(session, url, 'listing')
  const { page } = arrival
  const status = page.loaded.status
  if (page.facts === null || (page.outcome !== 'ok' && page.outcome !== 'empty_shell')) {
    return { outcome: page.outcome === 'moved' ? 'unreadable' : page.outcome, detail: page.detail, status, settled: null, items: [] }
  }
  if (arrival.unchanged && page.facts.settled !== undefined) {
    return { outcome: page.facts.settled.list === 'empty' ? 'ok_empty' : 'unchanged', detail: null, status, settled: page.facts.settled, items: [] }
  }
  const found = await settle(session, url, arrival, standing)
  // What came from other addresses may change while this page's bytes do not; articles do not change.
  if (found.fromArticles && found.settled !== null && page.loaded.row !== null) page.loaded.row.facts = JSON.stringify({ ...page.facts, settled: found.settled })
  return { status, ...found, outcome: found.outcome === 'ok' && found.own && arrival.unchanged ? 'unchanged' : found.outcome }
}

/** `own`: it follows from the page's own bytes alone. */
type Found = Omit<ListSight, 'status'> & { readonly own: boolean; readonly fromArticles?: boolean }

async function settle(session: Session, url: string, arrival: Arrival, standing: boolean): Promise<Found> {
  const { page } = arrival
  const facts = page.facts
  if (facts === null) return unreadable('nothing was read')
  const pages = [facts, ...arrival.frames.flatMap((f) => (f.facts === null ? [] : [f.facts]))]
  const best = pages.reduce((a, b) => ((b.newest ?? '') > (a.newest ?? '') ? b : a))
  const printed = pages.some((p) => p.dated > 0)
  const endpoints = facts.followUps.filter((f) => ENDPOINTS.has(f.why)).slice(0, MOST_ENDPOINTS)
  const drawn = endpoints.some((f) => f.why === 'jpage' || f.why === 'buildstatic') && !facts.embedded
  const own = { newest: best.newest, witness: best.witness, title: best.newestTitle, link: best.newestUrl, evidence: arrival.evidence.filter((s) => s !== null) }

  if (printed && !drawn) {
    const beyond = facts.pinned >= facts.dated && facts.pinned > 0 ? await beyondPinned(session, facts.followUps) : null
    const newer = beyond !== null && (beyond.newest ?? '') > (own.newest ?? '') ? beyond : own
    return { ...listed(newer, arrival.items), own: beyond === null }
  }
  const lesson = session.remembered(url)?.needsBrowser === true
  if (!lesson) {
    const fetched = await fromEndpoints(session, endpoints, page.loaded.finalUrl)
    // Rendering the page would fetch what robots.txt keeps us from.
    if (fetched === 'robots' && !printed) return { ...unreadable('its rows come from an address that robots.txt disallows'), outcome: 'robots' }
    if (fetched !== null && fetched !== 'robots') {
      const newer = (own.newest ?? '') > (fetched.newest ?? '') && printed ? own : fetched
      return { ...listed({ ...newer, evidence: [...own.evidence, ...fetched.evidence] }, [...arrival.items, ...fetched.items]), own: false }
    }
    if (printed) return { ...listed(own, arrival.items), own: false }
    const undated = pages.flatMap((p) => p.undated)
    // An entrance to a service, not a list of publications, when its class says so.
    if (undated.length > 0 && !standing) {
      const articles = await fromArticles(session, undated, page.loaded.finalUrl)
      if (articles !== null) return { ...listed({ ...articles, evidence: [...own.evidence, ...articles.evidence] }, articles.items), own: false, fromArticles: true }
      // Days in addresses are all there is.
      if (own.newest !== null) return { ...listed(own, arrival.items), own: false }
    }
  }
  const scripted = facts.needsBrowser || endpoints.length > 0 || lesson
  const empty = facts.list === 'empty'
  if (scripted && (!standing || empty)) {
    const rendered = await fromRender(session, url, page.loaded.row)
    if (rendered !== null && 'blank' in rendered) return empty && rendered.blank ? { ...bare('empty', [...own.evidence, ...rendered.evidence]), outcome: 'ok_empty', own: false } : unreadable(empty ? 'it says that it has no rows, and its scripts asked for some or were not all there' : 'its rows are built by script, and rendering gave none')
    if (rendered !== null) return { ...listed({ ...rendered, evidence: [...own.evidence, ...rendered.evidence] }, rendered.items), own: false }
    return unreadable(session.tools.browser === null ? 'its rows are built by script, and no browser is configured' : 'its rows are built by script, and rendering gave none')
  }
  if (empty && !facts.followUps.some((f) => f.why === 'frame')) return { ...bare('empty', own.evidence), outcome: 'ok_empty' }
  if (standing || facts.list === 'none') return bare('none', own.evidence)
  return page.outcome === 'empty_shell' ? { ...unreadable(page.detail ?? ''), outcome: 'empty_shell' } : unreadable('no row could be read')
}

type Newest = { readonly newest: Day | null; readonly witness: Witness | null; readonly title: string | null; readonly link: string | null; readonly evidence: readonly string[] }

function listed(of: Newest, items: readonly ListItem[]): Omit<Found, 'own'> {
  const { newest, witness, title, link, evidence } = of
  return { outcome: 'ok', detail: null, settled: { list: 'listed', newest, witness, title, link, evidence }, items }
}

function bare(list: 'empty' | 'none', evidence: readonly string[]): Found {
  return { outcome: 'ok', detail: null, settled: { list, newest: null, witness: null, title: null, link: null, evidence }, items: [], own: true }
}

function unreadable(detail: string): Found {
  return { outcome: 'unreadable', detail, settled: null, items: [], own: false }
}

/** Rows that a page draws from other addresses of its site; null where none of them gave a dated row, `robots` where we may not ask. */
async function fromEndpoints(session: Session, endpoints: readonly FollowUp[], pageUrl: string): Promise<(Newest & { items: readonly ListItem[] }) | 'robots' | null> {
  let barred = false
  for (const endpoint of endpoints) {
    if (!session.open || !sameDomain(endpoint.url, pageUrl)) continue
    const loaded = await session.load(endpoint.url, endpoint.method === 'POST' ? (endpoint.body ?? '') : undefined)
    barred ||= loaded.outcome === 'robots'
    // An unchanged answer is read again all the same: its rows are few, and nothing is kept of them but its bytes.
    const bytes = loaded.bytes ?? (loaded.sha256 === null ? null : await session.tools.evidence.get(loaded.sha256).catch(() => null))
    if (loaded.outcome !== 'ok' || bytes === null) continue
    const { items } = readFollowUp(bytes, { url: loaded.finalUrl, contentType: loaded.headers['content-type'] ?? null, now: session.terms.now }, endpoint)
    const newest = newestOf(items)
    if (newest !== null) return { ...newest, evidence: loaded.sha256 === null ? [] : [loaded.sha256], items }
  }
  return barred ? 'robots' : null
}

/** The rows behind a first page that shows only what is pinned to it. */
async function beyondPinned(session: Session, followUps: readonly FollowUp[]): Promise<Newest | null> {
  const next = followUps.find((f) => f.why === 'next_page')
  if (next === undefined || !session.open) return null
  const { facts, loaded, outcome } = await look(session, next.url, 'listing')
  if (outcome !== 'ok' || facts === null || facts.newest === null) return null
  return { newest: facts.newest, witness: facts.witness, title: facts.newestTitle, link: facts.newestUrl, evidence: loaded.sha256 === null ? [] : [loaded.sha256] }
}

/** A page rendered that shows no dated row. `blank`: it says so itself, and nothing that could have brought rows was asked for or failed. */
type Blank = { readonly blank: boolean; readonly evidence: readonly string[] }

/** The page as its scripts leave it. That a page needs this is learned only here, from rows that were seen. Null where it could not be rendered. */
async function fromRender(session: Session, url: string, row: { needsBrowser: boolean } | null): Promise<(Newest & { items: readonly ListItem[] }) | Blank | null> {
  const rendered = await session.render(url)
  if (rendered === null || rendered.outcome !== 'ok') return null
  const sources = [{ url: rendered.url, html: rendered.html }, ...rendered.frames]
  let blank = rendered.fetched === 0 && rendered.failed === 0
  for (const source of sources) {
    const facts = readPage(Buffer.from(source.html), { url: source.url, charset: 'utf-8', now: session.terms.now, kind: 'listing' })
    const newest = facts.verdict === null ? newestOf(facts.items.filter((i) => i.witness?.source !== 'url')) : null
    if (newest === null) {
      // A frame says nothing of the page's rows unless it has some: a badge, the weather.
      blank &&= facts.items.length === 0 && (source !== sources[0] || (facts.verdict === null && facts.listState === 'empty'))
      continue
    }
    if (row !== null) row.needsBrowser = true
    return { ...newest, evidence: rendered.evidence, items: facts.items }
  }
  return { blank, evidence: rendered.evidence }
}

/** The maximum, never the first: pinned rows stand above newer ones. */
export function newestOf(items: readonly ListItem[]): Omit<Newest, 'evidence'> | null {
  let top: ListItem | null = null
  for (const item of items) if (item.date !== null && (top === null || item.date > (top.date ?? ''))) top = item
  return top === null ? null : { newest: top.date, witness: top.witness, title: top.title, link: top.url }
}
