import { define } from '../indicator.ts'
import { met, notObserved, violated } from '../result.ts'
import { APP, asReference, DOC_2026 } from './groups.ts'

export const a2 = define({
  id: 'A2',
  part: 'campaign',
  group: APP,
  item: { zh: '未经备案', en: 'Not filed' },
  clause: { zh: '政务移动互联网应用程序上线前应当备案并取得编号;不得要求下载、使用未备案的应用程序。', en: 'An application is to be filed and numbered before it goes online; nobody may be told to use one that is not.' },
  document: DOC_2026,
  capTenths: null,
  appliesTo: ['app', 'mini_program'],
  needs: [{ from: 'observations', what: 'register' }],
  sure: 'two_sources',
  decided: 'automatic',
  proposes: 'rectify',
  params: {},
  evaluate: (facts) => {
    const filing = facts.channel.filingStatus
    const answer = filing === 'filed' || filing === 'exempt' ? met() : filing === 'unfiled' ? violated() : notObserved('person_needed')
    return asReference(facts, answer)
  },
})
