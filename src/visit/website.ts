import { dayInChina } from '../domain/date.ts'
import type { Day } from '../domain/date.ts'
import { isObserved } from '../domain/outcome.ts'
import type { Witness } from '../domain/witness.ts'
import { visitHome } from './home.ts'
import type { HomeSight } from './home.ts'
import type { KeptSection } from './kept.ts'
import { columnLimit, isFresh, STANDING } from './limits.ts'
import { readList } from './list.ts'
import { planColumns } from './plan.ts'
import type { KnownColumn } from './plan.ts'
import { backed } from './session.ts'
import type { Session } from './session.ts'
import type { ColumnPlan, ColumnSight, SiteSight } from './types.ts'

/** Outcomes of a home page behind which known columns may still be read. */
const TRY_COLUMNS: ReadonlySet<string> = new Set(['ok', 'unreadable', 'empty_shell', 'truncated', 'too_large'])

/** One visit of a website: its home page, then its columns one after the other. Writes nothing. */
export async function visitWebsite(session: Session, address: string, known: readonly KnownColumn[]): Promise<SiteSight> {
  const home = await visitHome(session, address)
  const { columns: plans, named } = TRY_COLUMNS.has(home.outcome)
    ? planColumns(home.pages, home.url, home.outcome === 'ok' ? known : known.filter((c) => c.source === 'ledger'))
    : { columns: [], named: null }
  const columns: ColumnSight[] = []
  for (const plan of plans) {
    // What there was no room for is not observed in this visit, and nothing is written about it.
    if (!session.open) break
    columns.push(await visitColumn(session, plan, home.sections))
  }
  const newestHome = home.newest ?? byRows(home, columns)
  const top = greatest([newestHome, ...columns.map((c) => (c.newest === null || !isObserved(c.outcome) ? null : { day: c.newest, witness: c.witness }))])
  const { moved } = home
  return {
    outcome: home.outcome === 'ok' && home.unchanged && columns.every((c) => c.outcome === 'unchanged' || c.outcome === 'ok_empty') ? 'unchanged' : home.outcome,
    detail: home.detail,
    homeOutcome: home.outcome === 'ok' && home.unchanged ? 'unchanged' : home.outcome,
    home: {
      newest: newestHome?.day ?? null,
      witness: newestHome?.witness ?? null,
      navigationOnly: home.rows === 0 && plans.length > 0,
      everyRowDated: home.everyRowDated,
      navigationRead: home.outcome === 'ok' && named !== null && named.size > 0,
      url: home.url,
      status: home.status,
      ms: home.ms,
      ...(home.signature === null ? {} : { signature: home.signature }),
      ...(home.detail === null ? {} : { detail: home.detail.slice(0, 300) }),
      ...(moved === null ? {} : { movedTo: moved }),
    },
    homeEvidence: backed(session, home.evidence),
    homeItems: home.items,
    consultation: home.outcome === 'ok' ? { entries: home.consultation, wholeHomeRead: home.whole } : null,
    columns,
    named: home.outcome === 'ok' ? named : null,
    newest: top?.day ?? null,
    witness: top?.witness ?? null,
  }
}

async function visitColumn(session: Session, plan: ColumnPlan, sections: readonly KeptSection[]): Promise<ColumnSight> {
  const sight = await readList(session, plan.url, STANDING.has(plan.class))
  const section = testimony(plan, sections)
  const { settled } = sight
  const base = { ...plan, status: sight.status, items: sight.items, detail: sight.detail }
  if (settled === null) {
    // A home page that shows it fresh is enough to call it fresh; one that shows it old says nothing of its list.
    const fresh = section !== null && (sight.outcome === 'unreadable' || sight.outcome === 'robots') && isFresh(section.newest, columnLimit(plan), dayInChina(session.terms.now))
    if (!fresh || section === null) {
      return { ...base, outcome: sight.outcome, list: 'unreadable', newest: null, witness: null, newestTitle: null, newestUrl: null, evidence: [] }
    }
    return { ...base, outcome: 'ok', list: 'unreadable', newest: section.newest, witness: marked(section.witness), newestTitle: section.title, newestUrl: section.link, evidence: [] }
  }
  const evidence = backed(session, settled.evidence)
  if (section !== null && section.newest > (settled.newest ?? '') && settled.list !== 'none') {
    return { ...base, outcome: sight.outcome === 'ok_empty' ? 'ok' : sight.outcome, list: 'listed', newest: section.newest, witness: marked(section.witness), newestTitle: section.title, newestUrl: section.link, evidence }
  }
  return { ...base, outcome: sight.outcome, list: settled.list, newest: settled.newest, witness: settled.witness, newestTitle: settled.title, newestUrl: settled.link, evidence }
}

/** The home page's own list of this column: by its address, else by its name. */
function testimony(plan: ColumnPlan, sections: readonly KeptSection[]): KeptSection | null {
  let best: KeptSection | null = null
  for (const s of sections) {
    if (s.key === plan.key || (s.key === null && s.name === plan.name)) if (best === null || s.newest > best.newest) best = s
  }
  return best
}

function marked(witness: Witness | null): Witness | null {
  return witness === null ? null : { ...witness, where: `home page ${witness.where ?? ''}`.trim().slice(0, 120) }
}

type Dated = { readonly day: Day; readonly witness: Witness | null }

/** A home page that prints no dates: its rows are dated by the columns' lists that show the same articles. */
function byRows(home: HomeSight, columns: readonly ColumnSight[]): Dated | null {
  if (home.undated.length === 0) return null
  const shown = new Set(home.undated.map((u) => u.url))
  let top: Dated | null = null
  for (const column of columns) {
    if (column.newest !== null && column.newestUrl !== null && shown.has(column.newestUrl) && (top === null || column.newest > top.day)) top = { day: column.newest, witness: column.witness }
    for (const item of column.items) {
      if (item.date !== null && item.url !== null && shown.has(item.url) && (top === null || item.date > top.day)) top = { day: item.date, witness: item.witness }
    }
  }
  return top
}

function greatest(of: readonly (Dated | null)[]): Dated | null {
  return of.reduce<Dated | null>((a, b) => (b !== null && (a === null || b.day > a.day) ? b : a), null)
}
