import { dayInChina, type Day } from '../domain/date.ts'
import type { Answer } from '../domain/outcome.ts'
import type { Text } from '../domain/text.ts'
import type { Witness } from '../domain/witness.ts'
import type { Edition } from './edition.ts'
import type { ChannelFacts, Exemption } from './facts.ts'
import { applies } from './function-type.ts'
import type { Indicator, Param, Proposal } from './indicator.ts'
import type { Reason } from './reason.ts'
import type { Place, Result } from './result.ts'

/** The figures a rule was judged by: `{limit: {value: 2, unit: 'weeks'}}`. */
export type Threshold = Readonly<Record<string, { readonly value: number; readonly unit: Param['unit'] }>>

export type RuleAnswer = {
  readonly rule: string
  readonly title: Text
  readonly clause: Text
  readonly document: Text
  readonly answer: Answer
  /** First day on which the rule was broken. */
  readonly since: Day | null
  readonly newest: Day | null
  readonly witness: Witness | null
  readonly threshold: Threshold
  readonly daysOver: number | null
  readonly evidence: readonly string[]
  /** Why it is not observed. */
  readonly reason: Reason | null
  /** What was counted: columns, sightings, the other accounts. */
  readonly columns: readonly Place[]
  readonly proposes: Proposal | null
}

export type ProposalMade = {
  readonly proposal: Proposal
  readonly rule: string
  readonly clause: Text
  readonly threshold: Threshold
  readonly since: Day | null
  readonly newest: Day | null
  readonly witness: Witness | null
  readonly daysOver: number | null
  readonly evidence: readonly string[]
}

export type Judgement = {
  readonly edition: string
  /** The monitoring point. */
  readonly at: Date
  /** Rules that apply to the channel, in the edition's order. */
  readonly answers: readonly RuleAnswer[]
  readonly proposal: ProposalMade | null
  /** Set where an exemption in force holds the proposal back: shown, never silent. */
  readonly heldBack: { readonly proposal: ProposalMade; readonly exemption: Exemption } | null
}

/** What outweighs what when several rules are broken. */
const WEIGHT: Readonly<Record<Proposal, number>> = { shut_down: 3, merge: 2, rectify: 1 }

/**
 * Judges a channel by an edition's candidate rules at a moment. Pure: the same facts, edition and moment give the same
 * judgement, whenever it is run. At most one proposal a channel, the gravest; the answers list every rule.
 */
export function judge(facts: ChannelFacts, edition: Edition, now: Date): Judgement {
  const answers = edition.rules.filter((r) => isCandidateRule(r) && applies(facts.channel, r.appliesTo)).flatMap((r) => {
    const result = r.evaluate(facts, r.params, now)
    return isAnswer(result.answer) ? [answerOf(r, result, result.answer)] : []
  })
  const leading = answers.reduce<RuleAnswer | null>((best, a) => (weight(a) > (best === null ? 0 : weight(best)) ? a : best), null)
  const proposal = leading === null || leading.proposes === null || isClosed(facts) ? null : made(leading, leading.proposes)
  const today = dayInChina(now)
  const exemption = facts.channel.exemptions?.find((e) => e.from <= today && today <= e.until)
  const held = proposal !== null && exemption !== undefined ? { proposal, exemption } : null
  return { edition: edition.id, at: now, answers, proposal: held === null ? proposal : null, heldBack: held }
}

/** Vetoes and the campaign's own rules; points are the check's matter (check.ts). */
const isCandidateRule = (r: Indicator): boolean => r.off !== true && (r.part === 'veto' || r.part === 'campaign')

const isAnswer = (answer: Result['answer']): answer is Answer => answer !== 'not_applicable' && answer !== 'person'

const weight = (a: RuleAnswer): number => (a.answer === 'violated' && a.proposes !== null ? WEIGHT[a.proposes] : 0)

/** Reported closed or cancelled by its unit: nothing is left to propose; that it stays closed is watched elsewhere. */
const isClosed = (facts: ChannelFacts): boolean => facts.channel.runningStatus === 'closed' || facts.channel.runningStatus === 'cancelled'

export function thresholdOf(rule: Indicator): Threshold {
  return Object.fromEntries(Object.entries(rule.params).map(([name, p]) => [name, { value: p.value, unit: p.unit }]))
}

function answerOf(rule: Indicator, result: Result, answer: Answer): RuleAnswer {
  const { since, newest, witness, daysOver, evidence, reason, places } = result
  return {
    rule: rule.id, title: rule.item, clause: rule.clause, document: rule.document, threshold: thresholdOf(rule),
    answer, since, newest, witness, daysOver, evidence, reason, columns: places, proposes: result.advisory === true ? null : (rule.proposes ?? null),
  }
}

function made(answer: RuleAnswer, proposal: Proposal): ProposalMade {
  const { rule, clause, threshold, since, newest, witness, daysOver, evidence } = answer
  return { proposal, rule, clause, threshold, since, newest, witness, daysOver, evidence }
}
