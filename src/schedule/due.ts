import { addDays, dayInChina, dayNumber, dayFromNumber, lastGoodDay, startOfDay } from '../domain/date.ts'
import type { Day, Span } from '../domain/date.ts'
import { isGone, isObserved } from '../domain/outcome.ts'
import type { Outcome } from '../domain/outcome.ts'
import { fraction } from './hash.ts'
import type { Policy } from './settings.ts'
import { afterWindows } from './windows.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** After a visit that could not look: an hour, then longer. A site may be down for a minute; a blocked one is not to be pestered. */
const RETRY = [HOUR, 3 * HOUR, 12 * HOUR, DAY] as const
/** A gone sighting is confirmed by another at least 24 hours later; a little more, so that it surely is. */
const CONFIRM = 24 * HOUR + 5 * 60_000
/** Nothing that another look an hour later would change: it waits for a person, a credential or the unit. */
const SETTLED: ReadonlySet<Outcome> = new Set(['robots', 'login_wall', 'private', 'credential_expired', 'credential_missing', 'not_attested', 'attestation_expired', 'address_denied', 'parse_drift', 'unreadable', 'too_large'])

export type DueReason = 'first' | 'deadline' | 'overdue' | 'audit' | 'policy' | 'run_now' | 'confirm' | 'retry' | 'coverage'

/** What a visit has left behind, as far as the next one depends on it. */
export type DueFacts = {
  readonly channelId: number
  /** Outcome of the visit just made; null when there has been none. */
  readonly outcome: Outcome | null
  /** Visits in a row, this one included, that observed nothing. */
  readonly failures: number
  /** The gone sighting that still waits for its confirmation; null when there is none or it is confirmed. */
  readonly goneSince: Date | null
  /** Everything with a limit of its own (an account, each column of a website): its newest publication, null where none was seen. */
  readonly watched: readonly { readonly newest: Day | null; readonly limit: Span }[]
}

export type Due = { readonly at: Date; readonly reason: DueReason }

/**
 * When a channel is to be visited next, and why (design, principle 5): shortly before its newest publication runs out, daily once
 * that moment is near or past, again soon after a failure, a day after it seemed gone, at random now and then, never later than its
 * policy's longest interval, never in a forbidden window. Pure; `now` is when the last visit ended. A website's earliest column decides.
 */
export function nextDue(facts: DueFacts, policy: Policy, now: Date): Due {
  const { outcome, channelId } = facts
  if (outcome === null) return { at: afterWindows(policy.windows, now, fraction(channelId, 'window')), reason: 'first' }
  const jitter = fraction(channelId, 'jitter')
  const first = earliest([
    longest(policy, now, jitter),
    ...regular(policy, now, jitter),
    ...(isGone(outcome) ? [gone(facts, now, jitter)] : isObserved(outcome) ? observed(facts, policy, now, jitter) : [failed(facts, now, jitter)]),
  ])
  // The site-down rule wants its visits evenly spread: nothing comes between them.
  const chosen = policy.visitsPerDay === undefined ? first : { at: new Date(now.getTime() + DAY / policy.visitsPerDay), reason: 'policy' as const }
  const at = afterWindows(policy.windows, chosen.at, fraction(channelId, dayInChina(chosen.at)))
  return { at, reason: chosen.reason }
}

function earliest(dues: readonly Due[]): Due {
  return dues.reduce((a, b) => (b.at < a.at ? b : a))
}

const after = (now: Date, ms: number, reason: DueReason): Due => ({ at: new Date(now.getTime() + ms), reason })

/** A day before the longest interval at the latest, so that what is due then is also done by then. */
function longest(policy: Policy, now: Date, jitter: number): Due {
  const whole = policy.maxIntervalDays * DAY
  return after(now, whole - Math.min(DAY, whole / 4) * (0.25 + 0.75 * jitter), 'coverage')
}

function regular(policy: Policy, now: Date, jitter: number): Due[] {
  return policy.intervalDays === undefined ? [] : [after(now, policy.intervalDays * DAY * (1 - jitter / 24), 'policy')]
}

function gone(facts: DueFacts, now: Date, jitter: number): Due {
  if (facts.goneSince === null) return after(now, 3 * DAY + jitter * HOUR, 'overdue')
  const at = Math.max(facts.goneSince.getTime() + CONFIRM, now.getTime() + HOUR)
  return { at: new Date(at + jitter * HOUR), reason: 'confirm' }
}

function failed(facts: DueFacts, now: Date, jitter: number): Due {
  if (facts.outcome !== null && SETTLED.has(facts.outcome)) return after(now, 3 * DAY + jitter * DAY, 'retry')
  const step = RETRY[Math.min(Math.max(facts.failures, 1), RETRY.length) - 1] ?? DAY
  return after(now, step * (1 + jitter / 4), 'retry')
}

/** The deadlines of all that is watched, and the days that chance picks for an audit until then. */
function observed(facts: DueFacts, policy: Policy, now: Date, jitter: number): Due[] {
  const today = dayInChina(now)
  const daily = after(now, DAY - jitter * HOUR, 'overdue')
  const dues: Due[] = []
  for (const { newest, limit } of facts.watched) {
    if (newest === null) {
      dues.push(after(now, 3 * DAY + jitter * DAY, 'policy'))
      continue
    }
    // A date in the future says nothing about when it will run out: count from today.
    const lastGood = lastGoodDay(newest > today ? today : newest, limit)
    const start = startOfDay(addDays(lastGood, -policy.marginDays))
    dues.push(start <= now ? daily : { at: new Date(start.getTime() + jitter * DAY), reason: 'deadline' })
  }
  const audit = auditDay(facts.channelId, policy, today)
  if (audit !== null) dues.push({ at: new Date(startOfDay(audit).getTime() + jitter * DAY), reason: 'audit' })
  return dues
}

/** The first day after today on which the audit's lot falls on this channel, within the longest interval. */
function auditDay(channelId: number, policy: Policy, today: Day): Day | null {
  if (policy.auditShare <= 0) return null
  const first = dayNumber(today) + 1
  for (let n = first; n < first + policy.maxIntervalDays; n++) {
    if (fraction(channelId, `audit-${n}`) < policy.auditShare) return dayFromNumber(n)
  }
  return null
}
