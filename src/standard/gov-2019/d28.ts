import { scored } from '../scored.ts'
import { G } from './groups.ts'

export const d28 = scored({
  id: 'D28',
  part: 'deduction',
  group: G.function,
  item: { zh: '兼容性', en: 'Browsers' },
  cap: 2,
  clause: { zh: '使用主流浏览器访问网站不能正常显示页面内容的,每类扣1分。', en: 'Pages that do not show properly in a common browser, 1 point for each kind of browser.' },
  needs: [{ from: 'person' }],
  decided: 'person',
  rules: [
    { key: 'browsers', text: { zh: '不能正常显示的主流浏览器(类)', en: 'kinds of common browsers in which pages do not show' }, tenths: 10, per: 'each', by: 'person' },
  ],
})
