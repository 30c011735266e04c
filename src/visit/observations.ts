import type { Day } from '../domain/date.ts'
import { isObserved } from '../domain/outcome.ts'
import type { ObservationValues } from '../domain/observation.ts'
import type { VisitResult } from './result.ts'
import { columnsOf } from './result.ts'

export type ObservationRows = {
  /** Place of the column in the visit; null for what is about the channel itself. */
  columns: (number | null)[]
  abouts: string[]
  outcomes: string[]
  newest: (Day | null)[]
  values: string[]
  /** Hashes, comma-separated. */
  evidence: string[]
}

/** One row for everything looked at: home page, consultation entries, each column tried; or the account. */
export function observationRows(result: VisitResult): ObservationRows {
  const rows: ObservationRows = { columns: [], abouts: [], outcomes: [], newest: [], values: [], evidence: [] }
  const add = (column: number | null, about: string, outcome: string, newest: Day | null, value: unknown, evidence: readonly string[]): void => {
    rows.columns.push(column)
    rows.abouts.push(about)
    rows.outcomes.push(outcome)
    rows.newest.push(newest)
    rows.values.push(JSON.stringify(value))
    rows.evidence.push(evidence.join(','))
  }
  const { site, account } = result
  if (site !== null) {
    add(null, 'home', site.homeOutcome, site.home.newest, site.home, site.homeEvidence)
    if (site.consultation !== null && isObserved(site.homeOutcome)) add(null, 'consultation', site.homeOutcome, null, site.consultation, site.homeEvidence)
  }
  for (const [i, c] of columnsOf(result).entries()) {
    const value: ObservationValues['column'] = { newest: c.newest, witness: c.witness, list: c.list, url: c.url, status: c.status }
    add(i, 'column', c.outcome, c.newest, value, c.evidence)
  }
  if (account !== null) add(null, 'account', result.outcome, account.value.newest, account.value, account.evidence)
  return rows
}
