import type { Outcome } from '../domain/outcome.ts'
import type { ListItem, PageFacts, PageKind, PageVerdict } from '../domain/page.ts'
import { readPage } from '../read/index.ts'
import { keep } from './kept.ts'
import type { Kept } from './kept.ts'
import { listByRecipe } from './recipe/lists.ts'
import type { Loaded, Session } from './session.ts'
import type { PageRow } from './types.ts'

/** A page as looked at: fetched, and read where its bytes are new. */
export type Look = {
  readonly outcome: Outcome
  readonly detail: string | null
  readonly signature: string | null
  readonly loaded: Loaded
  readonly facts: Kept | null
  /** Rows, where it was read in this visit. */
  readonly items: readonly ListItem[]
  readonly unchanged: boolean
  readonly textLength: number | null
}

/** What a page that is no page of the site's means. */
export const BY_VERDICT: Readonly<Record<PageVerdict['verdict'], Outcome>> = {
  challenge: 'challenge',
  login_wall: 'login_wall',
  rate_limited: 'rate_limited',
  parked: 'parked',
  default_page: 'default_page',
  closed_notice: 'closed_notice',
  moved: 'moved',
  // A page that says 404 under status 200 is one page's trouble, and no proof that the site has gone.
  soft_404: 'unreadable',
  empty_shell: 'empty_shell',
  // The hosting provider's page about a missing licence says nothing of what lies behind it.
  icp_block: 'forbidden',
}
/** What a page in place of an error may correct: a wall is never an absence. */
const WALLS: ReadonlySet<Outcome> = new Set(['challenge', 'login_wall', 'rate_limited'])
/** With https failing and http read in its place, another site may have answered: an absence proves nothing. */
const ABSENT: ReadonlySet<Outcome> = new Set(['not_found', 'parked', 'default_page', 'closed_notice', 'moved'])

/** Fetches and reads one page. What the status says is corrected by what the page says, towards “not observed” only. */
export async function look(session: Session, url: string, kind: PageKind): Promise<Look> {
  const loaded = await session.load(url)
  const seen = (outcome: Outcome, detail: string | null, more: Partial<Look> = {}): Look => ({
    outcome: loaded.tlsTrouble && ABSENT.has(outcome) ? 'tls' : outcome,
    detail, signature: null, loaded, facts: null, items: [], unchanged: false, textLength: null, ...more,
  })
  if (loaded.same !== null && loaded.same.facts !== null) {
    const facts = loaded.same.facts
    const { verdict } = facts
    if (verdict === null) return seen('ok', null, { facts, unchanged: true })
    return seen(BY_VERDICT[verdict.verdict], `${verdict.signature}: ${verdict.evidence}`, { facts, unchanged: true, signature: verdict.signature })
  }
  const status = loaded.status === null ? '' : `HTTP ${loaded.status}`
  if (loaded.bytes === null) return seen(loaded.outcome, loaded.detail ?? status)
  if (loaded.outcome !== 'ok') {
    if (loaded.outcome === 'truncated' || loaded.outcome === 'too_large') return seen(loaded.outcome, loaded.detail)
    const { verdict } = read(loaded, kind, session)
    const wall = verdict === null ? null : BY_VERDICT[verdict.verdict]
    if (verdict !== null && wall !== null && WALLS.has(wall)) return seen(wall, `${status}: ${verdict.evidence}`, { signature: verdict.signature })
    return seen(loaded.outcome, loaded.detail ?? status)
  }
  if (!looksLikePage(loaded)) return seen('unreadable', `not a page: ${loaded.headers['content-type'] ?? 'no content type'}`)
  const facts = kind === 'listing' ? listByRecipe(read(loaded, kind, session), { url: loaded.finalUrl, bytes: loaded.bytes, headers: loaded.headers }, session.tools.recipes, session.terms.now) : read(loaded, kind, session)
  const kept = detached(keep(facts, session.terms.now), loaded.row)
  const { verdict } = facts
  const more = { facts: kept, items: facts.items.map(detachedItem), textLength: facts.textLength }
  if (verdict === null) return seen('ok', null, more)
  return seen(BY_VERDICT[verdict.verdict], `${verdict.signature}: ${verdict.evidence}`, { ...more, signature: verdict.signature })
}

function read(loaded: Loaded, kind: PageKind, session: Session): PageFacts {
  return readPage(loaded.bytes ?? new Uint8Array(0), {
    url: loaded.finalUrl, contentType: loaded.headers['content-type'] ?? null, headers: loaded.headers, now: session.terms.now, kind,
    ...(loaded.status === null ? {} : { status: loaded.status }),
  })
}

/** How files begin that are no page, whatever their sender calls them; `null`: any byte. */
const NO_PAGE: readonly (readonly (number | null)[])[] = [
  [0x25, 0x50, 0x44, 0x46], [0x50, 0x4b, 3, 4], [0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47], [0x47, 0x49, 0x46, 0x38], [0x52, 0x49, 0x46, 0x46],
  [0x49, 0x49, 0x2a, 0], [0x4d, 0x4d, 0, 0x2a], [0, 0, 1, 0], [0x42, 0x4d, null, null, null, null, 0, 0, 0, 0], [0x52, 0x61, 0x72, 0x21], [0x37, 0x7a, 0xbc, 0xaf], [0xd0, 0xcf, 0x11, 0xe0],
]

/** HTML, or something that does not say it is anything else; never a PDF, an archive or a picture. */
function looksLikePage(loaded: Loaded): boolean {
  const type = loaded.headers['content-type'] ?? ''
  if (/^(?:image|audio|video|font)\/|^application\/(?:pdf|zip|msword|vnd\.|x-rar|x-7z)/i.test(type)) return false
  const b = loaded.bytes
  if (b === null || b.length < 4) return b !== null
  return !NO_PAGE.some((start) => start.every((byte, i) => byte === null || b[i] === byte))
}

/*
 * Strings cut from a page hold the whole page's text in memory, and a visit's rows live until it is written. What is kept
 * is copied, so that the text goes as soon as the page is read: this halves a worker's memory.
 */

function detached(kept: Kept, row: PageRow | null): Kept {
  const json = JSON.stringify(kept)
  if (row !== null) row.facts = json
  return JSON.parse(json) as Kept
}

export function detachedItem(item: ListItem): ListItem {
  return { title: copy(item.title), url: item.url === null ? null : copy(item.url), date: item.date, witness: item.witness, ...(item.pinned === true ? { pinned: true } : {}) }
}

const scratch = Buffer.allocUnsafe(8192)

function copy(s: string): string {
  if (s.length * 2 > scratch.length) return s
  return scratch.toString('utf16le', 0, scratch.write(s, 0, 'utf16le'))
}
