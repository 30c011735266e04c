import { addDays, dayInChina, daysBetween, type Day } from '../domain/date.ts'
import { isGone, type Outcome } from '../domain/outcome.ts'
import type { VisitFact } from './facts.ts'

/** Outcomes after which a site had not opened. A wall, a refusal by robots.txt or our own trouble is no sample at all. */
const CLOSED: ReadonlySet<Outcome> = new Set<Outcome>(['dns', 'refused', 'network', 'timeout', 'server_error'])
const OPENED: ReadonlySet<Outcome> = new Set<Outcome>(['ok', 'ok_empty', 'unchanged', 'moved'])

export type AvailabilityRule = {
  /** Days of the series. */
  readonly days: number
  readonly visitsPerDay: number
  /** A page that has not opened within so many milliseconds (inclusive) has failed. */
  readonly limitMs: number
  readonly percent: number
}

export type AvailabilitySeries = {
  readonly answer: 'met' | 'violated' | 'not_observed'
  readonly samples: number
  readonly failures: number
  /** Samples left out because our own network was down. */
  readonly leftOut: number
  readonly from: Day | null
  readonly until: Day | null
}

/** Did the site open in time? null: the attempt says nothing about the site. */
export function opened(visit: VisitFact, limitMs: number): boolean | null {
  if (visit.ownNetwork === true) return null
  if (CLOSED.has(visit.outcome)) return visit.outcome === 'timeout' && visit.ms !== undefined && visit.ms < limitMs ? null : false
  if (isGone(visit.outcome)) return false
  if (!OPENED.has(visit.outcome)) return null
  return visit.ms === undefined || visit.ms < limitMs
}

/**
 * W2's series: the latest run of whole days in China, ending at most `days` before now, each with enough samples. The
 * share of failures is compared exactly, in integers. Fewer samples on any day: not observed.
 */
export function availability(visits: readonly VisitFact[], rule: AvailabilityRule, now: Date): AvailabilitySeries {
  const perDay = new Map<Day, { samples: number; failures: number; leftOut: number }>()
  for (const visit of visits) {
    if (visit.at.getTime() > now.getTime()) continue
    const day = dayInChina(visit.at)
    const tally = perDay.get(day) ?? { samples: 0, failures: 0, leftOut: 0 }
    const open = opened(visit, rule.limitMs)
    if (open === null) tally.leftOut += 1
    else {
      tally.samples += 1
      if (!open) tally.failures += 1
    }
    perDay.set(day, tally)
  }
  const today = dayInChina(now)
  for (let until = today; daysBetween(until, today) <= rule.days; until = addDays(until, -1)) {
    const run = Array.from({ length: rule.days }, (_, i) => perDay.get(addDays(until, i - rule.days + 1)))
    if (run.some((t) => t === undefined || t.samples < rule.visitsPerDay)) continue
    const sum = (key: 'samples' | 'failures' | 'leftOut'): number => run.reduce((n, t) => n + (t?.[key] ?? 0), 0)
    const samples = sum('samples')
    const failures = sum('failures')
    const answer = failures * 100 >= rule.percent * samples ? 'violated' : 'met'
    return { answer, samples, failures, leftOut: sum('leftOut'), from: addDays(until, 1 - rule.days), until }
  }
  return { answer: 'not_observed', samples: 0, failures: 0, leftOut: 0, from: null, until: null }
}
