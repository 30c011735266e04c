import { dayInChina, daysBetween, lastGoodDay, startOfDay, type Day, type Span } from '../domain/date.ts'
import { isGone, isObserved, type Answer, type Outcome } from '../domain/outcome.ts'
import type { ColumnFacts, PostFacts } from './facts.ts'
import type { Reason } from './reason.ts'
import { firstBadDay, type Place } from './result.ts'

/** Something that is published to: what its age is judged from. */
export type Aged = {
  readonly newest: Day | null
  readonly outcome: Outcome
  /** When `newest` was last seen to be the newest. */
  readonly observedAt: Date | null
}

export type Age = { readonly answer: Answer; readonly reason: Reason | null; readonly since: Day | null; readonly daysOver: number | null }

const unseen = (reason: Reason): Age => ({ answer: 'not_observed', reason, since: null, daysOver: null })

/**
 * Was something published within `span` before `now`? A publication within it, once seen, stays seen, whatever later
 * visits ran into; that there was none is said only from a look that itself came after the limit, succeeded, was the
 * last one made, and is at most `lookedWithin` days old. Exactly on the limit is met.
 */
export function age(of: Aged, span: Span, now: Date, lookedWithin: number): Age {
  const today = dayInChina(now)
  if (of.newest !== null && of.newest > today) return unseen('undated')
  if (of.newest !== null && lastGoodDay(of.newest, span) >= today) return { answer: 'met', reason: null, since: null, daysOver: null }
  // A page that is gone or moved shows nothing to be aged: that is for the rules on existence.
  if (!isObserved(of.outcome) || isGone(of.outcome) || of.outcome === 'moved') return unseen(of.outcome)
  if (of.observedAt === null) return unseen('not_visited')
  const looked = dayInChina(of.observedAt)
  if (daysBetween(looked, today) > lookedWithin) return unseen('observation_old')
  if (of.newest === null) return unseen('undated')
  const lastGood = lastGoodDay(of.newest, span)
  if (looked <= lastGood) return unseen('observation_old')
  return { answer: 'violated', reason: null, since: firstBadDay(lastGood), daysOver: daysBetween(lastGood, today) }
}

/** The days of a statement count as a look at noon of the day it was made; one older than `validDays` is no look. */
export function attested(posts: PostFacts, now: Date, validDays: number): Aged {
  const on = posts.attestedOn ?? null
  const today = dayInChina(now)
  const outcome: Outcome = on === null ? 'not_attested' : on > today || daysBetween(on, today) > validDays ? 'attestation_expired' : 'attested'
  return { newest: posts.newest, outcome, observedAt: on === null ? null : startOfDay(on) }
}

/** What a column's page holds, where the visit has not said so itself. */
export function listOf(column: ColumnFacts): 'listed' | 'empty' | 'none' | 'unreadable' {
  if (column.list !== undefined) return column.list
  if (column.empty) return 'empty'
  if (column.newest !== null) return 'listed'
  return STATIC_CLASSES.has(column.class) ? 'none' : 'unreadable'
}

/** Pages that state something rather than list publications: without a list there is nothing to age. */
export const STATIC_CLASSES: ReadonlySet<string> = new Set(['overview', 'organisation', 'leaders', 'interaction', 'service'])

/** Seen without rows, by a look that may stand for the present. */
export function seenEmpty(column: ColumnFacts, now: Date, lookedWithin: number): boolean {
  return (
    listOf(column) === 'empty' && isObserved(column.outcome) && column.outcome !== 'moved' &&
    column.observedAt !== null && daysBetween(dayInChina(column.observedAt), dayInChina(now)) <= lookedWithin
  )
}

/** A column's age as a place in a result. */
export function columnAge(column: ColumnFacts, span: Span, now: Date, lookedWithin: number): Place {
  const a = age(column, span, now, lookedWithin)
  return { id: column.id, name: column.name, url: column.url, newest: column.newest, ...a }
}

/** The ledger's own limit for a column stands before the rule's. */
export function ownLimit(column: ColumnFacts, span: Span): Span {
  return column.thresholdDays === undefined ? span : { days: column.thresholdDays }
}

/** The newest of some days; null when there is none. */
export function latest<T extends { readonly newest: Day | null }>(of: readonly T[]): T | null {
  return of.reduce<T | null>((best, x) => (x.newest !== null && (best?.newest ?? '') < x.newest ? x : best), null)
}

/** Days on which a column first seen on `day` may be called silent for `span`: not before it was watched that long. */
export function watchedFor(day: Day, span: Span, now: Date): boolean {
  return lastGoodDay(day, span) < dayInChina(now)
}
