import { sampled } from '../sampled.ts'
import { holds, scored, unseen } from '../scored.ts'
import { guidePopulation } from '../services.ts'
import { G } from './groups.ts'

export const b5 = scored({
  id: 'B5',
  part: 'bonus',
  group: G.service,
  item: { zh: '服务关联', en: 'Services linked to their basis' },
  cap: 2,
  clause: { zh: '随机抽查2个办事事项,办事指南中提到的政策文件均能准确关联至本网站政策文件库的,加2分。', en: 'Of two services at random, every document named as a basis leads to the site’s own library of documents: 2 points.' },
  needs: [{ from: 'probe', probe: 'services' }, { from: 'sample', of: 'B5', size: '2' }],
  decided: 'automatic',
  samples: [{ of: 'B5', size: 2, population: guidePopulation }],
  rules: [
    { key: 'linked', text: { zh: '2个事项的政策依据均关联到本站文件库', en: 'the bases of both services are linked' }, tenths: 20 },
  ],
  look: (facts, _, now) => {
    const s = sampled(facts, 'services', 'B5', now, (v) => v.guides, (g) => g.url)
    if ('unseen' in s) return { linked: s.unseen }
    if (s.rows.some((g) => g.basisLinked === false)) return { linked: holds(false) }
    if (s.lost > 0 || s.rows.some((g) => g.basisLinked === null)) return { linked: unseen('partly_observed') }
    return { linked: holds(s.rows.length > 0, { evidence: s.seen.evidence }) }
  },
})
