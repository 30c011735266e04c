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
  /** Samples left out: our own network was down, somebody barred us, or the site opened from the second vantage. */
  readonly leftOut: number
  /** Failures that no second vantage has confirmed: they count neither way, but may leave the answer open. */
  readonly unconfirmed: number
  readonly from: Day | null
  readonly until: Day | null
}

type Tally = { samples: number; failures: number; leftOut: number; unconfirmed: number }
type Sample = 'open' | 'shut' | 'unconfirmed' | 'left_out'

/** A failure counts once a second vantage saw it too, where one was asked for. */
function sampleOf(visit: VisitFact, limitMs: number): Sample {
  if (visit.ownNetwork === true) return 'left_out'
  const open = opened(visit, limitMs)
  if (open !== false) return open === null ? 'left_out' : 'open'
  return visit.second === 'open' ? 'left_out' : visit.second === 'none' ? 'unconfirmed' : 'shut'
}

/** Did the site open in time, as seen from here? null: the attempt says nothing about the site. */
export function opened(visit: VisitFact, limitMs: number): boolean | null {
  if (CLOSED.has(visit.outcome)) return visit.outcome === 'timeout' && visit.ms !== undefined && visit.ms < limitMs ? null : false
  if (isGone(visit.outcome)) return false
  if (!OPENED.has(visit.outcome)) return null
  return visit.ms === undefined || visit.ms < limitMs
}

/**
 * W2's series: the latest run of whole days in China, ending at most `days` before now, each with enough samples. The
 * share of failures is compared exactly, in integers. Fewer samples on any day: not observed; nor is it where failures
 * that nobody confirmed could change the answer.
 */
export function availability(visits: readonly VisitFact[], rule: AvailabilityRule, now: Date): AvailabilitySeries {
  const perDay = new Map<Day, Tally>()
  for (const visit of visits) {
    if (visit.at.getTime() > now.getTime()) continue
    const day = dayInChina(visit.at)
    const tally = perDay.get(day) ?? { samples: 0, failures: 0, leftOut: 0, unconfirmed: 0 }
    const sample = sampleOf(visit, rule.limitMs)
    if (sample === 'left_out') tally.leftOut += 1
    else if (sample === 'unconfirmed') tally.unconfirmed += 1
    else {
      tally.samples += 1
      if (sample === 'shut') tally.failures += 1
    }
    perDay.set(day, tally)
  }
  const today = dayInChina(now)
  for (let until = today; daysBetween(until, today) <= rule.days; until = addDays(until, -1)) {
    const run = Array.from({ length: rule.days }, (_, i) => perDay.get(addDays(until, i - rule.days + 1)))
    if (run.some((t) => t === undefined || t.samples + t.unconfirmed < rule.visitsPerDay)) continue
    const sum = (key: keyof Tally): number => run.reduce((n, t) => n + (t?.[key] ?? 0), 0)
    const samples = sum('samples')
    const failures = sum('failures')
    const unconfirmed = sum('unconfirmed')
    const share = (n: number, of: number): boolean => n * 100 >= rule.percent * of
    // Violated even if every unconfirmed failure had been an opening; met even if each had been a failure.
    const answer = share(failures, samples + unconfirmed) ? 'violated' : share(failures + unconfirmed, samples + unconfirmed) ? 'not_observed' : 'met'
    return { answer, samples, failures, leftOut: sum('leftOut'), unconfirmed, from: addDays(until, 1 - rule.days), until }
  }
  return { answer: 'not_observed', samples: 0, failures: 0, leftOut: 0, unconfirmed: 0, from: null, until: null }
}
