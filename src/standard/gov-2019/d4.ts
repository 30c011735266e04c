import { LOOKED_WITHIN, weeks, span } from '../indicator.ts'
import { columnsOf, notOpened, notUpdated } from '../opened.ts'
import { scored } from '../scored.ts'
import { G } from './groups.ts'

export const d4 = scored({
  id: 'D4',
  part: 'deduction',
  group: G.release,
  item: { zh: '动态要闻', en: 'News' },
  cap: 5,
  clause: { zh: '未开设栏目的,扣5分;监测时间点前2周内未更新的,扣5分。', en: 'No such column: 5 points; not updated in the two weeks before the monitoring point: 5 points.' },
  needs: [{ from: 'observations', what: 'columns' }],
  decided: 'automatic',
  params: { limit: weeks(2, '动态要闻类栏目更新期限', 'news columns updated within'), looked: LOOKED_WITHIN },
  rules: [
    { key: 'absent', text: { zh: '未开设动态要闻栏目', en: 'no news column' }, tenths: 50 },
    { key: 'stale', text: { zh: '动态要闻类栏目2周内未更新', en: 'news columns not updated within two weeks' }, tenths: 50 },
  ],
  look: (facts, p, now) => {
    const columns = columnsOf(facts, 'news')
    return { absent: notOpened(facts, columnsOf(facts, 'news')), stale: notUpdated(columns, span(p.limit), now, p.looked.value) }
  },
})
