import { daysBetween, dayInChina } from '../domain/date.ts'
import { OUTCOMES } from '../domain/outcome.ts'
import type { Source, SourceResult, Task } from './types.ts'

/**
 * The unit's own dated statement: the last means, and the only one for what nobody may crawl. It ages: older than
 * 30 days it is not observed. It is shown as attested, never as seen.
 */
export const attestation: Source = {
  id: 'attestation',
  tier: 'attestation',
  needs: ['attestation'],
  sees: ['freshness'],
  sure: 'seen',
  note: {
    zh: '单位填报最近发布（使用）日期，附链接或截图；30 天内有效，抽查核实，只显示为“单位自述”',
    en: 'the unit states its last publication (or use) with a link or screenshot; valid for 30 days, spot-checked, shown as attested only',
  },
  read: attested,
}

function attested(task: Task): SourceResult {
  const said = task.attestation
  const none = { source: 'attestation', newest: null, witness: null, posts: [], reach: 'none' as const }
  if (said === null || said === undefined) {
    return { ...none, outcome: 'not_attested', detail: 'nothing attested', advice: OUTCOMES.not_attested.advice }
  }
  const today = dayInChina(task.now)
  const age = daysBetween(said.statedOn, today)
  const limit = task.attestationDays ?? 30
  if (age > limit) {
    return {
      ...none, outcome: 'attestation_expired', advice: OUTCOMES.attestation_expired.advice,
      detail: `stated on ${said.statedOn}, ${age} days ago; valid for ${limit}`,
    }
  }
  const where = said.statedBy === undefined ? 'attestation' : `attestation by ${said.statedBy}`.slice(0, 120)
  // A statement about a day that has not come yet, or made tomorrow, testifies to nothing.
  if (daysBetween(said.newestOn, today) < -1 || age < -1) {
    return {
      ...none, outcome: 'not_attested', advice: OUTCOMES.not_attested.advice,
      witness: { source: 'attestation', day: null, raw: said.newestOn, where, doubt: 'future' },
      detail: `the attested day ${said.newestOn} lies in the future`,
    }
  }
  return {
    ...none, outcome: 'attested', reach: 'timeline', newest: said.newestOn, advice: OUTCOMES.attested.advice,
    witness: { source: 'attestation', day: said.newestOn, raw: said.newestOn, where },
    detail: `stated on ${said.statedOn}`,
  }
}
