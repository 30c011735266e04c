import { daysBetween } from '../../domain/date.ts'
import type { Day } from '../../domain/date.ts'
import { OUTCOMES } from '../../domain/outcome.ts'
import type { Answer } from '../../domain/outcome.ts'
import { fill } from '../../domain/text.ts'
import type { Text } from '../../domain/text.ts'
import { reasonText } from '../../standard/index.ts'
import type { Judgement, RuleAnswer } from '../../standard/index.ts'
import { knownOutcome } from '../known-outcome.ts'

export type Verdict = {
  /** `ended`: closed or merged. `waiting`: paused or never visited. `held`: broken, yet exempted. */
  readonly kind: 'ended' | 'waiting' | 'violated' | 'held' | 'met' | 'not_observed'
  /** What stands, with its reason, in one sentence. */
  readonly sentence: Text
  readonly proposal: string | null
  readonly answers: readonly {
    readonly rule: string; readonly title: Text; readonly clause: Text; readonly document: Text; readonly answer: Answer; readonly reason: Text | null
    readonly since: Day | null; readonly newest: Day | null; readonly daysOver: number | null
  }[]
}

const PROPOSALS: Readonly<Record<string, Text>> = { rectify: { zh: '建议整改', en: 'Rectify' }, merge: { zh: '建议整合', en: 'Merge' }, shut_down: { zh: '建议关停', en: 'Shut down' } }

type About = { readonly state: string; readonly lastOutcome: string | null; readonly lastVisitAt: string | null; readonly newestOn: Day | null }

/** The judgement of this moment in words that a person reads first. Of what has ended or waits, that is said and no more. */
export function verdictOf(channel: About, judgement: Judgement, today: Day): Verdict {
  const answers = judgement.answers.map((a) => ({
    rule: a.rule, title: a.title, clause: a.clause, document: a.document, answer: a.answer, reason: a.reason === null ? null : reasonText(a.reason),
    since: a.since, newest: a.newest, daysOver: a.daysOver,
  }))
  const say = (kind: Verdict['kind'], sentence: Text, proposal: string | null = null): Verdict => ({ kind, sentence, proposal, answers })
  if (channel.state === 'closed') return say('ended', { zh: '已关停;仍每30天查看一次是否重新启用。', en: 'Shut down; still looked at every 30 days in case it returns.' })
  if (channel.state === 'merged') return say('ended', { zh: '已整合;仍每30天查看一次是否重新启用。', en: 'Merged; still looked at every 30 days in case it returns.' })
  const made = judgement.proposal ?? judgement.heldBack?.proposal ?? null
  if (made !== null) {
    const over = made.daysOver === null ? { zh: '', en: '' } : { zh: `,已超期 ${made.daysOver} 天`, en: `, ${made.daysOver} days over` }
    const held = judgement.heldBack
    const values = { proposal: made.proposal, rule: made.rule }
    const what = PROPOSALS[made.proposal] ?? { zh: made.proposal, en: made.proposal }
    const title = judgement.answers.find((a) => a.rule === made.rule)?.title ?? made.clause
    const sentence = fill({ zh: `${what.zh}:${title.zh}(${made.rule})${over.zh}${held === null ? '' : `;豁免至 ${held.exemption.until}(${held.exemption.reason})`}。`, en: `${what.en}: ${title.en} (${made.rule})${over.en}${held === null ? '' : `; exempted until ${held.exemption.until} (${held.exemption.reason})`}.` }, values)
    return say(held === null ? 'violated' : 'held', sentence, made.proposal)
  }
  if (channel.state === 'paused') return say('waiting', { zh: '已暂停巡检,暂不作判断。', en: 'Paused: not visited, not judged.' })
  if (channel.lastVisitAt === null) return say('waiting', { zh: '尚未巡检,还不能判断。', en: 'Not visited yet, so nothing can be said.' })
  const unseen = judgement.answers.filter((a) => a.answer === 'not_observed')
  const newest = channel.newestOn === null ? null : { on: channel.newestOn, days: daysBetween(channel.newestOn, today) }
  const fresh: Text = newest === null ? { zh: '', en: '' } : { zh: `最近更新 ${newest.on}(${newest.days} 天前)`, en: `newest publication ${newest.on} (${newest.days} days ago)` }
  const outcome = OUTCOMES[knownOutcome(channel.lastOutcome)]
  if (outcome.group === 'not_observed') {
    return say('not_observed', { zh: `未能观测:${outcome.name.zh};${outcome.advice.zh}${fresh.zh === '' ? '' : `。上次看到的${fresh.zh}`}。`, en: `Not observed: ${outcome.name.en}; ${outcome.advice.en}${fresh.en === '' ? '' : `. Last seen: ${fresh.en}`}.` })
  }
  const decisive = unseen.filter((a) => a.proposes !== null)
  if (unseen.length === judgement.answers.length && unseen[0] !== undefined) return say('not_observed', because(unseen[0]))
  const open: Text = decisive.length === 0 ? { zh: '', en: '' } : { zh: `;另有 ${decisive.length} 项暂不能判断`, en: `; ${decisive.length} questions are still open` }
  return say('met', { zh: `未发现违反条款${fresh.zh === '' ? '' : `:${fresh.zh}`}${open.zh}。`, en: `No clause is broken${fresh.en === '' ? '' : `: ${fresh.en}`}${open.en}.` })
}

function because(a: RuleAnswer): Text {
  const why = a.reason === null ? { zh: '原因不明', en: 'for an unknown reason' } : reasonText(a.reason)
  return { zh: `暂不能判断:${why.zh}。`, en: `Nothing can be said yet: ${why.en}.` }
}
