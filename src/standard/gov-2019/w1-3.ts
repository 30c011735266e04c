import { hijackLeads } from '../leads.ts'
import { vetoByPerson } from '../veto.ts'
import { G, ITEM } from './groups.ts'

export const w1_3 = vetoByPerson({
  id: 'W1.3',
  group: G.veto,
  item: ITEM.serious,
  clause: { zh: '发布或链接反动、暴力、色情等内容的,即单项否决。', en: 'Seditious, violent or obscene content was published or linked to.' },
  appliesTo: ['website'],
  needs: [{ from: 'probe', probe: 'hijack' }, { from: 'person' }],
  sure: 'table',
  ask: { zh: '是否发布或链接反动、暴力、色情等内容?', en: 'Is seditious, violent or obscene content published or linked to?' },
  leads: (facts, _, now) => hijackLeads(facts, now),
})
