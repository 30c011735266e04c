import { probe } from '../needs.ts'
import { scored, unseen } from '../scored.ts'
import { toldNot } from '../services.ts'
import { G } from './groups.ts'

export const d20 = scored({
  id: 'D20',
  part: 'deduction',
  group: G.function,
  item: { zh: '域名名称', en: 'Domain and name' },
  cap: 3,
  clause: { zh: '域名不符合规范的,扣1分;未以本地区本部门名称命名网站的,扣1分;网站名称未在全站页面头部区域显著展示的,扣1分。', en: 'The domain is improper: 1 point; not named after the area or department: 1 point; the name not shown at the head of all pages: 1 point.' },
  needs: [{ from: 'probe', probe: 'identity' }],
  decided: 'automatic',
  rules: [
    { key: 'domain', text: { zh: '域名不规范', en: 'improper domain' }, tenths: 10 },
    { key: 'name', text: { zh: '未以本地区本部门名称命名', en: 'not named after the area or department' }, tenths: 10 },
    { key: 'header', text: { zh: '网站名称未在全站页头显著展示', en: 'name not shown at the head of all pages' }, tenths: 10 },
  ],
  look: (facts, _, now) => {
    const seen = probe(facts, 'identity', now)
    if ('unseen' in seen) return { domain: unseen(seen.unseen), name: unseen(seen.unseen), header: unseen(seen.unseen) }
    const { domainProper, nameProper, nameInHeader } = seen.value
    return { domain: toldNot(domainProper, seen.evidence), name: toldNot(nameProper, seen.evidence), header: toldNot(nameInHeader, seen.evidence) }
  },
})
