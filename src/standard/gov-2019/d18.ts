import { months, span } from '../indicator.ts'
import { lacking, letterPopulation } from '../letters.ts'
import { probe } from '../needs.ts'
import { countFaults, sampled } from '../sampled.ts'
import { holds, scored, unseen } from '../scored.ts'
import { olderThan, toldNot } from '../services.ts'
import { G } from './groups.ts'

export const d18 = scored({
  id: 'D18',
  part: 'deduction',
  group: G.interaction,
  item: { zh: '留言公开', en: 'Messages published' },
  cap: 6,
  clause: { zh: '全部留言均未公开的,扣6分;随机抽查5条已公开留言,缺少留言时间、答复时间、答复单位、答复内容的,每处扣1分;监测时间点前2个月内未更新的,扣3分;未公开留言受理反馈情况统计数据的,扣3分。', en: 'No messages published: 6 points; five at random lacking time asked, time answered, unit or answer, 1 point each; not updated within two months, 3 points; no statistics of messages, 3 points.' },
  needs: [{ from: 'probe', probe: 'letters' }, { from: 'sample', of: 'D18', size: '5' }],
  decided: 'automatic',
  params: { limit: months(2, '留言公开更新期限', 'published messages updated within') },
  samples: [{ of: 'D18', size: 5, population: letterPopulation }],
  rules: [
    { key: 'absent', text: { zh: '全部留言均未公开', en: 'no messages published' }, tenths: 60 },
    { key: 'fields', text: { zh: '公开留言要素缺失(处)', en: 'what published messages lack (places)' }, tenths: 10, per: 'each', most: 20 },
    { key: 'stale', text: { zh: '留言公开2个月内未更新', en: 'published messages not updated within two months' }, tenths: 30 },
    { key: 'statistics', text: { zh: '未公开受理反馈统计', en: 'no statistics of messages' }, tenths: 30 },
  ],
  look: (facts, p, now) => {
    const seen = probe(facts, 'letters', now)
    if ('unseen' in seen) return { absent: unseen(seen.unseen), fields: unseen(seen.unseen), stale: unseen(seen.unseen), statistics: unseen(seen.unseen) }
    const { published, newestOn, statistics } = seen.value
    const none = published === false
    const s = sampled(facts, 'letters', 'D18', now, (v) => v.letters, (l) => l.url)
    return {
      absent: toldNot(published, seen.evidence),
      fields: none ? holds(false) : 'unseen' in s ? s.unseen : countFaults(s.rows, lacking, seen.evidence, s.lost, 4),
      stale: none ? holds(false) : olderThan(newestOn, span(p.limit), now, seen.evidence),
      statistics: toldNot(statistics, seen.evidence),
    }
  },
})
