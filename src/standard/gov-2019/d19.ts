import { workingDays } from '../indicator.ts'
import { scored } from '../scored.ts'
import { G } from './groups.ts'

export const d19 = scored({
  id: 'D19',
  part: 'deduction',
  group: G.interaction,
  item: { zh: '办理答复', en: 'Answering' },
  cap: 7,
  clause: { zh: '模拟用户咨询2次:5个工作日内未答复的,每次扣4分;答复推诿、敷衍的,每次扣4分。', en: 'Two test questions: not answered within five working days, 4 points each; evasive, 4 points each.' },
  needs: [{ from: 'person' }],
  decided: 'person',
  params: { limit: workingDays(5, '答复期限', 'answered within') },
  rules: [
    { key: 'late', text: { zh: '5个工作日内未答复(次)', en: 'not answered within five working days (times)' }, tenths: 40, per: 'each', most: 2, by: 'person' },
    { key: 'evasive', text: { zh: '答复推诿敷衍(次)', en: 'evasive answers (times)' }, tenths: 40, per: 'each', most: 2, by: 'person' },
  ],
})
