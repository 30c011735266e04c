import { guidePlace, missingElements, type Guide } from '../guides.ts'
import { countFaults, sampled } from '../sampled.ts'
import { scored } from '../scored.ts'
import { guidePopulation, noServices } from '../services.ts'
import { G } from './groups.ts'

export const d13 = scored({
  id: 'D13',
  part: 'deduction',
  group: G.service,
  item: { zh: '办事指南', en: 'Guides' },
  cap: 8,
  clause: { zh: '随机抽查5个事项:未提供办事指南的,每个扣4分;重点要素类别缺失的,每处扣0.5分;材料格式要求不明确(原件或复印件、纸质版或电子版、份数等)的,每项扣1分;存在“法律法规规定应提交的其他材料”等含糊表述的,每项扣2分;政策文件仅有名称、未提供内容的,每项扣0.5分。', en: 'Five services at random: no guide, 4 points each; kinds of key elements missing, 0.5 each; materials without their form, 1 each; vague wording, 2 each; documents by name only, 0.5 each.' },
  needs: [{ from: 'probe', probe: 'services' }, { from: 'sample', of: 'D13', size: '5' }],
  decided: 'automatic',
  except: noServices,
  samples: [{ of: 'D13', size: 5, population: guidePopulation }],
  rules: [
    { key: 'absent', text: { zh: '无办事指南(个)', en: 'services without a guide' }, tenths: 40, per: 'each', most: 5 },
    { key: 'elements', text: { zh: '要素类别缺失(处)', en: 'kinds of elements missing' }, tenths: 5, per: 'each' },
    { key: 'materials', text: { zh: '材料格式要求不明确(项)', en: 'materials without their form' }, tenths: 10, per: 'each' },
    { key: 'vague', text: { zh: '含糊表述(项)', en: 'vague wording' }, tenths: 20, per: 'each' },
    { key: 'nameOnly', text: { zh: '政策文件仅有名称(项)', en: 'documents by name only' }, tenths: 5, per: 'each' },
  ],
  look: (facts, _, now) => {
    const s = sampled(facts, 'services', 'D13', now, (v) => v.guides, (g) => g.url)
    if ('unseen' in s) return { absent: s.unseen, elements: s.unseen, materials: s.unseen, vague: s.unseen, nameOnly: s.unseen }
    const lines = (of: (g: Guide) => readonly string[]) => countFaults(s.rows, (g) => (g.present ? of(g).map((x) => guidePlace(g, x, x)) : []), s.seen.evidence, s.lost, 10)
    return {
      absent: countFaults(s.rows, (g) => (g.present ? [] : [guidePlace(g, '未提供办事指南', 'no guide')]), s.seen.evidence, s.lost),
      elements: lines(missingElements),
      materials: lines((g) => g.unclearMaterials),
      vague: lines((g) => g.vague),
      nameOnly: lines((g) => g.nameOnly),
    }
  },
})
