import { LIFE, STATES, STEPS, legalSteps } from '../domain/candidate.ts'
import type { State, Step } from '../domain/candidate.ts'
import { HuoshuiError } from '../domain/error.ts'

export { SETTLED, STATES, STEPS, isState, legalSteps } from '../domain/candidate.ts'
export type { State, Step } from '../domain/candidate.ts'

/**
 * Where a step leads. `contestedFrom` is the state the contest was raised against. Throws `conflict` for an illegal
 * step, with the legal ones named.
 */
export function advance(from: State, step: Step, contestedFrom: State | null = null): State {
  const to = LIFE[from]?.[step]
  if (to === 'contested_from' && contestedFrom !== null) return contestedFrom
  if (to !== undefined && to !== 'contested_from') return to
  const legal = legalSteps(from)
  throw new HuoshuiError('conflict', {
    zh: `“${STATES[from].zh}”状态下不能“${STEPS[step].zh}”,可以:${legal.map((s) => STEPS[s].zh).join('、')}`,
    en: `a candidate that is ${STATES[from].en} cannot take the step “${STEPS[step].en}”; legal steps: ${legal.join(', ')}`,
  }, { details: legal })
}
