import { probe } from '../needs.ts'
import { scored } from '../scored.ts'
import { forPersonToTell } from '../services.ts'
import { G } from './groups.ts'

export const d26 = scored({
  id: 'D26',
  part: 'deduction',
  group: G.function,
  item: { zh: '一号登录', en: 'One account' },
  cap: 2,
  clause: { zh: '网站注册用户在各功能板块无法一号登录的,扣2分。', en: 'A registered user cannot use one account in all parts: 2 points.' },
  needs: [{ from: 'probe', probe: 'interaction' }, { from: 'person' }],
  decided: 'assisted',
  rules: [
    { key: 'account', text: { zh: '各板块无法一号登录', en: 'no single account for all parts' }, tenths: 20, by: 'person' },
  ],
  look: (facts, _, now) => {
    const seen = probe(facts, 'interaction', now)
    const doubt = !('unseen' in seen) && seen.value.unifiedLogin === false
    return { account: forPersonToTell(doubt, '各板块登录地址不一致', 'the parts lead to different sign-ins') }
  },
})
