import { dayInChina } from '../domain/date.ts'
import type { Text } from '../domain/text.ts'
import type { ChannelFacts, Judgement, ProposalMade, RuleAnswer } from '../standard/index.ts'
import type { Cited } from './cite.ts'

/** The candidate that stands unsettled for a channel, as far as a new judgement touches it. */
export type Standing = { readonly id: number; readonly channelId: number; readonly proposal: string; readonly rule: string; readonly state: string; readonly version: number }

export type Change =
  | { readonly what: 'opened'; readonly channelId: number; readonly proposal: ProposalMade; readonly answers: readonly RuleAnswer[]; readonly evidence: readonly Cited[] }
  | { readonly what: 'updated'; readonly channelId: number; readonly standing: Standing; readonly proposal: ProposalMade; readonly answers: readonly RuleAnswer[]; readonly evidence: readonly Cited[] }
  | { readonly what: 'withdrawn'; readonly channelId: number; readonly standing: Standing; readonly note: Text }

const WEIGHT: Readonly<Record<string, number>> = { rectify: 1, merge: 2, shut_down: 3 }

/**
 * What a new judgement does to the candidate that stands: opens one, brings it up to date, withdraws it because the
 * channel recovered, or nothing. What could not be seen this time neither opens nor withdraws. A candidate on which
 * people have begun to act (any state but `open`) is theirs: the program changes it no more.
 */
export function settle({ facts, judgement, standing, evidence, now }: {
  facts: ChannelFacts
  judgement: Judgement
  standing: Standing | null
  evidence: readonly Cited[]
  now: Date
}): Change | null {
  const channelId = facts.channel.id
  const { proposal } = judgement
  const answers = judgement.answers.filter((a) => a.answer === 'violated')
  if (standing !== null && standing.state !== 'open') return null
  if (standing === null) {
    // Evidence or it did not happen.
    return proposal === null || evidence.length === 0 ? null : { what: 'opened', channelId, proposal, answers, evidence }
  }
  const old = judgement.answers.find((a) => a.rule === standing.rule)
  const stillOpenToDoubt = old?.answer === 'not_observed'
  const weaker = proposal === null || (WEIGHT[proposal.proposal] ?? 0) < (WEIGHT[standing.proposal] ?? 0)
  if (stillOpenToDoubt && weaker && judgement.heldBack === null) return null
  if (proposal !== null && evidence.length > 0) return { what: 'updated', channelId, standing, proposal, answers, evidence }
  return { what: 'withdrawn', channelId, standing, note: withdrawal(judgement, old, now) }
}

function withdrawal(judgement: Judgement, old: RuleAnswer | undefined, now: Date): Text {
  const day = dayInChina(now)
  if (judgement.heldBack !== null) {
    const { until, reason } = judgement.heldBack.exemption
    return { zh: `${day} 撤回:豁免至 ${until}(${reason})`, en: `withdrawn ${day}: exempted until ${until} (${reason})` }
  }
  const newest = old?.newest
  if (newest === null || newest === undefined) return { zh: `${day} 撤回:渠道已恢复正常`, en: `withdrawn ${day}: the channel has recovered` }
  return { zh: `${day} 撤回:已恢复更新,最近更新 ${newest}`, en: `withdrawn ${day}: it publishes again, newest ${newest}` }
}
