import { scored } from '../scored.ts'
import { G } from './groups.ts'

export const b3 = scored({
  id: 'B3',
  part: 'bonus',
  group: G.service,
  item: { zh: '服务功能', en: 'Rating of services' },
  cap: 2,
  clause: { zh: '提供服务评价功能的,加1分;公布评价结果的,加1分。', en: 'Services can be rated: 1 point; the ratings are published: 1 point.' },
  needs: [{ from: 'person' }],
  decided: 'person',
  rules: [
    { key: 'rating', text: { zh: '提供服务评价', en: 'services can be rated' }, tenths: 10, by: 'person' },
    { key: 'published', text: { zh: '公布评价结果', en: 'ratings are published' }, tenths: 10, by: 'person' },
  ],
})
