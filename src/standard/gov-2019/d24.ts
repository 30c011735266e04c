import { months, workingDays } from '../indicator.ts'
import { scored } from '../scored.ts'
import { G } from './groups.ts'

export const d24 = scored({
  id: 'D24',
  part: 'deduction',
  group: G.function,
  item: { zh: '找错办理', en: 'Dealing with reported errors' },
  cap: 3,
  clause: { zh: '监测时间点前6个月内,网民通过“我为政府网站找错”提交的留言超过3个工作日未答复的,每条扣1分;答复推诿、敷衍的,每条扣1分。', en: 'In the last six months: reported errors not answered within three working days, 1 point each; evasive answers, 1 point each.' },
  needs: [{ from: 'person' }],
  decided: 'person',
  params: { limit: workingDays(3, '找错留言答复期限', 'answered within'), back: months(6, '回溯期', 'looking back') },
  rules: [
    { key: 'late', text: { zh: '超过3个工作日未答复(条)', en: 'not answered within three working days' }, tenths: 10, per: 'each', by: 'person' },
    { key: 'evasive', text: { zh: '答复推诿敷衍(条)', en: 'evasive answers' }, tenths: 10, per: 'each', by: 'person' },
  ],
})
