import { scored } from '../scored.ts'
import { G } from './groups.ts'

export const b10 = scored({
  id: 'B10',
  part: 'bonus',
  group: G.innovation,
  item: { zh: '创新发展', en: 'Innovation' },
  cap: 3,
  clause: { zh: '做法突出并获主要领导肯定的,加3分。', en: 'Outstanding practice, commended by the leading official: 3 points.' },
  needs: [{ from: 'person' }],
  decided: 'person',
  rules: [
    { key: 'praised', text: { zh: '做法突出并获主要领导肯定', en: 'outstanding practice, commended' }, tenths: 30, by: 'person' },
  ],
})
