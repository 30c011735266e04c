import { missingMarks } from '../footers.ts'
import { probe } from '../needs.ts'
import { scored, unseen } from '../scored.ts'
import { G } from './groups.ts'

export const d21 = scored({
  id: 'D21',
  part: 'deduction',
  group: G.function,
  item: { zh: '网站标识', en: 'Marks of the site' },
  cap: 3,
  clause: { zh: '未在全站页面底部区域列明党政机关网站标识、网站标识码、ICP备案编号、公安机关备案标识、主办单位、联系方式的,每缺一项,扣0.5分。', en: 'Each of these missing at the foot of the pages costs 0.5 points: the mark of party and government sites, the site code, the ICP and police filings, the sponsor, how to reach it.' },
  needs: [{ from: 'probe', probe: 'identity' }],
  decided: 'automatic',
  rules: [
    { key: 'missing', text: { zh: '全站页底缺少的标识(项)', en: 'marks missing at the foot of the pages' }, tenths: 5, per: 'each', most: 6 },
  ],
  look: (facts, _, now) => {
    const seen = probe(facts, 'identity', now)
    return { missing: 'unseen' in seen ? unseen(seen.unseen) : missingMarks(seen.value.footers, seen.evidence) }
  },
})
