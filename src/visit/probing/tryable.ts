import type { Outcome } from '../../domain/outcome.ts'
import type { PageFacts, PageVerdict } from '../../domain/page.ts'
import { wallOf } from '../../probes/index.ts'

/** What stands in the place of a home page, where no site is left to be tried. */
const INSTEAD: Partial<Record<PageVerdict['verdict'], Outcome>> = { parked: 'parked', default_page: 'default_page', closed_notice: 'closed_notice', moved: 'moved', icp_block: 'forbidden' }
/** Those that the one probe of decay reports: somebody else's page under the unit's address. */
const DECAYED: ReadonlySet<string> = new Set(['parked', 'default_page', 'icp_block'])

/** May the functions of a site be tried, by its home page? `only`: the probes that still say something where it may not. */
export function tryable(facts: Pick<PageFacts, 'verdict'>, columns: number): { readonly outcome: Outcome; readonly only: readonly string[] } {
  const { verdict } = facts
  if (verdict === null) return { outcome: 'ok', only: [] }
  const outcome = INSTEAD[verdict.verdict] ?? wallOf(verdict)
  // A shell may still be rendered by a probe; one without a column that is known leads nowhere.
  if (outcome === 'empty_shell') return { outcome: columns > 0 ? 'ok' : outcome, only: [] }
  return { outcome, only: DECAYED.has(verdict.verdict) ? ['hijack'] : [] }
}
