import { isGone, isObserved, OUTCOMES } from '../domain/outcome.ts'
import type { Outcome } from '../domain/outcome.ts'
import { nextDue } from '../schedule/index.ts'
import type { Due, Policy } from '../schedule/index.ts'
import type { Subject } from './load.ts'
import type { VisitResult } from './result.ts'

const DAY = 86_400_000

const known = (o: string): Outcome => (Object.hasOwn(OUTCOMES, o) ? (o as Outcome) : 'own_fault')

/** When the channel is due again, from this visit and the last few. */
export function dueAfter(subject: Subject, result: VisitResult, policy: Policy, now: Date): Due {
  const { outcome } = result
  let failures = 0
  if (!isObserved(outcome)) {
    failures = 1
    for (const v of subject.recent) {
      if (isObserved(known(v.outcome))) break
      failures++
    }
  }
  return nextDue({ channelId: subject.id, outcome, failures, goneSince: goneSince(subject, outcome, now), watched: result.watched }, policy, now)
}

/** The first gone sighting since the channel was last seen alive, while no second one confirms it. */
function goneSince(subject: Subject, outcome: Outcome, now: Date): Date | null {
  if (!isGone(outcome)) return null
  let first = now
  for (const v of subject.recent) {
    const o = known(v.outcome)
    if (OUTCOMES[o].group === 'seen') break
    if (isGone(o)) first = new Date(v.at)
  }
  return now.getTime() - first.getTime() >= DAY ? null : first
}
