import type { Indicator } from '../indicator.ts'
import { a1 } from './a1.ts'
import { a2 } from './a2.ts'
import { a3 } from './a3.ts'
import { a4 } from './a4.ts'
import { a5 } from './a5.ts'

/** 国办函〔2026〕12号. One line a rule. */
export const APP_2026: readonly Indicator[] = [a1, a2, a3, a4, a5]
