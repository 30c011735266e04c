import { place } from '../interpretation.ts'
import { probe } from '../needs.ts'
import { countFaults, sampled } from '../sampled.ts'
import { scored, unseen } from '../scored.ts'
import { subordinatePopulation } from '../search.ts'
import { told } from '../services.ts'
import { G } from './groups.ts'

export const b8 = scored({
  id: 'B8',
  part: 'bonus',
  group: G.function,
  item: { zh: '智能搜索', en: 'Smart search' },
  cap: 4,
  clause: { zh: '提供模糊搜索功能的,加1分;实现“搜索即服务”的,加1分;随机选取2条下级网站标题,在搜索结果第一页能找到的,每条加1分。', en: 'Fuzzy search: 1 point; a service can be started from the results: 1 point; two headlines of subordinate sites found on the first page: 1 point each.' },
  needs: [{ from: 'probe', probe: 'search' }, { from: 'sample', of: 'B8', size: '2' }],
  decided: 'automatic',
  samples: [{ of: 'B8', size: 2, population: subordinatePopulation }],
  rules: [
    { key: 'fuzzy', text: { zh: '提供模糊搜索', en: 'fuzzy search' }, tenths: 10 },
    { key: 'serves', text: { zh: '实现“搜索即服务”', en: 'services from the results' }, tenths: 10 },
    { key: 'subordinate', text: { zh: '下级网站标题在结果首页找到(条)', en: 'headlines of subordinate sites found' }, tenths: 10, per: 'each', most: 2 },
  ],
  look: (facts, _, now) => {
    const seen = probe(facts, 'search', now)
    if ('unseen' in seen) return { fuzzy: unseen(seen.unseen), serves: unseen(seen.unseen), subordinate: unseen(seen.unseen) }
    const s = sampled(facts, 'search', 'B8', now, (v) => v.subordinate, (t) => t.url)
    return {
      fuzzy: told(seen.value.fuzzy, seen.evidence),
      serves: told(seen.value.serves, seen.evidence),
      subordinate: 'unseen' in s ? s.unseen : countFaults(s.rows, (t) => (t.found === null ? null : t.found ? [place(t.title, t.url, 'met', '搜索结果首页可找到', 'on the first page of results')] : []), seen.evidence, s.lost),
    }
  },
})
