import { columnsOf, notOpened } from '../opened.ts'
import { scored } from '../scored.ts'
import { G } from './groups.ts'

export const d3 = scored({
  id: 'D3',
  part: 'deduction',
  group: G.release,
  item: { zh: '领导信息', en: 'Leaders' },
  cap: 2,
  clause: { zh: '未开设栏目的,扣2分;领导姓名、简历等信息缺失或不准确的,每发现一处,扣1分。', en: 'No such column: 2 points; names or careers missing or wrong: 1 point each.' },
  needs: [{ from: 'observations', what: 'columns' }, { from: 'person' }],
  decided: 'assisted',
  rules: [
    { key: 'absent', text: { zh: '未开设领导信息栏目', en: 'no column on leaders' }, tenths: 20 },
    { key: 'wrong', text: { zh: '领导姓名、简历等缺失或不准确(处)', en: 'leaders\' names or careers missing or wrong (places)' }, tenths: 10, per: 'each', by: 'person' },
  ],
  look: (facts) => ({ absent: notOpened(facts, columnsOf(facts, 'leaders')) }),
})
