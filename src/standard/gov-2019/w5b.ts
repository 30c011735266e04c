import { addMonths, dayInChina, lastGoodDay } from '../../domain/date.ts'
import { define, DOC_2019, months, span, years } from '../indicator.ts'
import { probe } from '../needs.ts'
import { evidenceOf, firstBadDay, met, notObserved, violated, type Place } from '../result.ts'
import { G, ITEM } from './groups.ts'

/** Which letters are valid (有效留言) a person may judge; what the site itself lists as unanswered is what is counted. */
export const w5b = define({
  id: 'W5b',
  part: 'veto',
  group: G.veto,
  item: ITEM.interaction,
  clause: {
    zh: '监测时间点前1年内,政务咨询类栏目(在线访谈、调查征集、网上信访、纪检举报类栏目除外)存在超过3个月未回应有效留言现象的,即单项否决。',
    en: 'Within the year before the monitoring point, a valid message in a consultation column stood unanswered for more than three months.',
  },
  document: DOC_2019,
  capTenths: null,
  appliesTo: ['website'],
  needs: [{ from: 'probe', probe: 'letters' }],
  sure: 'table',
  decided: 'automatic',
  params: { limit: months(3, '留言回应期限', 'a message answered within'), back: years(1, '回溯期', 'looking back') },
  evaluate: (facts, p, now) => {
    const seen = probe(facts, 'letters', now)
    if ('unseen' in seen) return notObserved(seen.unseen)
    const today = dayInChina(now)
    const from = addMonths(today, -12 * p.back.value)
    const late = seen.value.letters.flatMap((l): Place[] => {
      if (l.askedOn === null || l.askedOn < from || l.askedOn > today || l.answer || l.answeredOn !== null) return []
      const lastGood = lastGoodDay(l.askedOn, span(p.limit))
      return lastGood < today ? [{ name: l.title, url: l.url, answer: 'violated', reason: null, newest: null, daysOver: null, since: firstBadDay(lastGood) }] : []
    })
    if (late.length > 0) {
      const since = late.map((x) => x.since ?? today).sort()[0] ?? null
      return violated({ places: late, since, evidence: evidenceOf(seen.evidence) })
    }
    const whole = seen.value.complete && seen.value.letters.every((l) => l.askedOn !== null)
    return whole ? met({ evidence: seen.evidence }) : notObserved('partly_observed', { evidence: seen.evidence })
  },
})
