import { dayInChina } from '../domain/date.ts'
import type { ColumnFacts } from './facts.ts'
import { latest } from './freshness.ts'
import { daysSince, evidenceOf, met, notObserved, violated, type Place, type Result } from './result.ts'

/**
 * “At least `limit` columns are so”: violated once that many are seen to be so; met only when even those that could not
 * be seen would not make it that many; otherwise not observed. `since` is the day on which the last needed one joined.
 */
export function atLeast(limit: number, places: readonly Place[], columns: readonly ColumnFacts[], now: Date): Result {
  const at = places.filter((p) => p.answer === 'violated')
  const open = places.filter((p) => p.answer === 'not_observed')
  if (at.length < limit) {
    const first = open[0]
    return at.length + open.length < limit || first === undefined
      ? met({ places: at })
      : notObserved(open.every((p) => p.reason === first.reason) && first.reason !== null ? first.reason : 'partly_observed', {
          places: [...at, ...open],
        })
  }
  const dated = at.flatMap((p) => (p.since === null ? [] : [p.since])).sort()
  const since = dated.length >= limit ? (dated[limit - 1] ?? null) : null
  const ids = new Set(at.map((p) => p.id))
  const failing = columns.filter((c) => ids.has(c.id))
  const newest = latest(failing)
  return violated({
    places: [...at, ...open],
    since,
    newest: newest?.newest ?? null,
    witness: newest?.witness ?? null,
    daysOver: daysSince(since, dayInChina(now)),
    evidence: evidenceOf(...failing.map((c) => c.evidence)),
  })
}
