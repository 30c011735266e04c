import { vetoByPerson } from '../veto.ts'
import { G, ITEM } from './groups.ts'

export const w1_6 = vetoByPerson({
  id: 'W1.6',
  group: G.veto,
  item: ITEM.serious,
  clause: { zh: '因建设管理不当引发严重负面舆情的,即单项否决。', en: 'Bad building or upkeep of the site led to grave public criticism.' },
  appliesTo: ['website'],
  needs: [{ from: 'person' }],
  sure: 'table',
  ask: { zh: '是否因建设管理不当引发严重负面舆情?', en: 'Did bad building or upkeep lead to grave public criticism?' },
})
