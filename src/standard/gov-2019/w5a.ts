import { isObserved } from '../../domain/outcome.ts'
import { define, DOC_2019 } from '../indicator.ts'
import { met, notObserved, violated } from '../result.ts'
import { G, ITEM } from './groups.ts'

/** A finding, not a candidate by itself: an entry may hide behind a picture. Hence “none” only from a whole reading. */
export const w5a = define({
  id: 'W5a',
  part: 'veto',
  group: G.veto,
  item: ITEM.interaction,
  clause: {
    zh: '未提供网上有效咨询建言渠道(网上信访、纪检举报等专门渠道除外)的,即单项否决。',
    en: 'No working channel for consultation and advice online (special ones for petitions or discipline do not count).',
  },
  document: DOC_2019,
  capTenths: null,
  appliesTo: ['website'],
  needs: [{ from: 'observations', what: 'consultation' }, { from: 'probe', probe: 'interaction' }],
  sure: 'table',
  decided: 'automatic',
  params: {},
  evaluate: (facts) => {
    const seen = facts.consultation
    if (seen === undefined) return notObserved('not_visited')
    const places = seen.entries.map((e) => ({ name: e.text, url: e.url, answer: 'met' as const, reason: null, newest: null, daysOver: null, since: null }))
    if (places.length > 0) return met({ places, evidence: seen.evidence })
    if (!isObserved(seen.outcome) || seen.outcome === 'moved') return notObserved(seen.outcome)
    return seen.wholeHomeRead ? violated({ evidence: seen.evidence }) : notObserved('partly_observed', { evidence: seen.evidence })
  },
})
