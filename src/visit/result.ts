import type { Day } from '../domain/date.ts'
import type { ListItem } from '../domain/page.ts'
import type { ObservationValues } from '../domain/observation.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { Witness } from '../domain/witness.ts'
import type { DueFacts } from '../schedule/index.ts'
import type { ColumnSight, EvidenceRow, PageRow, SiteSight } from './types.ts'

/** Everything one visit found, whatever the kind of channel: what is written in one transaction. */
export type VisitResult = {
  readonly outcome: Outcome
  readonly detail: string | null
  /** site | a channel adapter's source id. */
  readonly source: string
  readonly newest: Day | null
  readonly witness: Witness | null
  readonly homeMs: number | null
  readonly homeStatus: number | null
  readonly counts: { readonly pages: number; readonly requests: number; readonly bytes: number; readonly renders: number }
  readonly site: SiteSight | null
  readonly account: { readonly value: ObservationValues['account']; readonly evidence: readonly string[]; readonly items: readonly ListItem[] } | null
  readonly pages: readonly PageRow[]
  readonly evidence: readonly EvidenceRow[]
  readonly watched: DueFacts['watched']
}

/** The columns of a result, in the order in which they are written. */
export function columnsOf(result: VisitResult): readonly ColumnSight[] {
  return result.site?.columns ?? []
}
