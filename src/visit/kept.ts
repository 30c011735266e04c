import { dayInChina } from '../domain/date.ts'
import type { Day } from '../domain/date.ts'
import type { ColumnClass, FollowUp, PageFacts, PageVerdict } from '../domain/page.ts'
import type { Witness } from '../domain/witness.ts'
import { columnKey } from '../domain/column-key.ts'

/** Raised when reading has learned something: what was kept before is then read anew. */
const READING = 2
const MOST_UNDATED = 80

export type KeptSection = {
  readonly key: string | null
  readonly url: string | null
  readonly name: string | null
  readonly newest: Day
  readonly witness: Witness | null
  readonly title: string
  readonly link: string | null
}

/** What a list came to after follow-ups and articles, where the same bytes will come to the same. */
export type Settled = {
  readonly list: 'listed' | 'empty' | 'none' | 'unreadable'
  readonly newest: Day | null
  readonly witness: Witness | null
  readonly title: string | null
  readonly link: string | null
  readonly evidence: readonly string[]
}

/** What is kept of a page's facts between visits (`page.facts`): all that the same bytes would be read for again, and no more. */
export type Kept = {
  readonly reading: number
  /** The day it was read on. */
  readonly on: Day
  /** The same bytes mean the same on any day: no relative words, no dates without a year, none in the future. */
  readonly firm: boolean
  readonly title: string
  readonly verdict: PageVerdict | null
  readonly list: PageFacts['listState']
  readonly newest: Day | null
  readonly witness: Witness | null
  readonly newestTitle: string | null
  readonly newestUrl: string | null
  /** Rows, those that print a date, and those marked as pinned. */
  readonly rows: number
  readonly dated: number
  readonly pinned: number
  readonly embedded: boolean
  /** Rows without a printed date, newest or first ones first. */
  readonly undated: readonly { readonly title: string; readonly url: string }[]
  readonly followUps: readonly FollowUp[]
  readonly needsBrowser: boolean
  // Of home pages only.
  readonly columns?: readonly { readonly name: string; readonly url: string; readonly class: ColumnClass; readonly level: number }[]
  readonly sections?: readonly KeptSection[]
  readonly consultation?: readonly { readonly text: string; readonly url: string }[]
  readonly consultationHides?: PageFacts['consultationHides']
  readonly settled?: Settled
}

/** `now` is the moment the page was read against. */
export function keep(facts: PageFacts, now: Date): Kept {
  const { items } = facts
  let dated = 0
  let pinned = 0
  let embedded = false
  let firm = !facts.witnesses.some(shifts)
  const undated: { title: string; url: string }[] = []
  for (const item of items) {
    const { witness } = item
    if (item.date !== null && witness?.source !== 'url') dated++
    else if (item.url !== null && undated.length < MOST_UNDATED) undated.push({ title: item.title, url: item.url })
    if (item.pinned === true) pinned++
    if (witness !== null) {
      if (witness.source === 'embedded') embedded = true
      if (firm && shifts(witness)) firm = false
    }
  }
  const top = facts.date === null ? undefined : items.find((i) => i.date === facts.date && i.witness?.source !== 'url') ?? items.find((i) => i.date === facts.date)
  const base = {
    reading: READING,
    on: dayInChina(now),
    firm,
    title: facts.title.slice(0, 200),
    verdict: facts.verdict,
    list: facts.listState,
    newest: facts.date,
    witness: facts.witnesses.find((w) => w.day === facts.date && w.doubt === undefined) ?? top?.witness ?? null,
    newestTitle: top?.title ?? null,
    newestUrl: top?.url ?? null,
    rows: items.length,
    dated, pinned, embedded, undated,
    followUps: facts.followUps,
    needsBrowser: facts.needsBrowser,
  }
  if (facts.kind !== 'home') return base
  return { ...base, columns: facts.columns, sections: sectionsOf(facts), consultation: facts.consultation, consultationHides: facts.consultationHides }
}

function sectionsOf(facts: PageFacts): KeptSection[] {
  const out: KeptSection[] = []
  for (const section of facts.sections) {
    if (section.newest === null || (section.url === null && section.name === null)) continue
    const top = section.items.find((i) => i.date === section.newest)
    // A day taken from an address is no print of the home page.
    if (top === undefined || top.witness?.source === 'url') continue
    out.push({
      key: section.url === null ? null : columnKey(section.url), url: section.url, name: section.name,
      newest: section.newest, witness: top.witness, title: top.title, link: top.url,
    })
  }
  return out
}

/** Would another day read this witness as another date? */
function shifts(w: Witness): boolean {
  if (w.doubt === 'future') return true
  return w.source !== 'url' && w.source !== 'feed' && !/(?:19|20)\d\d/.test(w.raw) && !/\d{10}/.test(w.raw)
}

/** May facts kept earlier stand for the same bytes now? */
export function holds(kept: Kept | null, now: Date): kept is Kept {
  return kept !== null && kept.reading === READING && (kept.firm || kept.on === dayInChina(now))
}
