import chineseDays from 'chinese-days'
import { HuoshuiError } from '../domain/error.ts'
import { addDays, dayNumber, isDay } from '../domain/date.ts'
import type { Day } from '../domain/date.ts'

const years = new Map<number, boolean>()

/**
 * Does the calendar know the year's holidays and make-up days (国务院办公厅关于部分节假日安排的通知)? Outside the years
 * it knows, the library silently counts Monday to Friday; there 1 October is a day like any other.
 */
export function isKnownYear(year: number): boolean {
  let known = years.get(year)
  if (known === undefined) {
    known = Number.isInteger(year) && year >= 1949 && year <= 9998 && chineseDays.getDayDetail(`${year}-10-01`).name.includes('国庆')
    years.set(year, known)
  }
  return known
}

/** @throws HuoshuiError `bad_input` for what is no day or lies in a year whose holidays are not known. */
export function isWorkday(day: Day): boolean {
  if (!isDay(day)) throw new HuoshuiError('bad_input', { zh: `“${day}”不是日期`, en: `${day} is not a day` })
  const year = Number(day.slice(0, 4))
  if (!isKnownYear(year)) throw new HuoshuiError('bad_input', { zh: `${year}年的节假日安排未知,不能计算工作日`, en: `the holidays of ${year} are not known: working days cannot be counted` })
  return chineseDays.isWorkday(day)
}

/**
 * Working days from the day after `from` to `to`, both days of one letter's life: asked on Monday and answered on Tuesday
 * is 1, on the same day 0. Null where a year between them is not known, or `to` is before `from`.
 */
export function workingDaysBetween(from: Day, to: Day): number | null {
  if (!isDay(from) || !isDay(to) || to < from || dayNumber(to) - dayNumber(from) > 3660) return null
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) if (!isKnownYear(year)) return null
  let n = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (chineseDays.isWorkday(day)) n += 1
  return n
}
