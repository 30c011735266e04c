import { LOOKED_WITHIN, months, span } from '../indicator.ts'
import { columnsOf, notOpened, notUpdated } from '../opened.ts'
import { scored } from '../scored.ts'
import { G } from './groups.ts'

export const d6 = scored({
  id: 'D6',
  part: 'deduction',
  group: G.release,
  item: { zh: '政策解读', en: 'Interpretation of policy' },
  cap: 5,
  clause: { zh: '未开设栏目的,扣5分;监测时间点前6个月内政策解读类一级栏目未更新的,扣5分。', en: 'No such column: 5 points; the first-level column not updated in six months: 5 points.' },
  needs: [{ from: 'observations', what: 'columns' }],
  decided: 'automatic',
  params: { limit: months(6, '政策解读类栏目更新期限', 'interpretation columns updated within'), looked: LOOKED_WITHIN },
  rules: [
    { key: 'absent', text: { zh: '未开设政策解读栏目', en: 'no interpretation column' }, tenths: 50 },
    { key: 'stale', text: { zh: '政策解读类栏目6个月内未更新', en: 'interpretation columns not updated within six months' }, tenths: 50 },
  ],
  look: (facts, p, now) => {
    const columns = columnsOf(facts, 'interpretation', true)
    return { absent: notOpened(facts, columnsOf(facts, 'interpretation')), stale: notUpdated(columns, span(p.limit), now, p.looked.value) }
  },
})
