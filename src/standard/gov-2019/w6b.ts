import { poorGuides } from '../guides.ts'
import { count, define, DOC_2019 } from '../indicator.ts'
import { G, ITEM } from './groups.ts'

export const w6b = define({
  id: 'W6b',
  part: 'veto',
  group: G.veto,
  item: ITEM.services,
  clause: {
    zh: '办事指南重点要素类别(事项名称、设定依据、申请条件、办理材料、办理地点、办理机构、收费标准、办理时间、联系电话、办理流程)缺失4类及以上的事项数量超过(含)5个的,即单项否决。',
    en: 'Five or more guides lack four or more of the ten kinds of key elements.',
  },
  document: DOC_2019,
  capTenths: null,
  appliesTo: ['website'],
  needs: [{ from: 'probe', probe: 'services' }],
  sure: 'table',
  decided: 'automatic',
  params: {
    elements: count(4, '缺失要素类别数(含)', 'kinds of elements missing, inclusive'),
    items: count(5, '事项数量', 'services'),
  },
  evaluate: (facts, p, now) => poorGuides(facts, 'many', p.elements.value, p.items.value, now),
})
