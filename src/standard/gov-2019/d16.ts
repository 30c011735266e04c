import { probe } from '../needs.ts'
import { scored } from '../scored.ts'
import { forPersonToTell } from '../services.ts'
import { G } from './groups.ts'

export const d16 = scored({
  id: 'D16',
  part: 'deduction',
  group: G.interaction,
  item: { zh: '信息提交', en: 'Submitting messages' },
  cap: 7,
  clause: { zh: '网民(含异地网民)无法通过互动渠道提交信息的,扣7分。', en: 'Citizens (from elsewhere too) cannot submit a message: 7 points.' },
  needs: [{ from: 'probe', probe: 'interaction' }, { from: 'person' }],
  decided: 'assisted',
  rules: [
    { key: 'submit', text: { zh: '(含异地)网民无法提交信息', en: 'citizens, from elsewhere too, cannot submit a message' }, tenths: 70, by: 'person' },
  ],
  look: (facts, _, now) => {
    const seen = probe(facts, 'interaction', now)
    const doubt = !('unseen' in seen) && seen.value.submittable === false
    return { submit: forPersonToTell(doubt, '未见可填写的提交表单', 'no form that could be filled in was seen') }
  },
})
