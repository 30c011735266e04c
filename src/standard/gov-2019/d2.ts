import { columnsOf, notOpened } from '../opened.ts'
import { holds, scored } from '../scored.ts'
import { G } from './groups.ts'

export const d2 = scored({
  id: 'D2',
  part: 'deduction',
  group: G.release,
  item: { zh: '机构职能', en: 'Organisation and functions' },
  cap: 2,
  capTenthsStateCouncil: 40,
  clause: { zh: '未开设栏目的,扣2分(国务院部门扣4分);信息不准确的,每发现一处,扣1分。', en: 'No such column: 2 points (4 for State Council departments); wrong: 1 point each.' },
  needs: [{ from: 'observations', what: 'columns' }, { from: 'person' }],
  decided: 'assisted',
  rules: [
    { key: 'absent', text: { zh: '未开设机构职能栏目', en: 'no column on organisation and functions' }, tenths: 20 },
    { key: 'absent_department', text: { zh: '国务院部门未开设,再扣2分', en: 'no such column on a State Council department\'s site: 2 more' }, tenths: 20 },
    { key: 'wrong', text: { zh: '机构职能信息不准确(处)', en: 'organisation and functions wrong (places)' }, tenths: 10, per: 'each', by: 'person' },
  ],
  look: (facts) => {
    const absent = notOpened(facts, columnsOf(facts, 'organisation'))
    return { absent, absent_department: facts.channel.stateCouncil === true ? absent : holds(false) }
  },
})
