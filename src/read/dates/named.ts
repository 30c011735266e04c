import { BREAK, SEAM } from '../html/tape.ts'
import { yearLess } from './apart.ts'
import type { Cursor } from './cursor.ts'
import type { DateHit } from './hit.ts'
import { monthOf } from './months.ts'

/** 1 June 2020 · 1. Juni 2020 · 1 de junio de 2020 · June 1st, 2020 */
export function named(cursor: Cursor, i: number, dom: number, at: number): DateHit | null {
  if (dom < 1 || dom > 31) return null
  let j = pastOrdinal(cursor, at)
  const word = wordAt(cursor, j)
  let month = word === '' ? 0 : monthOf(word)
  if (month === 0 && (word === 'de' || word === "d'" || word === 'of')) {
    j = cursor.soft(j + word.length)
    const next = wordAt(cursor, j)
    month = monthOf(next)
    if (month > 0) j += next.length
  } else j += word.length
  if (month > 0) {
    const year = yearAt(cursor, j)
    if (year > 0) return cursor.hit(i, cursor.at, 'named', year, month, dom)
  }
  const before = monthBefore(cursor, i)
  if (before === null) {
    const end = cursor.code(j) === 46 ? j + 1 : j
    return month > 0 && isEdge(cursor.code(i - 1)) && isEdge(cursor.code(end)) ? yearLess(cursor, i, end, month, dom) : null
  }
  const year = yearAt(cursor, pastOrdinal(cursor, at))
  if (year > 0) return cursor.hit(before.from, cursor.at, 'named', year, before.month, dom)
  return isEdge(cursor.code(before.from - 1)) && isEdge(cursor.code(at)) ? yearLess(cursor, before.from, at, before.month, dom) : null
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

/** The year after a month and day; 0 where none follows. Leaves its end in `at`. */
function yearAt(cursor: Cursor, i: number): number {
  let j = i
  while (j - i < 5) {
    const c = cursor.code(j)
    if (c !== 32 && c !== 46 && c !== 44 && c !== SEAM && c !== BREAK && c !== 45 && c !== 47) break
    j++
  }
  const word = wordAt(cursor, j)
  if (word === 'de' || word === 'del' || word === 'г') j = cursor.soft(j + word.length)
  const year = cursor.number(j)
  return cursor.width === 4 && year >= 1990 && year <= 2100 ? year : 0
}

function isWordCode(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 0xc0 && c <= 0x24f) || (c >= 0x400 && c <= 0x4ff) || (c >= 0x900 && c <= 0x97f)
}

