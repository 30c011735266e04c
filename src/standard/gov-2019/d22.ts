import { brokenLinks } from '../links.ts'
import { scored } from '../scored.ts'
import { G } from './groups.ts'

export const d22 = scored({
  id: 'D22',
  part: 'deduction',
  group: G.function,
  item: { zh: '可用性', en: 'Links work' },
  cap: 1,
  clause: { zh: '首页上的链接(包括图片、附件、外部链接等)打不开或错误的,每处扣0.2分(如首页仅为网站栏目导航入口,检查所有二级页面上的链接);其他页面上的链接打不开或错误的,每处扣0.1分。', en: 'Links on the home page (pictures, attachments, other sites too) that do not open or are wrong, 0.2 points each; where it is only an entrance, those on all second-level pages; on other pages, 0.1 each.' },
  needs: [{ from: 'probe', probe: 'links' }],
  decided: 'automatic',
  rules: [
    { key: 'home', text: { zh: '首页链接打不开或错误(处)', en: 'broken links on the home page' }, tenths: 2, per: 'each' },
    { key: 'others', text: { zh: '其他页面链接打不开或错误(处)', en: 'broken links on other pages' }, tenths: 1, per: 'each' },
  ],
  look: (facts, _, now) => brokenLinks(facts, now),
})
