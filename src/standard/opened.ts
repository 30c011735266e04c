import type { Span } from '../domain/date.ts'
import { isObserved } from '../domain/outcome.ts'
import type { ColumnClass } from '../domain/page.ts'
import type { ChannelFacts, ColumnFacts } from './facts.ts'
import { columnAge, ownLimit, seenEmpty } from './freshness.ts'
import { holds, unseen, type Tally } from './scored.ts'
import { evidenceOf, type Place } from './result.ts'

/** Columns of a class; `firstLevel` keeps 一级栏目 only. */
export const columnsOf = (facts: ChannelFacts, of: ColumnClass, firstLevel = false): readonly ColumnFacts[] =>
  facts.columns.filter((c) => c.class === of && (!firstLevel || c.level === 1))

/** 未开设栏目: said only when home page and navigation were read whole. */
export function notOpened(facts: ChannelFacts, columns: readonly ColumnFacts[]): Tally {
  if (columns.length > 0) return holds(false)
  const home = facts.home
  if (home === undefined) return unseen('not_visited')
  if (!isObserved(home.outcome) || home.outcome === 'moved') return unseen(home.outcome)
  return home.navigationRead === true ? holds(true, { evidence: home.evidence }) : unseen('partly_observed')
}

/** A column's answer where a blank one counts as not updated. */
export function updateOf(column: ColumnFacts, limit: Span, now: Date, looked: number): Place {
  const place = columnAge(column, ownLimit(column, limit), now, looked)
  return seenEmpty(column, now, looked) ? { ...place, answer: 'violated', reason: null } : place
}

/**
 * 未更新, of an item that several columns may make up: one fresh column is enough; not updated when all of them were seen
 * and none is fresh. Without a column the item is not opened, which another rule counts.
 */
export function notUpdated(columns: readonly ColumnFacts[], limit: Span, now: Date, looked: number): Tally {
  const places = columns.map((c) => updateOf(c, limit, now, looked))
  if (places.length === 0 || places.some((p) => p.answer === 'met')) return holds(false)
  const open = places.find((p) => p.answer === 'not_observed')
  if (open !== undefined) return unseen(open.reason ?? 'partly_observed')
  const first = places[0]
  return holds(true, { places: first === undefined ? [] : [first], evidence: evidenceOf(...columns.map((c) => c.evidence)) })
}
