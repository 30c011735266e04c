import { expect, test } from 'vitest'
import { PROBE_NAMES } from '../../src/console/words/probes.ts'
import { PROBES } from '../../src/probes/index.ts'

test('every probe has a name in both languages, and no name is without its probe', () => {
  expect(Object.keys(PROBE_NAMES).sort()).toEqual(PROBES.map((p) => p.id).sort())
})
