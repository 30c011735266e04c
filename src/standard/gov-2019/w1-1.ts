import { vetoByPerson } from '../veto.ts'
import { G, ITEM } from './groups.ts'

export const w1_1 = vetoByPerson({
  id: 'W1.1',
  group: G.veto,
  item: ITEM.serious,
  clause: { zh: '出现严重表述错误的,即单项否决。', en: 'Gravely wrong wording was published.' },
  appliesTo: ['website'],
  needs: [{ from: 'person' }],
  sure: 'table',
  ask: { zh: '是否发现严重表述错误?', en: 'Was gravely wrong wording found?' },
})
