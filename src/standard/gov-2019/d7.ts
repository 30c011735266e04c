import { documentPopulation, place } from '../interpretation.ts'
import { countFaults, sampled } from '../sampled.ts'
import { scored } from '../scored.ts'
import { G } from './groups.ts'

export const d7 = scored({
  id: 'D7',
  part: 'deduction',
  group: G.release,
  item: { zh: '解读比例', en: 'Share of policies interpreted' },
  cap: 3,
  clause: {
    zh: '随机抽查3个以本地区本部门或本地区本部门办公厅(室)名义印发的、涉及面广、社会关注度高的政策文件(不足3个的,检查全部),被解读的每少一个,扣1分。',
    en: 'Of three policy documents drawn at random (all, where there are fewer), each without an interpretation costs 1 point.',
  },
  needs: [{ from: 'probe', probe: 'interpretation' }, { from: 'sample', of: 'D7', size: '3' }],
  decided: 'automatic',
  samples: [{ of: 'D7', size: 3, population: documentPopulation }],
  rules: [{ key: 'uninterpreted', text: { zh: '抽查的政策文件未被解读(个)', en: 'sampled policy documents without an interpretation' }, tenths: 10, per: 'each', most: 3 }],
  look: (facts, _, now) => {
    const s = sampled(facts, 'interpretation', 'D7', now, (v) => v.documents, (d) => d.url)
    if ('unseen' in s) return { uninterpreted: s.unseen }
    return {
      uninterpreted: countFaults(s.rows, (d) => (d.interpreted === null ? null : d.interpreted ? [] : [place(d.title, d.url, 'violated', '未见解读', 'no interpretation seen')]), s.seen.evidence, s.lost),
    }
  },
})
