import { vetoByPerson } from '../veto.ts'
import { G, ITEM } from './groups.ts'

export const n3b = vetoByPerson({
  id: 'N3b',
  group: G.veto,
  item: ITEM.interaction,
  clause: { zh: '存在购买“粉丝”、强制要求群众点赞等弄虚作假行为的,即单项否决。', en: 'Followers were bought, people were made to give likes, or other deceit.' },
  appliesTo: ['account'],
  needs: [{ from: 'person' }],
  sure: 'published',
  ask: { zh: '是否存在购买“粉丝”、强制点赞等弄虚作假行为?', en: 'Were followers bought or likes enforced?' },
})
