import { LOOKED_WITHIN, months, span, type Param } from '../indicator.ts'
import { columnsOf, notOpened, notUpdated } from '../opened.ts'
import { evidenceOf } from '../result.ts'
import { holds, scored, type Tally } from '../scored.ts'
import { G } from './groups.ts'

export const b1 = scored({
  id: 'B1',
  part: 'bonus',
  group: G.release,
  item: { zh: '数据发布', en: 'Publishing data' },
  cap: 4,
  clause: { zh: '数据发布栏目3个月内有更新的,加2分(3个月以上6个月以内有更新的,加1分);6个月内以图表图解等形式展现、解读数据的,加1分;定期更新数据集并提供下载或可用数据接口的,加1分。', en: 'Data column updated within three months: 2 points (three to six months: 1); data shown as charts within six months: 1; data sets updated regularly, to download or by interface: 1.' },
  needs: [{ from: 'observations', what: 'columns' }, { from: 'person' }],
  decided: 'assisted',
  params: { quarter: months(3, '数据栏目更新期限(加2分)', 'data columns updated within, for 2 points'), half: months(6, '数据栏目更新期限(加1分)', 'data columns updated within, for 1 point'), looked: LOOKED_WITHIN },
  rules: [
    { key: 'quarter', text: { zh: '数据发布栏目3个月内有更新', en: 'data column updated within three months' }, tenths: 20, group: 'updated' },
    { key: 'half', text: { zh: '数据发布栏目6个月内有更新', en: 'data column updated within six months' }, tenths: 10, group: 'updated' },
    { key: 'charts', text: { zh: '6个月内以图表图解展现数据', en: 'data shown as charts within six months' }, tenths: 10, by: 'person' },
    { key: 'sets', text: { zh: '定期更新数据集并可下载或有接口', en: 'data sets updated regularly, to download or by interface' }, tenths: 10, by: 'person' },
  ],
  look: (facts, p, now) => {
    const columns = columnsOf(facts, 'data')
    const fresh = (limit: Param): Tally => {
      if (columns.length === 0) {
        const absent = notOpened(facts, columns)
        return 'unseen' in absent ? absent : holds(false)
      }
      const stale = notUpdated(columns, span(limit), now, p.looked.value)
      return 'unseen' in stale ? stale : holds(stale.count === 0, { evidence: evidenceOf(...columns.map((c) => c.evidence)) })
    }
    return { quarter: fresh(p.quarter), half: fresh(p.half) }
  },
})
