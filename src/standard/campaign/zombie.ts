import { accountAge } from '../accounts.ts'
import { days, define, hours, LOOKED_WITHIN, months, span } from '../indicator.ts'
import { CAMPAIGN, PRACTICE } from './groups.ts'

export const zombie = define({
  id: 'zombie',
  part: 'campaign',
  group: CAMPAIGN,
  item: { zh: '“僵尸”账号', en: 'Zombie account' },
  clause: {
    zh: '政务新媒体连续3个月无更新的,认定为“僵尸”“睡眠”账号;确属无力维护的要坚决关停。',
    en: 'An account without any publication for three months is a zombie; what cannot be kept up is to be shut down.',
  },
  document: PRACTICE,
  capTenths: null,
  appliesTo: ['publishing'],
  needs: [{ from: 'observations', what: 'posts' }],
  sure: 'published',
  decided: 'automatic',
  proposes: 'shut_down',
  params: {
    limit: months(3, '“僵尸”账号认定期限', 'zombie after'),
    looked: LOOKED_WITHIN,
    attestation: days(30, '单位填报有效期', "how long a unit's statement stands"),
    confirm: hours(24, '两次确认的最短间隔', 'shortest interval between two sightings'),
  },
  evaluate: (facts, p, now) =>
    accountAge(facts, span(p.limit), now, { looked: p.looked.value, attestation: p.attestation.value, confirm: p.confirm.value }),
})
