import { OUTCOMES } from '../domain/outcome.ts'
import type { Outcome } from '../domain/outcome.ts'

/** An outcome this program does not know (a newer one wrote it) is our own fault, never the channel's. */
export function knownOutcome(text: string | null): Outcome {
  return text !== null && Object.hasOwn(OUTCOMES, text) ? (text as Outcome) : 'own_fault'
}
