import { define } from '../indicator.ts'
import { met, notObserved, violated } from '../result.ts'
import { APP, asReference, DOC_2026 } from './groups.ts'

export const a1 = define({
  id: 'A1',
  part: 'campaign',
  group: APP,
  item: { zh: '县以下单位开发建设', en: 'Built by a unit below the county' },
  clause: { zh: '县以下(不含县级)单位原则上不得开发建设政务移动互联网应用程序。', en: 'Units below the county (the county not included) shall in principle build no applications.' },
  document: DOC_2026,
  capTenths: null,
  appliesTo: ['app', 'mini_program'],
  needs: [{ from: 'observations', what: 'register' }],
  sure: 'two_sources',
  decided: 'automatic',
  proposes: 'shut_down',
  params: {},
  evaluate: (facts) => {
    const level = unitLevel(facts.channel.regionCode)
    return asReference(facts, level === null ? notObserved('person_needed') : level >= 4 ? violated() : met())
  },
})

/** 1 province, 2 city, 3 county, 4 township, by a GB/T 2260 code (six digits) or a township's (nine). */
export function unitLevel(code: string | null): number | null {
  if (code === null || !/^\d{6}(?:\d{3})?$/.test(code)) return null
  if (code.length === 9 && !code.endsWith('000')) return 4
  return code.slice(2, 6) === '0000' ? 1 : code.slice(4, 6) === '00' ? 2 : 3
}
