import { place } from './interpretation.ts'
import type { ProbeValue } from './needs.ts'
import { holds, unseen, type Tallies, type Tally } from './scored.ts'

type Footer = ProbeValue<'identity'>['footers'][number]

const MARKS = [
  ['mark', '党政机关网站标识', 'mark of party and government sites'],
  ['siteCode', '网站标识码', 'site code'],
  ['icp', 'ICP备案编号', 'ICP filing'],
  ['police', '公安机关备案标识', 'police filing'],
  ['sponsor', '主办单位', 'sponsor'],
  ['contact', '联系方式', 'how to reach it'],
] as const

/** D21: each mark once, when any page looked at lacks it (全站). A mark that could not be told on some page stays open. */
export function missingMarks(footers: readonly Footer[], evidence: readonly string[]): Tally {
  if (footers.length === 0) return unseen('not_visited')
  const missing = MARKS.flatMap(([key, zh, en]) => {
    const at = footers.find((f) => f[key] === false)
    return at === undefined ? [] : [place(zh, at.url, 'violated', `页底缺${zh}`, `${en} missing at the foot`)]
  })
  const open = MARKS.filter(([key]) => footers.every((f) => f[key] !== false) && footers.some((f) => f[key] === null)).length
  return { count: missing.length, places: missing, evidence, ...(open > 0 ? { open, why: 'partly_observed' } : {}) }
}

/** D23: the entrance 我为政府网站找错 at the foot of the home page and of the others. */
export function missingFindFault(footers: readonly Footer[], evidence: readonly string[]): Tallies {
  const home = footers.find((f) => f.home)
  const others = footers.filter((f) => !f.home)
  const bad = others.filter((f) => f.findFault === false).map((f) => place('我为政府网站找错', f.url, 'violated', '页底无找错入口', 'no entrance for reporting errors'))
  const open = others.filter((f) => f.findFault === null).length
  return {
    home: home === undefined ? unseen('not_visited') : home.findFault === null ? unseen('partly_observed') : holds(!home.findFault, { evidence }),
    others: { count: bad.length, places: bad, evidence, ...(open > 0 ? { open, why: 'partly_observed' } : {}) },
  }
}
