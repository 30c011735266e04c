import type { Day } from '../domain/date.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { ListItem } from '../domain/page.ts'
import type { Witness } from '../domain/witness.ts'
import type { RenderResult } from '../fetch/index.ts'
import { readPage } from '../read/index.ts'
import { arrive } from './arrive.ts'
import type { Arrival } from './arrive.ts'
import { keep } from './kept.ts'
import type { Kept, KeptSection } from './kept.ts'
import { sameDomain } from './same-site.ts'
import type { Session } from './session.ts'

export type HomeSight = {
  readonly outcome: Outcome
  readonly detail: string | null
  readonly signature: string | null
  readonly url: string
  readonly status: number | null
  readonly ms: number | null
  readonly newest: { readonly day: Day; readonly witness: Witness | null } | null
  readonly rows: number
  readonly everyRowDated: boolean
  readonly undated: readonly { readonly title: string; readonly url: string }[]
  readonly pages: readonly Kept[]
  readonly sections: readonly KeptSection[]
  readonly consultation: readonly { readonly text: string; readonly url: string }[]
  /** It was read so that an entry for consultation would have been seen: nothing was missing, or could not be told. */
  readonly whole: boolean
  readonly items: readonly ListItem[]
  readonly evidence: readonly (string | null)[]
  readonly unchanged: boolean
  readonly moved: string | null
}

const LISTS: ReadonlySet<string> = new Set(['jpage', 'buildstatic', 'json_list', 'search_list'])

/** The home page, by whatever entrance; rendered where its content is built by script. */
export async function visitHome(session: Session, address: string): Promise<HomeSight> {
  const arrival = await arrive(session, address, 'home')
  const { page } = arrival
  const elsewhere = arrival.away ?? leftSite(address, arrival)
  const base = {
    signature: page.signature, url: page.loaded.finalUrl, status: page.loaded.status,
    ms: page.loaded.status === null ? null : Math.round(arrival.ms),
    evidence: arrival.evidence, items: arrival.items, unchanged: arrival.unchanged, moved: null,
  }
  const nothing = { newest: null, rows: 0, everyRowDated: false, undated: [], pages: [], sections: [], consultation: [], whole: false }
  if (page.outcome === 'moved') return { ...base, ...nothing, ...(await moved(session, page.facts?.verdict?.target ?? elsewhere, page.detail)) }
  if (elsewhere !== null && (page.outcome === 'ok' || page.outcome === 'empty_shell')) {
    return { ...base, ...nothing, ...(await moved(session, elsewhere, `redirected to another site: ${elsewhere}`)) }
  }
  let pages = [page, ...arrival.frames].flatMap((p) => (p.facts === null ? [] : [p.facts]))
  const bare = page.outcome === 'empty_shell' || (page.outcome === 'ok' && needsRendering(pages))
  if (bare) {
    const rendered = await renderHome(session, base.url)
    if (rendered !== null) {
      pages = [rendered.kept]
      return { ...base, ...summed(pages), ...rendered.entries, outcome: 'ok', detail: null, items: rendered.items, evidence: [...base.evidence, ...rendered.evidence], unchanged: false }
    }
  }
  if (page.outcome !== 'ok') return { ...base, ...nothing, outcome: page.outcome, detail: page.detail }
  const sum = summed(pages)
  const entries = bare ? { consultation: sum.consultation, whole: false } : await entriesOf(session, base.url, pages, sum.consultation)
  return { ...base, ...sum, ...entries, outcome: 'ok', detail: null, evidence: [...base.evidence, ...(entries.evidence ?? [])], everyRowDated: sum.everyRowDated && !bare }
}

type Entries = Pick<HomeSight, 'consultation' | 'whole'> & { readonly evidence?: readonly string[] }

/** The entries for consultation; where none is seen and scripts may bring one, those of the page as its scripts leave it. */
async function entriesOf(session: Session, url: string, pages: readonly Kept[], seen: HomeSight['consultation']): Promise<Entries> {
  const hides = new Set(pages.flatMap((p) => p.consultationHides ?? []))
  if (seen.length > 0 || !hides.has('script')) return { consultation: seen, whole: hides.size === 0 && !pages.some((p) => p.needsBrowser) }
  const rendered = await session.render(url)
  return rendered === null || rendered.outcome !== 'ok' ? { consultation: [], whole: false } : { ...drawnEntries(session, rendered), evidence: rendered.evidence }
}

/** The entries of a rendered page and its frames. None can be said where a script or frame did not come. */
function drawnEntries(session: Session, rendered: Pick<RenderResult, 'url' | 'html' | 'frames' | 'failed'>): Entries {
  const pages = [{ url: rendered.url, html: rendered.html }, ...rendered.frames].map((p) => readPage(Buffer.from(p.html), { url: p.url, charset: 'utf-8', now: session.terms.now, kind: 'home' }))
  const entries = pages.flatMap((p) => p.consultation).slice(0, 20)
  const hidden = rendered.failed > 0 || pages.some((p) => p.verdict !== null && p.verdict.verdict !== 'empty_shell') || pages.some((p) => p.consultationHides.some((why) => why !== 'script'))
  return { consultation: entries, whole: entries.length > 0 || !hidden }
}

/** Redirected by HTTP to another registrable domain. A wall on the way (a sign-in host) has its own outcome. */
function leftSite(address: string, arrival: Arrival): string | null {
  const { finalUrl, status } = arrival.page.loaded
  return status !== null && !sameDomain(address, finalUrl) ? finalUrl : null
}

/** The new address is recorded, and looked at once, so that the register's keeper knows whether it answers. */
async function moved(session: Session, target: string | null, detail: string | null): Promise<Pick<HomeSight, 'outcome' | 'detail' | 'moved'>> {
  if (target === null) return { outcome: 'moved', detail, moved: null }
  const there = session.open ? await session.load(target) : null
  const answer = there === null ? '' : there.status === null ? `; it does not answer (${there.outcome})` : `; it answers ${there.status}`
  return { outcome: 'moved', detail: `${detail ?? 'moved'}${answer}`.slice(0, 400), moved: target }
}

/** Neither a dated row nor a way on: what the page shows is made by script. */
function needsRendering(pages: readonly Kept[]): boolean {
  if (pages.some((p) => p.dated > 0)) return false
  if (pages.every((p) => (p.columns ?? []).length === 0 && p.rows === 0)) return pages.some((p) => p.needsBrowser || p.followUps.length > 0)
  return pages.some((p) => p.needsBrowser)
}

async function renderHome(session: Session, url: string): Promise<{ kept: Kept; entries: Entries; items: readonly ListItem[]; evidence: readonly string[] } | null> {
  const rendered = await session.render(url)
  if (rendered === null || rendered.outcome !== 'ok') return null
  const facts = readPage(Buffer.from(rendered.html), { url: rendered.url, charset: 'utf-8', now: session.terms.now, kind: 'home' })
  const kept = keep(facts, session.terms.now)
  if (facts.verdict !== null || (kept.rows === 0 && (kept.columns ?? []).length === 0)) return null
  return { kept, entries: drawnEntries(session, rendered), items: facts.items, evidence: rendered.evidence }
}

function summed(pages: readonly Kept[]): Pick<HomeSight, 'newest' | 'rows' | 'everyRowDated' | 'undated' | 'pages' | 'sections' | 'consultation'> {
  const top = pages.reduce<Kept | null>((a, b) => (b.newest !== null && (a === null || b.newest > (a.newest ?? '')) ? b : a), null)
  const rows = pages.reduce((n, p) => n + p.rows, 0)
  const dated = pages.reduce((n, p) => n + p.dated, 0)
  const scripted = pages.some((p) => p.needsBrowser || p.followUps.some((f) => LISTS.has(f.why)))
  return {
    newest: top === null || top.newest === null ? null : { day: top.newest, witness: top.witness },
    rows, everyRowDated: rows > 0 && dated === rows && !scripted,
    undated: pages.flatMap((p) => p.undated),
    pages,
    sections: pages.flatMap((p) => p.sections ?? []),
    consultation: pages.flatMap((p) => p.consultation ?? []).slice(0, 20),
  }
}
