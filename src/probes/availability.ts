import { z } from 'zod'
import { dayInChina } from '../domain/date.ts'
import { OUTCOMES, isGone } from '../domain/outcome.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { Probe, SeriesVisit } from './types.ts'

const count = z.number().int().nonnegative()
export const availabilityValue = z.object({
  samples: z.array(z.object({ at: z.date(), outcome: z.enum(Object.keys(OUTCOMES) as [Outcome, ...Outcome[]]), ms: z.number().nonnegative().optional(), ownNetwork: z.boolean().optional(), second: z.enum(['open', 'shut', 'none']).optional() })),
  /** Samples that say something of the site, those of them that failed, and the failures in per cent (one decimal). */
  counted: count,
  failed: count,
  percent: z.number().nullable(),
  /** Taken out: our own network was down, or somebody barred us. */
  ownNetwork: count,
  barred: count,
  /** Failures that the second vantage saw open: taken out; those that it has not looked at: neither way. */
  openElsewhere: count,
  unconfirmed: count,
  days: z.array(z.object({ day: z.string(), counted: count, failed: count, leftOut: count })),
})
export type Availability = z.infer<typeof availabilityValue>

/** A page not open within 15 s, inclusive, has failed (W2). */
export const OPENS_WITHIN = 15_000
const SHUT: ReadonlySet<Outcome> = new Set<Outcome>(['dns', 'refused', 'network', 'timeout', 'server_error'])
const OPEN: ReadonlySet<Outcome> = new Set<Outcome>(['ok', 'ok_empty', 'unchanged', 'moved'])

/** A time at which our canaries did not answer: what failed then says nothing of the site. */
export type CanaryFailure = { readonly from: Date; readonly until: Date }

/**
 * The week's figures from visit rows, each sample kept: failures while our own network was down are taken out and shown, and
 * so are walls. Whether that breaks W2 (≥ 20 samples each of 7 days, ≥ 5 %) is for its evaluator to say.
 */
export function availabilityOf(visits: readonly SeriesVisit[], canaryFailures: readonly CanaryFailure[] = []): Availability {
  const days = new Map<string, { counted: number; failed: number; leftOut: number }>()
  let ownNetwork = 0
  let barred = 0
  let openElsewhere = 0
  let unconfirmed = 0
  const samples = [...visits].sort((a, b) => a.at.getTime() - b.at.getTime()).map((v) => {
    const opened = openedIn(v)
    const down = opened !== true && (v.ownNetwork === true || v.outcome === 'own_network' || canaryFailures.some((c) => c.from <= v.at && v.at <= c.until))
    const day = dayInChina(v.at)
    const tally = days.get(day) ?? { counted: 0, failed: 0, leftOut: 0 }
    days.set(day, tally)
    if (down) ownNetwork += 1
    else if (opened === null) barred += 1
    else if (opened === false && v.second === 'open') openElsewhere += 1
    else if (opened === false && v.second === 'none') unconfirmed += 1
    if (down || opened === null || (opened === false && (v.second === 'open' || v.second === 'none'))) tally.leftOut += 1
    else {
      tally.counted += 1
      if (!opened) tally.failed += 1
    }
    return { at: v.at, outcome: v.outcome, ...(v.ms === undefined ? {} : { ms: v.ms }), ...(down ? { ownNetwork: true } : {}), ...(v.second === undefined ? {} : { second: v.second }) }
  })
  const sum = (key: 'counted' | 'failed'): number => [...days.values()].reduce((n, d) => n + d[key], 0)
  const counted = sum('counted')
  const failed = sum('failed')
  return { samples, counted, failed, percent: counted === 0 ? null : Math.round((failed * 1000) / counted) / 10, ownNetwork, barred, openElsewhere, unconfirmed, days: [...days].map(([day, d]) => ({ day, ...d })) }
}

/** null: the visit says nothing of whether the site opens. A time-out of ours before the 15 s are over says nothing either. */
function openedIn({ outcome, ms }: SeriesVisit): boolean | null {
  if (outcome === 'timeout') return ms !== undefined && ms < OPENS_WITHIN ? null : false
  if (SHUT.has(outcome) || isGone(outcome)) return false
  return OPEN.has(outcome) ? ms === undefined || ms < OPENS_WITHIN : null
}

/** 站点无法访问 (W2): computed from the rows of the series, which the scheduler spreads over the day (policy `visitsPerDay`). */
export const availability: Probe = {
  id: 'availability',
  serves: ['W2'],
  needs: ['history'],
  budget: { requests: 0, seconds: 10 },
  value: availabilityValue,
  run: async (trial) => ({ outcome: 'ok', value: availabilityOf(trial.history?.visits ?? []) }),
}
