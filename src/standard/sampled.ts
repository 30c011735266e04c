import type { ChannelFacts } from './facts.ts'
import { probe, type ProbeId, type ProbeSeen, type ProbeValue } from './needs.ts'
import { unseen, type Tally } from './scored.ts'
import type { Place } from './result.ts'

/** Those of a probe's rows that the check's sample drew; with why, where there is no sample or the probe did not see. */
export function sampled<I extends ProbeId, R>(
  facts: ChannelFacts, id: I, sample: string, now: Date, rows: (value: ProbeValue<I>) => readonly R[], key: (row: R) => string,
): { readonly rows: readonly R[]; readonly seen: ProbeSeen<I>; readonly lost: number } | { readonly unseen: Tally } {
  const seen = probe(facts, id, now)
  if ('unseen' in seen) return { unseen: unseen(seen.unseen) }
  const drawn = facts.samples?.[sample]?.drawn
  // Nothing to draw from is no proof that all is well.
  if (drawn === undefined || drawn.length === 0) return { unseen: unseen('sample_missing') }
  const byKey = new Map(rows(seen.value).map((r) => [key(r), r]))
  const found = drawn.flatMap((k) => byKey.get(k) ?? [])
  return { rows: found, seen, lost: drawn.length - found.length }
}

/**
 * Counts places at fault among sampled rows. `of` gives the faults of a row, or null where the row could not be told:
 * those stay open, one row's worth (`worth` faults) each.
 */
export function countFaults<R>(rows: readonly R[], of: (row: R) => readonly Place[] | null, evidence: readonly string[], lost: number, worth = 1): Tally {
  const faults = rows.map(of)
  const places = faults.flatMap((f) => f ?? [])
  const open = (faults.filter((f) => f === null).length + lost) * worth
  return { count: places.length, places, evidence, ...(open > 0 ? { open, why: 'partly_observed' } : {}) }
}
