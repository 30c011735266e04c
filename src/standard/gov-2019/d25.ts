import { place } from '../interpretation.ts'
import { probe } from '../needs.ts'
import { countFaults, sampled } from '../sampled.ts'
import { holds, scored, unseen } from '../scored.ts'
import { headlinePopulation } from '../search.ts'
import { toldNot } from '../services.ts'
import { G } from './groups.ts'

export const d25 = scored({
  id: 'D25',
  part: 'deduction',
  group: G.function,
  item: { zh: '站内搜索', en: 'Search' },
  cap: 4,
  clause: { zh: '未提供站内搜索功能或功能不可用的,扣4分;随机选取4条网站已发布信息的标题进行搜索,在搜索结果第一页无法找到的,每条扣1分;未对搜索结果进行分类展示的,扣1分。', en: 'No search, or it does not work: 4 points; of four published headlines, each not found on the first page of results: 1 point; results not grouped: 1 point.' },
  needs: [{ from: 'probe', probe: 'search' }, { from: 'sample', of: 'D25', size: '4' }],
  decided: 'automatic',
  samples: [{ of: 'D25', size: 4, population: headlinePopulation }],
  rules: [
    { key: 'absent', text: { zh: '无站内搜索或不可用', en: 'no search, or it does not work' }, tenths: 40 },
    { key: 'lost', text: { zh: '已发布标题在结果首页找不到(条)', en: 'published headlines not found on the first page' }, tenths: 10, per: 'each', most: 4 },
    { key: 'grouped', text: { zh: '搜索结果未分类展示', en: 'results not grouped' }, tenths: 10 },
  ],
  look: (facts, _, now) => {
    const seen = probe(facts, 'search', now)
    if ('unseen' in seen) return { absent: unseen(seen.unseen), lost: unseen(seen.unseen), grouped: unseen(seen.unseen) }
    const { box, works, grouped } = seen.value
    const none = box === false || works === false
    const s = sampled(facts, 'search', 'D25', now, (v) => v.tried, (t) => t.url)
    return {
      absent: none ? holds(true, { evidence: seen.evidence }) : box === null || works === null ? unseen('partly_observed') : holds(false),
      lost: none ? holds(false) : 'unseen' in s ? s.unseen : countFaults(s.rows, (t) => (t.found === null ? null : t.found ? [] : [place(t.title, t.url, 'violated', '搜索结果首页未找到', 'not on the first page of results')]), seen.evidence, s.lost),
      grouped: none ? holds(false) : toldNot(grouped, seen.evidence),
    }
  },
})
