import { poorGuides } from '../guides.ts'
import { count, define, DOC_2019 } from '../indicator.ts'
import { G, ITEM } from './groups.ts'

export const w6c = define({
  id: 'W6c',
  part: 'veto',
  group: G.veto,
  item: ITEM.services,
  clause: {
    zh: '事项总数不足5个的,每个事项办事指南重点要素类别均缺失4类及以上的,即单项否决。',
    en: 'Where there are fewer than five services, each of their guides lacks four or more kinds of key elements.',
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
  evaluate: (facts, p, now) => poorGuides(facts, 'few', p.elements.value, p.items.value, now),
})
