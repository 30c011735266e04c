import { vetoByPerson } from '../veto.ts'
import { G, ITEM } from './groups.ts'

export const n1 = vetoByPerson({
  id: 'N1',
  group: G.veto,
  item: ITEM.serious,
  clause: {
    zh: '出现严重表述错误、泄露国家秘密、发布或链接反动暴力色情等内容、引发严重负面舆情等安全、泄密事故等严重问题的,即单项否决。',
    en: 'Gravely wrong wording, disclosed secrets, harmful content, grave public criticism, and the like.',
  },
  appliesTo: ['account'],
  needs: [{ from: 'person' }],
  sure: 'published',
  ask: { zh: '是否发现严重表述错误、泄密、有害内容或引发严重负面舆情?', en: 'Was gravely wrong wording, a leak, harmful content or grave public criticism found?' },
})
