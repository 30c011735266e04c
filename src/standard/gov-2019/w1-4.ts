import { hijackLeads } from '../leads.ts'
import { vetoByPerson } from '../veto.ts'
import { G, ITEM } from './groups.ts'

export const w1_4 = vetoByPerson({
  id: 'W1.4',
  group: G.veto,
  item: ITEM.serious,
  clause: {
    zh: '对安全攻击(如挂马、篡改等)没有及时有效处置造成严重安全事故的,即单项否决。',
    en: 'An attack (malware, defacement) was not dealt with in time and led to a grave incident.',
  },
  appliesTo: ['website'],
  needs: [{ from: 'probe', probe: 'hijack' }, { from: 'person' }],
  sure: 'table',
  ask: { zh: '是否因未及时处置安全攻击造成严重安全事故?', en: 'Did an attack that was not dealt with lead to a grave incident?' },
  leads: (facts, _, now) => hijackLeads(facts, now),
})
