import type { Text } from './text.ts'

/**
 * The life of a candidate, in one place: which steps are legal from where, and where they lead. People take every step
 * but `withdraw`, which is the program's own when a channel recovers before anybody acted.
 */
export const STATES = {
  open: { zh: '待研判', en: 'open' },
  ordered: { zh: '已责令整改', en: 'ordered to rectify' },
  answered: { zh: '单位已反馈', en: 'answered by the unit' },
  to_merge: { zh: '拟整合', en: 'to be merged' },
  to_shut_down: { zh: '拟关停', en: 'to be shut down' },
  contested: { zh: '单位申诉中', en: 'contested by the unit' },
  escalated: { zh: '已升级督办', en: 'escalated' },
  exempted: { zh: '已豁免', en: 'exempted' },
  dismissed: { zh: '已排除', en: 'dismissed' },
  rectified: { zh: '已整改', en: 'rectified' },
  merged: { zh: '已整合', en: 'merged' },
  shut_down: { zh: '已关停', en: 'shut down' },
  kept: { zh: '保留备案', en: 'kept and filed' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
} as const satisfies Record<string, Text>

export type State = keyof typeof STATES

/** States in which nothing more is due; `reopen` leads out of them. */
export const SETTLED: readonly State[] = ['exempted', 'dismissed', 'rectified', 'merged', 'shut_down', 'kept', 'withdrawn']

export const STEPS = {
  dismiss: { zh: '排除', en: 'dismiss' },
  exempt: { zh: '豁免', en: 'exempt until a date' },
  order: { zh: '责令整改', en: 'order to rectify' },
  plan_merge: { zh: '拟整合', en: 'plan to merge' },
  plan_shut_down: { zh: '拟关停', en: 'plan to shut down' },
  keep: { zh: '保留备案', en: 'keep and file' },
  answer: { zh: '单位反馈', en: 'answer by the unit' },
  contest: { zh: '单位申诉', en: 'contest' },
  uphold: { zh: '维持原决定', en: 'uphold' },
  pass: { zh: '复查通过', en: 're-check passed' },
  fail: { zh: '复查不通过', en: 're-check failed' },
  extend: { zh: '延期', en: 'extend the deadline' },
  escalate: { zh: '升级督办', en: 'escalate' },
  confirm_merged: { zh: '确认已整合', en: 'confirm merged' },
  confirm_shut_down: { zh: '确认已关停', en: 'confirm shut down' },
  reopen: { zh: '重新研判', en: 'reopen' },
} as const satisfies Record<string, Text>

export type Step = keyof typeof STEPS

/** `uphold` leads back to what was contested: the only step whose end depends on more than where it starts. */
type Target = State | 'contested_from'

export const LIFE: Readonly<Partial<Record<State, Readonly<Partial<Record<Step, Target>>>>>> = {
  open: { dismiss: 'dismissed', exempt: 'exempted', order: 'ordered', plan_merge: 'to_merge', plan_shut_down: 'to_shut_down', keep: 'kept' },
  ordered: { answer: 'answered', contest: 'contested', pass: 'rectified', extend: 'ordered', escalate: 'escalated', exempt: 'exempted', dismiss: 'dismissed' },
  answered: { pass: 'rectified', fail: 'ordered', escalate: 'escalated', keep: 'kept', plan_shut_down: 'to_shut_down', plan_merge: 'to_merge' },
  to_merge: { contest: 'contested', confirm_merged: 'merged', extend: 'to_merge', escalate: 'escalated' },
  to_shut_down: { contest: 'contested', confirm_shut_down: 'shut_down', extend: 'to_shut_down', escalate: 'escalated' },
  contested: { uphold: 'contested_from', dismiss: 'dismissed', keep: 'kept', order: 'ordered', exempt: 'exempted' },
  escalated: { order: 'ordered', plan_merge: 'to_merge', plan_shut_down: 'to_shut_down', pass: 'rectified', keep: 'kept', dismiss: 'dismissed' },
  ...Object.fromEntries((['exempted', 'dismissed', 'rectified', 'merged', 'shut_down', 'kept', 'withdrawn'] as const).map((s) => [s, { reopen: 'open' } as const])),
}

export function isState(text: string): text is State {
  return Object.hasOwn(STATES, text)
}

/** The steps that are legal from a state. */
export function legalSteps(from: State): Step[] {
  return Object.keys(LIFE[from] ?? {}) as Step[]
}

/** What takes a step back within the grace: a step of its own in the trail, so that nothing is erased. */
export const UNDO = { zh: '撤销上一步', en: 'take the last step back' } as const satisfies Text

/** How long whoever took a step may take it back, in minutes. */
export const GRACE_MINUTES = 10

/** A step's name as people read it; what is unknown is shown as it is. */
export function stepName(step: string): Text {
  if (step === 'undo') return UNDO
  return Object.hasOwn(STEPS, step) ? STEPS[step as Step] : { zh: step, en: step }
}

/** What is proposed for a channel. */
export const PROPOSALS = {
  rectify: { zh: '整改', en: 'rectify' },
  merge: { zh: '整合', en: 'merge' },
  shut_down: { zh: '关停', en: 'shut down' },
} as const satisfies Record<string, Text>
export type Proposal = keyof typeof PROPOSALS
