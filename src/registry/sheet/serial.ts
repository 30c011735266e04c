import { addDays } from '../../domain/date.ts'
import type { Day } from '../../domain/date.ts'

/**
 * Excel's day number to a day: 1 is 1900-01-01 and 60 the 29 February 1900 that never was; in workbooks from an old Mac
 * 0 is 1904-01-01. Null outside 1900 to 2199: such a number is no date.
 */
export function dayOfSerial(serial: number, from1904 = false): Day | null {
  const whole = Math.floor(serial) + (from1904 ? 1462 : 0)
  if (!(whole >= 1 && whole <= 109_575)) return null
  return addDays('1899-12-30', whole < 60 ? whole + 1 : whole)
}
