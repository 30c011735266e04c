import { OUTCOMES } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/**
 * How far back what is asked about the present reads in the observations. The readers ask by these, and rolling up old months keeps
 * by these: one place, so that nothing that a reader wants can be rolled up.
 */

/** Days in which sightings of “gone” are looked for; older ones are long decided. */
export const GONE_DAYS = 60
/** Runs of probes looked back over for how long something has not worked. */
export const PROBE_RUNS = 60
/** Observations that a candidate's evidence pack lists, the newest first. */
export const PACK_ROWS = 300

/**
 * Least months that observations are kept whole: a year, which the longest rule looks back from its 监测时间点 (附件 B7, 1年内), and a
 * quarter, the longest time between two planned checks and for which people's answer stands, so that each can be made again for its own moment.
 */
export const LEAST_KEPT_MONTHS = 15

const ids = Object.keys(OUTCOMES) as Outcome[]
/** Facts were read. */
export const SEEN: readonly Outcome[] = ids.filter((o) => OUTCOMES[o].group === 'seen')
/** The platform or site said so in words. */
export const GONE: readonly Outcome[] = ids.filter((o) => OUTCOMES[o].group === 'gone')
