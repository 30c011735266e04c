import { fill } from '../../domain/text.ts'
import { availability } from '../availability.ts'
import type { ChannelFacts, VisitFact } from '../facts.ts'
import { count, days, define, DOC_2019, ms, percent } from '../indicator.ts'
import { probe } from '../needs.ts'
import { met, notObserved, violated } from '../result.ts'
import { G, ITEM } from './groups.ts'

const SUMMARY = {
  zh: '{from}至{until}访问{samples}次,打不开{failures}次(另有{leftOut}次不计)',
  en: '{samples} visits from {from} to {until}, {failures} of them not opened ({leftOut} more left out)',
}

/** The availability probe's own series where it ran, else the ordinary visits (too few, unless a policy asks for 20 a day). */
function series(facts: ChannelFacts, now: Date): readonly VisitFact[] {
  const seen = probe(facts, 'availability', now)
  return 'unseen' in seen ? facts.visits : seen.value.samples
}

export const w2 = define({
  id: 'W2',
  part: 'veto',
  group: G.veto,
  item: ITEM.unreachable,
  clause: {
    zh: '监测1周,每天间隔性访问20次以上,超过(含)15秒网站仍打不开的次数累计占比超过(含)5%,即单项否决。',
    en: 'Watched for one week with at least 20 spaced visits a day, the site had not opened after 15 seconds (inclusive) in 5 % (inclusive) or more of the visits.',
  },
  document: DOC_2019,
  capTenths: null,
  appliesTo: ['website'],
  needs: [{ from: 'probe', probe: 'availability' }],
  sure: 'table',
  decided: 'automatic',
  params: {
    days: days(7, '监测天数', 'days watched'),
    visits: count(20, '每天访问次数', 'visits a day'),
    limit: ms(15_000, '打开时限(含)', 'time to open, inclusive'),
    percent: percent(5, '打不开次数占比(含)', 'share of failures, inclusive'),
  },
  evaluate: (facts, p, now) => {
    const s = availability(series(facts, now), { days: p.days.value, visitsPerDay: p.visits.value, limitMs: p.limit.value, percent: p.percent.value }, now)
    if (s.from === null || s.until === null) return notObserved('too_few_samples')
    if (s.answer === 'not_observed') return notObserved('one_vantage')
    const { samples, failures, leftOut } = s
    const note = fill(SUMMARY, { from: s.from, until: s.until, samples, failures, leftOut })
    const place = { name: facts.channel.name, url: facts.channel.address ?? null, reason: null, newest: null, daysOver: null, since: s.from, note }
    if (s.answer === 'violated') return violated({ since: s.from, places: [{ ...place, answer: 'violated' }], evidence: facts.probes?.['availability']?.evidence ?? [] })
    return met({ places: [{ ...place, answer: 'met' }] })
  },
})
