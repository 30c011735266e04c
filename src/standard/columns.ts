import { isObserved } from '../domain/outcome.ts'
import type { ChannelFacts } from './facts.ts'
import type { Reason } from './reason.ts'

/** Why the site's columns are not known; null when they are. Without a home page that was read, no count may be called complete. */
export function columnsKnown(facts: ChannelFacts): Reason | null {
  if (facts.columns.length > 0) return null
  if (facts.home === undefined) return 'not_visited'
  return isObserved(facts.home.outcome) && facts.home.outcome !== 'moved' ? null : facts.home.outcome
}
