import { probe } from '../needs.ts'
import { scored, unseen } from '../scored.ts'
import { noServices, toldNot } from '../services.ts'
import { G } from './groups.ts'

export const d10 = scored({
  id: 'D10',
  part: 'deduction',
  group: G.service,
  item: { zh: '事项公开', en: 'Services listed' },
  cap: 3,
  clause: { zh: '未对办事服务事项集中分类展示的,扣3分。', en: 'Services are not shown together and by category: 3 points.' },
  needs: [{ from: 'probe', probe: 'services' }],
  decided: 'automatic',
  except: noServices,
  rules: [
    { key: 'scattered', text: { zh: '未集中分类展示办事服务事项', en: 'services not shown together and by category' }, tenths: 30 },
  ],
  look: (facts, _, now) => {
    const seen = probe(facts, 'services', now)
    return { scattered: 'unseen' in seen ? unseen(seen.unseen) : toldNot(seen.value.grouped, seen.evidence) }
  },
})
