import { define, DOC_2019 } from '../indicator.ts'
import { probe } from '../needs.ts'
import { met, notApplicable, notObserved, violated } from '../result.ts'
import { G, ITEM } from './groups.ts'

export const w6a = define({
  id: 'W6a',
  part: 'veto',
  group: G.veto,
  item: ITEM.services,
  clause: { zh: '未提供办事服务的,即单项否决。', en: 'No services are offered.' },
  document: DOC_2019,
  capTenths: null,
  appliesTo: ['website'],
  needs: [{ from: 'probe', probe: 'services' }],
  sure: 'table',
  decided: 'automatic',
  params: {},
  evaluate: (facts, _, now) => {
    if (facts.channel.publicServices === false) return notApplicable()
    const seen = probe(facts, 'services', now)
    if ('unseen' in seen) return notObserved(seen.unseen)
    if (seen.value.entry === null) return notObserved('partly_observed', { evidence: seen.evidence })
    return seen.value.entry ? met({ evidence: seen.evidence }) : violated({ evidence: seen.evidence })
  },
})
