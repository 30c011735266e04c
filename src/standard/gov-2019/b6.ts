import { workingDays } from '../indicator.ts'
import { scored } from '../scored.ts'
import { G } from './groups.ts'

export const b6 = scored({
  id: 'B6',
  part: 'bonus',
  group: G.interaction,
  item: { zh: '实时互动', en: 'Answers at once' },
  cap: 5,
  clause: { zh: '模拟用户咨询1次,1个工作日内准确答复的,加3分;提供智能问答且能准确回答的,加2分。', en: 'One test question answered rightly within one working day: 3 points; automatic answers at once, and right: 2 points.' },
  needs: [{ from: 'person' }],
  decided: 'person',
  params: { limit: workingDays(1, '答复期限', 'answered within') },
  rules: [
    { key: 'answered', text: { zh: '1个工作日内准确答复', en: 'answered rightly within one working day' }, tenths: 30, by: 'person' },
    { key: 'robot', text: { zh: '实时智能答问且准确', en: 'automatic answers, and right' }, tenths: 20, by: 'person' },
  ],
})
