import { probe } from '../needs.ts'
import { scored } from '../scored.ts'
import { forPersonToTell } from '../services.ts'
import { G } from './groups.ts'

export const d17 = scored({
  id: 'D17',
  part: 'deduction',
  group: G.interaction,
  item: { zh: '统一登录', en: 'One sign-in for interaction' },
  cap: 3,
  clause: { zh: '各互动栏目未实现统一注册登录的,扣3分。', en: 'The interaction columns do not share one registration and sign-in: 3 points.' },
  needs: [{ from: 'probe', probe: 'interaction' }, { from: 'person' }],
  decided: 'assisted',
  rules: [
    { key: 'login', text: { zh: '各互动栏目未统一注册登录', en: 'no shared sign-in for interaction' }, tenths: 30, by: 'person' },
  ],
  look: (facts, _, now) => {
    const seen = probe(facts, 'interaction', now)
    const doubt = !('unseen' in seen) && seen.value.unifiedLogin === false
    return { login: forPersonToTell(doubt, '各互动栏目登录地址不一致', 'the interaction columns lead to different sign-ins') }
  },
})
