import { vetoByPerson } from '../veto.ts'
import { G, ITEM } from './groups.ts'

export const w1_2 = vetoByPerson({
  id: 'W1.2',
  group: G.veto,
  item: ITEM.serious,
  clause: { zh: '泄露国家秘密的,即单项否决。', en: 'A state secret was disclosed.' },
  appliesTo: ['website'],
  needs: [{ from: 'person' }],
  sure: 'table',
  ask: { zh: '是否发现泄露国家秘密?', en: 'Was a state secret disclosed?' },
})
