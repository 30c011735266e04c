import { columnsOf, notOpened } from '../opened.ts'
import { scored } from '../scored.ts'
import { G } from './groups.ts'

export const d1 = scored({
  id: 'D1',
  part: 'deduction',
  group: G.release,
  item: { zh: '概况信息', en: 'Overview' },
  cap: 2,
  capTenthsStateCouncil: 0,
  clause: { zh: '未开设栏目的,扣2分;信息更新不及时或内容不准确的,每发现一处,扣1分。', en: 'No such column: 2 points; out of date or wrong: 1 point each.' },
  needs: [{ from: 'observations', what: 'columns' }, { from: 'person' }],
  decided: 'assisted',
  rules: [
    { key: 'absent', text: { zh: '未开设概况信息栏目', en: 'no overview column' }, tenths: 20 },
    { key: 'wrong', text: { zh: '概况信息更新不及时或不准确(处)', en: 'overview out of date or wrong (places)' }, tenths: 10, per: 'each', by: 'person' },
  ],
  look: (facts) => ({ absent: notOpened(facts, columnsOf(facts, 'overview')) }),
})
