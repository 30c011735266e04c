import { dayInChina, lastGoodDay, type Day, type Span } from '../domain/date.ts'
import type { ChannelFacts, ChannelIdentity } from './facts.ts'
import { probe } from './needs.ts'
import { holds, unseen, type Tally } from './scored.ts'

/** 办事服务 is not checked for State Council departments without services for the public. */
export const noServices = (channel: ChannelIdentity): boolean => channel.stateCouncil === true && channel.publicServices === false

/** Addresses of all guides seen; null where the probe has not run. */
export function guidePopulation(facts: ChannelFacts, now: Date): readonly string[] | null {
  const seen = probe(facts, 'services', now)
  return 'unseen' in seen ? null : seen.value.guides.map((g) => g.url)
}

/** “It is not so”, from a probe's yes, no or could not tell. */
export const toldNot = (is: boolean | null, evidence: readonly string[]): Tally => (is === null ? unseen('partly_observed') : holds(!is, { evidence }))

/** “It is so”. */
export const told = (is: boolean | null, evidence: readonly string[]): Tally => (is === null ? unseen('partly_observed') : holds(is, { evidence }))

/** “Not updated within”, of something whose newest date is known or not. */
export function olderThan(newest: Day | null, limit: Span, now: Date, evidence: readonly string[]): Tally {
  const today = dayInChina(now)
  return newest === null || newest > today ? unseen('undated') : holds(lastGoodDay(newest, limit) < today, { evidence })
}

/** A rule that only a person may decide, with what made us doubt. */
export const forPersonToTell = (doubt: boolean, zh: string, en: string): Tally => ({ unseen: 'person_needed', ...(doubt ? { leads: [{ zh, en }] } : {}) })
