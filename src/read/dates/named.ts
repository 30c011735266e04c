import { BREAK, SEAM } from '../html/tape.ts'
import { yearLess } from './apart.ts'
import { type Cursor, digit } from './cursor.ts'
import type { DateHit } from './hit.ts'
import { monthOf } from './months.ts'

/** Words that may stand between a day and its month. */
const OF = new Set(['de', "d'", 'of', 'da', 'di'])
/** Words that may stand between a month and its year. */
const YEAR_WORDS = new Set(['de', 'del', 'г', 'năm', 'of', 'พ', 'ศ'])

/** 1 June 2020 · 1. Juni 2020 · 1 de junio de 2020 · June 1st, 2020 · 5-Mar-26 · 5 tháng 3 năm 2026 */
export function named(cursor: Cursor, i: number, dom: number, at: number): DateHit | null {
  if (dom < 1 || dom > 31) return null
  let j = pastOrdinal(cursor, at)
  const word = wordAt(cursor, j)
  let month = word === '' ? 0 : monthOf(word)
  if (month === 0 && OF.has(word)) {
    j = cursor.soft(j + word.length)
    const next = wordAt(cursor, j)
    month = monthOf(next)
    if (month > 0) j += next.length
  } else if (word === 'tháng') {
    const value = cursor.number(cursor.soft(j + word.length))
    month = cursor.width > 0 && value <= 12 ? value : 0
    j = cursor.at
  } else j += word.length
  if (month > 0) {
    const year = yearAt(cursor, j)
    if (year > 0) return cursor.hit(i, cursor.at, 'named', year, month, dom)
    const short = shortYear(cursor, j)
    if (short > 0) return cursor.hit(i, cursor.at, 'named', short, month, dom)
  }
  const before = monthBefore(cursor, i)
  if (before === null) {
    const end = cursor.code(j) === 46 ? j + 1 : j
    return month > 0 && isEdge(cursor.code(i - 1)) && isEdge(cursor.code(end)) ? yearLess(cursor, i, end, month, dom) : null
  }
  const year = yearAt(cursor, pastOrdinal(cursor, at)) || yearAfterTime(cursor, at)
  if (year > 0) return cursor.hit(before.from, cursor.at, 'named', year, before.month, dom)
  return isEdge(cursor.code(before.from - 1)) && isEdge(cursor.code(at)) ? yearLess(cursor, before.from, at, before.month, dom) : null
}

/** 2026. március 5. · 2026 March 5: the month's name between a year, which ended at `at`, and a day. */
export function namedAfterYear(cursor: Cursor, i: number, year: number, at: number): DateHit | null {
  let j = cursor.code(at) === 46 || cursor.code(at) === 44 ? at + 1 : at
  j = cursor.soft(j)
  if (j === at) return null
  const word = wordAt(cursor, j)
  const month = word.length < 3 ? 0 : monthOf(word)
  if (month === 0) return null
  const dom = cursor.number(cursor.soft(j + word.length))
  if (cursor.width === 0 || cursor.width > 2) return null
  const end = cursor.at
  // "in 2026 March 5, 2027" belongs to the year behind it.
  return yearAt(cursor, pastOrdinal(cursor, end)) > 0 ? null : cursor.hit(i, end, 'named', year, month, dom)
}

/** The end of an element or block: a day and a month's name without a year are a date only where they stand alone. */
function isEdge(c: number): boolean {
  return c === 0 || c === BREAK || c === SEAM
}

function pastOrdinal(cursor: Cursor, at: number): number {
  let j = at
  const a = cursor.code(j) | 32
  const b = cursor.code(j + 1) | 32
  if ((a === 115 && b === 116) || (a === 110 && b === 100) || (a === 114 && b === 100) || (a === 116 && b === 104) || (a === 101 && b === 114)) {
    if (!isWordCode(cursor.code(j + 2))) j += 2
  } else if (cursor.code(j) === 46 || cursor.code(j) === 0xba || cursor.code(j) === 0xb0) j++
  j = cursor.soft(j)
  if (cursor.code(j) === 45 || cursor.code(j) === 47) j = cursor.soft(j + 1)
  return j
}

function wordAt(cursor: Cursor, i: number): string {
  let j = i
  while (j - i < 14 && isWordCode(cursor.code(j))) j++
  return j === i ? '' : String.fromCharCode(...cursor.flow.subarray(i, j))
}

function monthBefore(cursor: Cursor, i: number): { month: number; from: number } | null {
  let j = i - 1
  while (i - j < 4 && (cursor.code(j) === 32 || cursor.code(j) === 46 || cursor.code(j) === SEAM || cursor.code(j) === BREAK || cursor.code(j) === 45)) j--
  const end = j + 1
  while (end - j < 14 && isWordCode(cursor.code(j))) j--
  if (j + 1 === end || end === i) return null
  const month = monthOf(String.fromCharCode(...cursor.flow.subarray(j + 1, end)))
  return month === 0 ? null : { month, from: j + 1 }
}

/** The year after a month and day, of the common era or the Buddhist one; 0 where none follows. Leaves its end in `at`. */
function yearAt(cursor: Cursor, i: number): number {
  let j = i
  while (j - i < 5) {
    const c = cursor.code(j)
    if (c !== 32 && c !== 46 && c !== 44 && c !== 0x60c && c !== SEAM && c !== BREAK && c !== 45 && c !== 47) break
    j++
  }
  const word = wordAt(cursor, j)
  if (YEAR_WORDS.has(word)) j = cursor.soft(j + word.length)
  const year = cursor.number(j)
  if (cursor.width !== 4) return 0
  if (year >= 2533 && year <= 2643) return year - 543
  return year >= 1990 && year <= 2100 ? year : 0
}

/** The year of Thu Mar 12 09:21:00 CST 2026, as programs print a date that nobody gave a form; 0 where none is. Leaves its end in `at`. */
function yearAfterTime(cursor: Cursor, at: number): number {
  const end = cursor.timeAfter(at)
  if (end === at) return 0
  const zone = cursor.soft(end)
  let j = zone
  // CST, GMT+08:00
  if (isWordCode(cursor.code(zone))) while (j - zone < 12 && (isWordCode(cursor.code(j)) || digit(cursor.code(j)) || cursor.code(j) === 43 || cursor.code(j) === 58)) j++
  return yearAt(cursor, j)
}

/** The two digits of 5-Mar-26; 0 where there are none. Leaves their end in `at`. */
function shortYear(cursor: Cursor, i: number): number {
  const c = cursor.code(i)
  if (c !== 45 && c !== 47) return 0
  const year = cursor.number(i + 1)
  return cursor.width === 2 && !isWordCode(cursor.code(cursor.at)) && !digit(cursor.code(cursor.at)) ? 2000 + year : 0
}

/** Letters of the scripts whose month names are known: Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, Thai. */
function isWordCode(c: number): boolean {
  if (c < 0x250) return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c >= 0xc0
  if (c >= 0x1e00 && c <= 0x1eff) return true
  return (c >= 0x370 && c <= 0x4ff) || (c >= 0x5d0 && c <= 0x5ea) || (c >= 0x620 && c <= 0x65f) || (c >= 0x900 && c <= 0x97f) || (c >= 0xe00 && c <= 0xe4e)
}
