import { accountAge } from '../accounts.ts'
import { days, define, DOC_2019, hours, LOOKED_WITHIN, span, weeks } from '../indicator.ts'
import { G, ITEM } from './groups.ts'

export const n2a = define({
  id: 'N2a',
  part: 'veto',
  group: G.veto,
  item: ITEM.contentStale,
  clause: { zh: '监测时间点前2周内无更新的,即单项否决。', en: 'Nothing published in the two weeks before the monitoring point.' },
  document: DOC_2019,
  capTenths: null,
  appliesTo: ['publishing'],
  needs: [{ from: 'observations', what: 'posts' }],
  sure: 'two_sources',
  decided: 'automatic',
  proposes: 'rectify',
  params: {
    limit: weeks(2, '内容更新期限', 'content updated within'),
    looked: LOOKED_WITHIN,
    attestation: days(30, '单位填报有效期', "how long a unit's statement stands"),
    confirm: hours(24, '两次确认的最短间隔', 'shortest interval between two sightings'),
  },
  evaluate: (facts, p, now) =>
    accountAge(facts, span(p.limit), now, { looked: p.looked.value, attestation: p.attestation.value, confirm: p.confirm.value }),
})
