import { guidePlace, type Guide } from '../guides.ts'
import { countFaults, sampled } from '../sampled.ts'
import { scored } from '../scored.ts'
import { guidePopulation, noServices } from '../services.ts'
import { G } from './groups.ts'

export const d15 = scored({
  id: 'D15',
  part: 'deduction',
  group: G.service,
  item: { zh: '表格样表', en: 'Forms and samples' },
  cap: 2,
  clause: { zh: '随机抽查2个办事指南:要求提供申请表单但无获取渠道的,每个扣1分。', en: 'Two guides at random: a form is demanded and cannot be had, 1 point each.' },
  needs: [{ from: 'probe', probe: 'services' }, { from: 'sample', of: 'D15', size: '2' }],
  decided: 'automatic',
  except: noServices,
  samples: [{ of: 'D15', size: 2, population: guidePopulation }],
  rules: [
    { key: 'forms', text: { zh: '要求表单但无获取渠道(个)', en: 'forms demanded that cannot be had' }, tenths: 10, per: 'each', most: 2 },
  ],
  look: (facts, _, now) => {
    const s = sampled(facts, 'services', 'D15', now, (v) => v.guides, (g) => g.url)
    if ('unseen' in s) return { forms: s.unseen }
    const fault = (g: Guide) => (!g.formRequired || g.formAvailable === true ? [] : g.formAvailable === null ? null : [guidePlace(g, '表单无获取渠道', 'the form cannot be had')])
    return { forms: countFaults(s.rows, fault, s.seen.evidence, s.lost) }
  },
})
