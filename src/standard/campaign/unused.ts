import { accountAge } from '../accounts.ts'
import { days, define, hours, LOOKED_WITHIN, months, span } from '../indicator.ts'
import { CAMPAIGN, PRACTICE } from './groups.ts'

export const unused = define({
  id: 'unused',
  part: 'campaign',
  group: CAMPAIGN,
  item: { zh: '工作群组长期不用', en: 'Work group long unused' },
  clause: {
    zh: '工作群组3个月内未使用的,提出解散建议(以单位填报的最后使用日期为准)。',
    en: 'A work group not used for three months is proposed for dissolution, by the last use that the unit states.',
  },
  document: PRACTICE,
  capTenths: null,
  appliesTo: ['group'],
  needs: [{ from: 'observations', what: 'posts' }],
  sure: 'derived',
  decided: 'automatic',
  proposes: 'shut_down',
  params: {
    limit: months(3, '群组闲置期限', 'unused for'),
    looked: LOOKED_WITHIN,
    attestation: days(30, '单位填报有效期', "how long a unit's statement stands"),
    confirm: hours(24, '两次确认的最短间隔', 'shortest interval between two sightings'),
  },
  evaluate: (facts, p, now) =>
    accountAge(facts, span(p.limit), now, { looked: p.looked.value, attestation: p.attestation.value, confirm: p.confirm.value }),
})
