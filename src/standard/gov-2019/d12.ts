import { months, span, type Param } from '../indicator.ts'
import { probe } from '../needs.ts'
import { holds, scored, unseen } from '../scored.ts'
import { noServices, olderThan, toldNot } from '../services.ts'
import { G } from './groups.ts'

export const d12 = scored({
  id: 'D12',
  part: 'deduction',
  group: G.service,
  item: { zh: '办事统计', en: 'Statistics of services' },
  cap: 2,
  clause: { zh: '未公开办事统计数据的,扣2分;监测时间点前1个月内未更新的,扣1分;监测时间点前3个月内未更新的,扣2分。', en: 'No statistics of services published: 2 points; not updated within one month: 1 point; within three months: 2 points.' },
  needs: [{ from: 'probe', probe: 'services' }],
  decided: 'automatic',
  except: noServices,
  params: { month: months(1, '更新期限(扣1分)', 'updated within, or 1 point'), quarter: months(3, '更新期限(扣2分)', 'updated within, or 2 points') },
  rules: [
    { key: 'absent', text: { zh: '未公开办事统计数据', en: 'no statistics of services' }, tenths: 20, group: 'statistics' },
    { key: 'month', text: { zh: '办事统计1个月内未更新', en: 'statistics not updated within a month' }, tenths: 10, group: 'statistics' },
    { key: 'quarter', text: { zh: '办事统计3个月内未更新', en: 'statistics not updated within three months' }, tenths: 20, group: 'statistics' },
  ],
  look: (facts, p, now) => {
    const seen = probe(facts, 'services', now)
    if ('unseen' in seen) return { absent: unseen(seen.unseen), month: unseen(seen.unseen), quarter: unseen(seen.unseen) }
    const { published, newestOn } = seen.value.statistics
    const older = (limit: Param) => (published === false ? holds(false) : olderThan(newestOn, span(limit), now, seen.evidence))
    return { absent: toldNot(published, seen.evidence), month: older(p.month), quarter: older(p.quarter) }
  },
})
