import { dayInChina, lastGoodDay, type Span } from '../domain/date.ts'
import type { ChannelFacts } from './facts.ts'
import { probe } from './needs.ts'
import { holds, unseen, type Tallies } from './scored.ts'

/** B7: surveys opened within `back`, not by e-mail only; and whether each that closed was answered within `feedback`. */
export function surveys(facts: ChannelFacts, rule: { count: number; back: Span; feedback: Span }, now: Date): Tallies {
  const seen = probe(facts, 'interaction', now)
  if ('unseen' in seen) return { held: unseen(seen.unseen), feedback: unseen(seen.unseen) }
  if (seen.value.surveys === null) return { held: unseen('partly_observed'), feedback: unseen('partly_observed') }
  const today = dayInChina(now)
  const held = seen.value.surveys.filter((s) => !s.byMailOnly && s.openedOn <= today && lastGoodDay(s.openedOn, rule.back) >= today)
  const due = held.flatMap((s) => (s.closedOn !== null && lastGoodDay(s.closedOn, rule.feedback) < today ? [{ by: lastGoodDay(s.closedOn, rule.feedback), on: s.feedbackOn }] : []))
  const answered = due.length > 0 && due.every((s) => s.on !== null && s.on <= s.by)
  return { held: holds(held.length >= rule.count, { evidence: seen.evidence }), feedback: holds(answered, { evidence: seen.evidence }) }
}
