import { missingFindFault } from '../footers.ts'
import { probe } from '../needs.ts'
import { scored, unseen } from '../scored.ts'
import { G } from './groups.ts'

export const d23 = scored({
  id: 'D23',
  part: 'deduction',
  group: G.function,
  item: { zh: '找错入口', en: 'Entrance for reporting errors' },
  cap: 1,
  clause: { zh: '首页底部功能区未提供“我为政府网站找错”监督举报平台入口的,扣1分;其他页面未提供的,每处扣0.2分。', en: 'No entrance for reporting errors at the foot of the home page: 1 point; on other pages, 0.2 points each.' },
  needs: [{ from: 'probe', probe: 'identity' }],
  decided: 'automatic',
  rules: [
    { key: 'home', text: { zh: '首页底部无“我为政府网站找错”入口', en: 'no entrance for reporting errors on the home page' }, tenths: 10 },
    { key: 'others', text: { zh: '其他页面无“我为政府网站找错”入口(处)', en: 'other pages without it' }, tenths: 2, per: 'each' },
  ],
  look: (facts, _, now) => {
    const seen = probe(facts, 'identity', now)
    return 'unseen' in seen ? { home: unseen(seen.unseen), others: unseen(seen.unseen) } : missingFindFault(seen.value.footers, seen.evidence)
  },
})
