import { probe } from '../needs.ts'
import { holds, scored, unseen } from '../scored.ts'
import { toldNot } from '../services.ts'
import { G } from './groups.ts'

export const d29 = scored({
  id: 'D29',
  part: 'deduction',
  group: G.function,
  item: { zh: 'IPv6改造', en: 'IPv6' },
  cap: 1,
  clause: { zh: '未按要求完成IPv6改造的,扣1分。', en: 'IPv6 not in place: 1 point.' },
  needs: [{ from: 'probe', probe: 'ipv6' }],
  decided: 'automatic',
  rules: [
    { key: 'ipv6', text: { zh: '未完成IPv6改造', en: 'IPv6 not in place' }, tenths: 10 },
  ],
  look: (facts, _, now) => {
    const seen = probe(facts, 'ipv6', now)
    if ('unseen' in seen) return { ipv6: unseen(seen.unseen) }
    return { ipv6: seen.value.aaaa ? toldNot(seen.value.reached, seen.evidence) : holds(true, { evidence: seen.evidence }) }
  },
})
