import { dayInChina, lastGoodDay, type Span } from '../domain/date.ts'
import { isGone, isObserved } from '../domain/outcome.ts'
import type { ChannelFacts, ColumnFacts, HomeFacts } from './facts.ts'
import { age, columnAge, latest, listOf, seenEmpty, type Age } from './freshness.ts'
import { daysSince, evidenceOf, firstBadDay, met, notObserved, violated, type Result } from './result.ts'

/** The home page's own age. */
export const homeAge = (home: HomeFacts, limit: Span, now: Date, lookedWithin: number): Age =>
  age({ ...home, observedAt: home.at }, limit, now, lookedWithin)

/**
 * Has nothing been published anywhere on the site within `limit`? One fresh place answers no. That there is none is said
 * only when the home page and every column were seen: a single place that could not be seen or dated leaves the question
 * open, because an update there would settle it. Blank columns, plain pages without a list and pages that do not exist
 * hold nothing that could be new.
 */
export function anywhere(facts: ChannelFacts, home: HomeFacts, limit: Span, now: Date, lookedWithin: number): Result {
  const own = homeAge(home, limit, now, lookedWithin)
  if (own.answer === 'met') return met({ newest: home.newest, witness: home.witness, evidence: home.evidence })
  const places = facts.columns.map((c) => columnAge(c, limit, now, lookedWithin))
  const fresh = facts.columns.find((_, i) => places[i]?.answer === 'met')
  if (fresh !== undefined) return met({ newest: fresh.newest, witness: fresh.witness, evidence: fresh.evidence })
  const shown = { newest: home.newest, witness: home.witness, evidence: home.evidence }
  if (own.answer === 'not_observed' && own.reason !== 'undated') return notObserved(own.reason ?? 'undated', shown)
  const open = new Set(facts.columns.filter((c, i) => places[i]?.answer === 'not_observed' && !holdsNothing(c, now, lookedWithin)).map((c) => c.id))
  if (open.size > 0) return notObserved('partly_observed', { ...shown, places: places.filter((x) => x.id !== undefined && open.has(x.id)) })
  const newest = latest([home, ...facts.columns].filter((x) => x.newest === null || x.newest <= dayInChina(now)))
  if (newest === null || newest.newest === null) return notObserved('undated', shown)
  const since = firstBadDay(lastGoodDay(newest.newest, limit))
  return violated({
    newest: newest.newest,
    witness: newest.witness,
    since,
    daysOver: daysSince(since, dayInChina(now)),
    evidence: evidenceOf(home.evidence, ...facts.columns.map((c) => c.evidence)),
    places: places.filter((x) => x.answer === 'violated'),
  })
}

/** Seen to hold no publications: blank, a plain page without a list, or a page that does not exist. */
export function holdsNothing(column: ColumnFacts, now: Date, lookedWithin: number): boolean {
  if (isGone(column.outcome)) return true
  return seenEmpty(column, now, lookedWithin) || (listOf(column) === 'none' && isObserved(column.outcome) && column.outcome !== 'moved')
}
