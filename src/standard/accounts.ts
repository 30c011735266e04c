import { dayInChina, daysBetween, lastGoodDay, type Span } from '../domain/date.ts'
import type { ChannelFacts, PostFacts } from './facts.ts'
import { age, attested } from './freshness.ts'
import { daysSince, firstBadDay, met, notObserved, violated, type Result } from './result.ts'

export type AccountLimits = {
  /** Days for which a look at the posts stands for the present. */
  readonly looked: number
  /** Days for which a unit's statement stands. */
  readonly attestation: number
  /** Hours between the first and the last sighting of an account without any post. */
  readonly confirm: number
}

/**
 * Was anything published (or, for groups, said) within `limit`? Seen posts or the unit's own statement answer; a release
 * of an app is no content; an account of which the platform says that it never published anything is judged from the day
 * it was opened, once that was seen twice.
 */
export function accountAge(facts: ChannelFacts, limit: Span, now: Date, limits: AccountLimits): Result {
  const posts = facts.posts
  if (posts === undefined) return notObserved(facts.visits[0]?.outcome === undefined ? 'not_visited' : seenNothing(facts))
  const shown = { newest: posts.newest, witness: posts.witness, evidence: posts.evidence }
  if (posts.of === 'release') return notObserved('undated', shown)
  if (posts.source === 'seen' && posts.newest === null && posts.outcome === 'ok_empty') return neverPublished(facts, posts, limit, now, limits)
  const a = posts.source === 'attested'
    ? age(attested(posts, now, limits.attestation), limit, now, limits.attestation)
    : age({ newest: posts.newest, outcome: posts.outcome, observedAt: posts.observedAt ?? null }, limit, now, limits.looked)
  if (a.answer === 'met') return met(shown)
  if (a.answer === 'not_observed') return notObserved(a.reason ?? 'undated', shown)
  return violated({ ...shown, since: a.since, daysOver: a.daysOver })
}

/** The last attempt's reason, where it has one; a visit that saw the channel but no posts gave no date. */
function seenNothing(facts: ChannelFacts): 'undated' | ChannelFacts['visits'][number]['outcome'] {
  const outcome = facts.visits[0]?.outcome
  return outcome === undefined || outcome === 'ok' || outcome === 'unchanged' || outcome === 'ok_empty' ? 'undated' : outcome
}

function neverPublished(facts: ChannelFacts, posts: PostFacts, limit: Span, now: Date, limits: AccountLimits): Result {
  const today = dayInChina(now)
  const last = posts.observedAt ?? null
  const first = posts.emptySince ?? null
  if (last === null) return notObserved('not_visited')
  if (daysBetween(dayInChina(last), today) > limits.looked) return notObserved('observation_old')
  if (first === null || last.getTime() - first.getTime() < limits.confirm * 3_600_000) return notObserved('unconfirmed', { evidence: posts.evidence })
  const from = facts.channel.openedOn ?? dayInChina(first)
  const lastGood = lastGoodDay(from, limit)
  // Until the account has been open for so long, that it published nothing yet breaks no rule.
  if (lastGood >= dayInChina(last)) return notObserved('undated', { evidence: posts.evidence })
  const since = firstBadDay(lastGood)
  return violated({ since, daysOver: daysSince(since, today), evidence: posts.evidence })
}

