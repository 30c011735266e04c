import type { Indicator } from '../indicator.ts'
import { n2a } from './n2a.ts'
import { w2 } from './w2.ts'
import { w3 } from './w3.ts'
import { w4a } from './w4a.ts'
import { w4b } from './w4b.ts'
import { w4c } from './w4c.ts'
import { w5a } from './w5a.ts'

/** 国办秘函〔2019〕19号, in the order of its tables. One line an indicator. */
export const GOV_2019: readonly Indicator[] = [w2, w3, w4a, w4b, w4c, w5a, n2a]
