import { scored } from '../scored.ts'
import { guidePopulation, noServices } from '../services.ts'
import { G } from './groups.ts'

export const d14 = scored({
  id: 'D14',
  part: 'deduction',
  group: G.service,
  item: { zh: '内容准确', en: 'Guides accurate' },
  cap: 5,
  clause: { zh: '随机抽查5个办事指南:信息错误或与实际办事要求不一致的,每处扣1分。', en: 'Five guides at random: wrong or at odds with practice, 1 point each place.' },
  needs: [{ from: 'sample', of: 'D14', size: '5' }, { from: 'person' }],
  decided: 'person',
  except: noServices,
  samples: [{ of: 'D14', size: 5, population: guidePopulation }],
  rules: [
    { key: 'wrong', text: { zh: '信息错误或与实际不一致(处)', en: 'wrong or at odds with practice (places)' }, tenths: 10, per: 'each', by: 'person' },
  ],
})
