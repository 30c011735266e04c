import type { Day } from '../../domain/date.ts'
import { dayFromNumber, dayNumber, makeDay } from '../../domain/date.ts'
import { BREAK, SEAM } from '../html/tape.ts'
import { type Cursor, digit } from './cursor.ts'
import type { DateHit } from './hit.ts'

/*
 * Dates whose parts stand in blocks of their own, and days without a year: "28 ⏎ 2020-07", "07-28 ⏎ 2020", "28 ⏎ 7月", 06-01.
 */

/** A year and month whose day stands in a block of its own before or after: "28 ⏎ 2020-07", "28日 ⏎ 2020年7月". */
export function withDayApart(cursor: Cursor, i: number, end: number, year: number, month: number): DateHit | null {
  let j = i - 1
  while (i - j < 5 && (cursor.code(j) === 32 || cursor.code(j) === SEAM || cursor.code(j) === BREAK || cursor.code(j) === 47)) j--
  if (j < i - 1 && cursor.code(j) === 0x65e5) j--
  if (j < i - 1 && digit(cursor.code(j))) {
    const last = j
    while (last - j < 3 && digit(cursor.code(j - 1))) j--
    const open = cursor.code(j - 1)
    if (last - j < 2 && (open === 0 || open === BREAK || open === SEAM || open === 32)) {
      const found = cursor.hit(j, end, 'full', year, month, cursor.number(j))
      if (found !== null) return found
    }
  }
  j = end
  while (j - end < 4 && (cursor.code(j) === 32 || cursor.code(j) === SEAM || cursor.code(j) === BREAK)) j++
  if (j > end && digit(cursor.code(j))) {
    const dom = cursor.number(j)
    const close = cursor.code(cursor.at)
    const to = close === 0x65e5 ? cursor.at + 1 : cursor.at
    if (cursor.width <= 2 && (close === 0 || close === BREAK || close === SEAM || close === 0x65e5)) {
      const found = cursor.hit(i, to, 'full', year, month, dom)
      if (found !== null) return found
    }
  }
  return cursor.hit(i, end, 'month', year, month, 0)
}

/** A month and day without a year: the year beside it, else the latest such day that is not in the future. */
export function yearLess(cursor: Cursor, from: number, to: number, month: number, dom: number): DateHit | null {
  if (month < 1 || month > 12 || dom < 1 || dom > 31) return null
  const apart = yearApart(cursor, from, to)
  if (apart !== null) return cursor.hit(from, to, 'full', apart, month, dom)
  const day = latestDay(month, dom, cursor.options.today)
  return day === null ? null : cursor.hit(from, to, 'month_day', Number(day.slice(0, 4)), month, dom)
}

/** A year in a block of its own beside a month and day: "07-28 ⏎ 2020". */
function yearApart(cursor: Cursor, from: number, to: number): number | null {
  let j = to
  while (j - to < 4 && (cursor.code(j) === 32 || cursor.code(j) === SEAM || cursor.code(j) === BREAK)) j++
  if (j > to && digit(cursor.code(j))) {
    const year = cursor.number(j)
    const close = cursor.code(cursor.at)
    if (cursor.width === 4 && year >= 1990 && year <= 2100 && (close === 0 || close === BREAK || close === SEAM || close === 0x5e74)) return year
  }
  j = from - 1
  while (from - j < 5 && (cursor.code(j) === 32 || cursor.code(j) === SEAM || cursor.code(j) === BREAK || cursor.code(j) === 0x5e74)) j--
  if (j < from - 1 && digit(cursor.code(j)) && digit(cursor.code(j - 3)) && !digit(cursor.code(j - 4))) {
    const open = cursor.code(j - 4)
    const year = cursor.number(j - 3)
    if (cursor.width === 4 && year >= 1990 && year <= 2100 && (open === 0 || open === BREAK || open === SEAM || open === 58 || open === 0xff1a)) return year
  }
  return null
}

/** A day number in a block above its month's name: "28 ⏎ 7月", "28日 ⏎ 7月". */
export function monthApart(cursor: Cursor, i: number, dom: number, at: number): DateHit | null {
  const after = cursor.code(at) === 0x65e5 ? at + 1 : at
  let j = after
  while (j - after < 4 && (cursor.code(j) === 32 || cursor.code(j) === SEAM || cursor.code(j) === BREAK)) j++
  if (j === after || !digit(cursor.code(j)) || dom < 1 || dom > 31) return null
  const open = cursor.code(i - 1)
  if (open !== BREAK && open !== SEAM && open !== 0) return null
  const month = cursor.number(j)
  const end = cursor.at
  if (cursor.width > 2 || cursor.code(end) !== 0x6708 || digit(cursor.code(end + 1))) return null
  return yearLess(cursor, i, end + 1, month, dom)
}

let lastToday: Day = ''
let lastLatest: Day = ''

/** The latest day with this month and day of month that is at most a day ahead of `today`. */
export function latestDay(month: number, dom: number, today: Day): Day | null {
  const year = Number(today.slice(0, 4))
  if (today !== lastToday) {
    lastToday = today
    lastLatest = dayFromNumber(dayNumber(today) + 1)
  }
  const latest = lastLatest
  for (let y = year + 1; y > year - 8; y--) {
    const day = makeDay(y, month, dom)
    if (day !== null && day <= latest) return day
    if (day === null && !(month === 2 && dom === 29)) return null
  }
  return null
}
