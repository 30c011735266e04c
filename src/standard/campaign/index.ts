import type { Indicator } from '../indicator.ts'
import { duplicate } from './duplicate.ts'
import { gone } from './gone.ts'
import { silent } from './silent.ts'
import { unused } from './unused.ts'
import { zombie } from './zombie.ts'

/** Rules of the clean-up that the indicators do not hold. One line a rule. */
export const CAMPAIGN_RULES: readonly Indicator[] = [gone, silent, zombie, unused, duplicate]
