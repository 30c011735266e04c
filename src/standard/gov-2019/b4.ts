import { scored } from '../scored.ts'
import { G } from './groups.ts'

export const b4 = scored({
  id: 'B4',
  part: 'bonus',
  group: G.service,
  item: { zh: '服务内容', en: 'Integrated services' },
  cap: 2,
  clause: { zh: '围绕重点领域、重点事项提供专题或集成服务3项以上(含)的,加2分;1至2项的,加1分。', en: 'Three or more topical or integrated services: 2 points; one or two: 1 point.' },
  needs: [{ from: 'person' }],
  decided: 'person',
  rules: [
    { key: 'three', text: { zh: '专题或集成服务3项以上', en: 'three or more integrated services' }, tenths: 20, group: 'services', by: 'person' },
    { key: 'one', text: { zh: '专题或集成服务1至2项', en: 'one or two integrated services' }, tenths: 10, group: 'services', by: 'person' },
  ],
})
