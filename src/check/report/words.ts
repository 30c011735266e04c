import { KINDS, isKind } from '../../domain/kinds.ts'
import type { Tone } from '../../export/styled.ts'
import type { Result, Score } from '../../standard/index.ts'

export const VERDICTS: Readonly<Record<Score['verdict'], string>> = { failed: '不合格', passed: '合格', undecided: '待定' }
export const VERDICT_TONE: Readonly<Record<Score['verdict'], Tone>> = { failed: 'bad', passed: 'good', undecided: 'open' }

export const ANSWERS: Readonly<Record<Result['answer'], string>> = {
  met: '符合', violated: '不符合', not_observed: '未能核查', not_applicable: '不适用', person: '待人工核查',
}
/** What the matrix prints for an answer that has no points. */
export const MARKS: Readonly<Record<Result['answer'], string>> = { met: '√', violated: '×', not_observed: '?', not_applicable: '/', person: '○' }
export const ANSWER_TONE: Readonly<Record<Result['answer'], Tone>> = { met: 'good', violated: 'bad', not_observed: 'open', not_applicable: 'muted', person: 'open' }

export const PARTS = { veto: '单项否决', deduction: '扣分指标', bonus: '加分指标', campaign: '专项规则' } as const

export const kindName = (kind: string): string => (isKind(kind) ? KINDS[kind].name.zh : kind)

/** `2026-06-01 12:00`, China's time. */
export const moment = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

/** One figure, or the range that the unseen leaves. */
export function range(score: Score): string {
  if (score.worst === null || score.best === null) return '–'
  return score.worst.shown === score.best.shown ? score.best.shown : `${score.worst.shown} ~ ${score.best.shown}`
}

/** Per cent with two decimals, half up; – of nothing. */
export function share(part: number, of: number): string {
  if (of === 0) return '–'
  const hundredths = (BigInt(part) * 20_000n + BigInt(of)) / (2n * BigInt(of))
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}%`
}
