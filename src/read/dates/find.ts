import { BREAK, SEAM } from '../html/tape.ts'
import { monthApart, withDayApart, yearLess } from './apart.ts'
import { Cursor, digit } from './cursor.ts'
import { ago, hanDate, relativeDate } from './han.ts'
import type { DateHit, FindOptions } from './hit.ts'
import { named, namedAfterYear } from './named.ts'

const latin = (c: number | undefined): boolean => c !== undefined && ((c >= 97 && c <= 122) || (c >= 65 && c <= 90))

/** Every date in flow[from, to), in order. Linear in its length; dates that no calendar has are not dates. */
export function findDates(flow: Uint16Array, from: number, to: number, options: FindOptions): DateHit[] {
  const hits: DateHit[] = []
  const limit = options.limit ?? 5000
  const cursor = new Cursor(flow, from, to, options)
  for (let i = from; i < to && hits.length < limit; i++) {
    const c = flow[i] ?? 0
    let hit: DateHit | null = null
    if (c >= 48 && c <= 57) {
      hit = atNumber(cursor, i)
      if (hit === null) {
        while (digit(flow[i + 1])) i++
        continue
      }
    } else if (c >= 0x3007 && c <= 0x9f00) hit = c === 0x5e74 ? null : (relativeDate(flow, i, to, options.today, options.minute) ?? hanDate(flow, i, to))
    if (hit === null) continue
    hits.push(hit)
    i = hit.to - 1
  }
  return hits
}

function atNumber(cursor: Cursor, i: number): DateHit | null {
  const before = cursor.code(i - 1)
  const first = cursor.number(i)
  const width = cursor.width
  const at = cursor.at
  if (width === 4) return yearFirst(cursor, i, first, at, before)
  if (latin(before) || before === 95) return null
  if (width === 8 || width === 14 || width === 12) return compact(cursor, i, at, first, width, before)
  if (width > 2) return width === 3 && first >= 100 ? minguo(cursor, i, first, at) : null
  return shortFirst(cursor, i, first, at, before)
}

function yearFirst(cursor: Cursor, i: number, year: number, at: number, before: number): DateHit | null {
  if (year < 1900 || year > 2100) {
    // "1203" may be month and day only in forms nobody prints: not read.
    return null
  }
  if (latin(before) || before === 95 || before === 46 || (before === 45 && digit(cursor.code(i - 2))) || (before === 47 && digit(cursor.code(i - 2)))) return null
  let j = cursor.soft(at)
  const kind = separator(cursor.code(j))
  if (kind === 0 || (kind === 3 && !digit(cursor.code(cursor.soft(j + 1))))) return namedAfterYear(cursor, i, year, at)
  j = cursor.soft(j + 1)
  if (!digit(cursor.code(j))) return null
  const month = cursor.number(j)
  if (cursor.width > 2 || month < 1 || month > 12) return null
  const monthEnd = cursor.at
  j = cursor.soft(monthEnd)
  const second = separator(cursor.code(j))
  if (second === 0 || (kind === 4) !== (second === 4 || second === 5)) {
    // 2020-07 with its day in the next element is not 2020-0728.
    return second === 0 && (!digit(cursor.code(j)) || cursor.code(monthEnd) === SEAM) ? withDayApart(cursor, i, monthEnd, year, month) : null
  }
  const afterMonth = j + 1
  j = cursor.soft(j + 1)
  if (!digit(cursor.code(j))) return second === 5 ? withDayApart(cursor, i, afterMonth, year, month) : null
  let dom = cursor.number(j)
  let end = cursor.at
  if (cursor.width === 4 && cursor.code(end) === 58) {
    dom = Math.trunc(dom / 100) // 2020-06-0110:00
    end -= 2
  } else if (cursor.width > 2) return null
  const suffix = cursor.soft(end)
  const c = cursor.code(suffix)
  if (kind === 4 && (c === 0x65e5 || c === 0x53f7 || c === 0xc77c || c === 0x865f)) end = suffix + 1
  else if ((cursor.code(end) === 45 || cursor.code(end) === 47) && digit(cursor.code(end + 1)) && !cursor.isTime(end + 1)) return null
  return cursor.hit(i, end, 'full', year, month, dom)
}

function compact(cursor: Cursor, i: number, at: number, value: number, width: number, before: number): DateHit | null {
  if (before === 45 || before === 46 || cursor.code(at) === 45 || cursor.code(at) === 46) return null
  const ymd = width === 8 ? value : Math.trunc(value / (width === 14 ? 1e6 : 1e4))
  return cursor.hit(i, at, 'compact', Math.trunc(ymd / 1e4), Math.trunc(ymd / 100) % 100, ymd % 100)
}

/** 民國109年4月17日; 109-04-17 where the page counts so. */
function minguo(cursor: Cursor, i: number, year: number, at: number): DateHit | null {
  if (cursor.options.minguo === true && year < 150 && standsAlone(cursor.code(i - 1))) {
    const kind = separator(cursor.code(at))
    const month = cursor.number(at + 1)
    if (kind >= 1 && kind <= 3 && cursor.width > 0 && cursor.width <= 2 && separator(cursor.code(cursor.at)) === kind) {
      const dom = cursor.number(cursor.at + 1)
      if (cursor.width > 0 && cursor.width <= 2 && separator(cursor.code(cursor.at)) === 0) return cursor.hit(i, cursor.at, 'full', year + 1911, month, dom)
    }
  }
  if (cursor.code(at) !== 0x5e74 || cursor.code(i - 1) !== 0x570b || cursor.code(i - 2) !== 0x6c11) return null
  const month = cursor.number(at + 1)
  if (cursor.code(cursor.at) !== 0x6708) return null
  const dom = cursor.number(cursor.at + 1)
  return cursor.code(cursor.at) === 0x65e5 ? cursor.hit(i - 2, cursor.at + 1, 'full', year + 1911, month, dom) : null
}

function shortFirst(cursor: Cursor, i: number, first: number, at: number, before: number): DateHit | null {
  if (digit(cursor.code(i - 2)) && (before === 46 || before === 45 || before === 47 || before === 58)) return null
  const j = cursor.soft(at)
  const c = cursor.code(j)
  const kind = separator(c)
  if (kind === 5) return monthDay(cursor, i, first, j + 1)
  if (kind >= 1 && kind <= 3) {
    const k = cursor.soft(j + 1)
    if (digit(cursor.code(k))) return threeNumbers(cursor, i, first, at - i, k, kind, before)
  }
  if (kind === 4) {
    // 20年6月1日, 令和2年6月1日
    const month = cursor.number(cursor.soft(j + 1))
    const era = eraBefore(cursor, i)
    if ((at - i === 2 || era > 0) && cursor.width > 0 && cursor.code(cursor.at) === 0x6708) {
      const dom = cursor.number(cursor.soft(cursor.at + 1))
      if (cursor.width > 0 && cursor.width <= 2 && cursor.code(cursor.soft(cursor.at)) === 0x65e5) return cursor.hit(era > 0 ? i - 2 : i, cursor.soft(cursor.at) + 1, era > 0 ? 'full' : 'short', (era > 0 ? era : 2000) + first, month, dom)
    }
    return null
  }
  return named(cursor, i, first, at) ?? monthApart(cursor, i, first, at) ?? ago(i, at, first, cursor.flow, cursor.end, cursor.options.today, cursor.options.minute)
}

/** The year before the first of a Japanese era named right before `i`: 令和 2018, 平成 1988; 0 where none is. */
function eraBefore(cursor: Cursor, i: number): number {
  const name = cursor.code(i - 2) * 0x10000 + cursor.code(i - 1)
  return name === 0x4ee4_548c ? 2018 : name === 0x5e73_6210 ? 1988 : 0
}

/** 6月1日, without a year: the last such day that is not in the future. */
function monthDay(cursor: Cursor, i: number, month: number, after: number): DateHit | null {
  let j = cursor.soft(after)
  if (!digit(cursor.code(j))) {
    // 07月 ⏎ 28
    while (j - after < 5 && (cursor.code(j) === 32 || cursor.code(j) === SEAM || cursor.code(j) === BREAK)) j++
    if (!digit(cursor.code(j))) return null
    const dom = cursor.number(j)
    const close = cursor.code(cursor.at)
    return cursor.width <= 2 && (close === BREAK || close === SEAM || close === 0 || close === 0x65e5) ? yearLess(cursor, i, cursor.at, month, dom) : null
  }
  const dom = cursor.number(j)
  if (cursor.width > 2) return null
  j = cursor.soft(cursor.at)
  const c = cursor.code(j)
  return c === 0x65e5 || c === 0x53f7 || c === 0x865f ? yearLess(cursor, i, j + 1, month, dom) : null
}

function threeNumbers(cursor: Cursor, i: number, first: number, firstWidth: number, k: number, kind: number, before: number): DateHit | null {
  const second = cursor.number(k)
  const secondWidth = cursor.width
  const at = cursor.at
  if (secondWidth > 2) return kind === 1 || kind === 2 ? dayAboveMonthYear(cursor, i, first, second, secondWidth) : null
  let j = cursor.soft(at)
  if (separator(cursor.code(j)) === kind && digit(cursor.code(cursor.soft(j + 1)))) {
    j = cursor.soft(j + 1)
    let third = cursor.number(j)
    let width = cursor.width
    let end = cursor.at
    if (width === 6 && cursor.code(end) === 58) {
      third = Math.trunc(third / 100)
      width = 4
      end -= 2
    }
    const close = cursor.code(end)
    if (digit(cursor.code(end + 1)) && (close === 46 || close === 47 || (close === 45 && !cursor.isTime(end + 1)))) return null
    if (width === 4) return numeric(cursor, i, end, first, second, third, kind)
    if (width !== 2 || latin(close)) return null
    if (kind === 3 && cursor.options.dayFirst && cursor.options.yearFirst !== true && second <= 12 && first <= 31) return cursor.hit(i, end, 'short', 2000 + third, second, first)
    if (firstWidth !== 2 || secondWidth !== 2) return null
    if (2000 + first <= Number(cursor.options.today.slice(0, 4)) && first >= 1) {
      return cursor.hit(i, end, 'short', 2000 + first, second, third) ?? (kind === 2 ? cursor.hit(i, end, 'short', 2000 + third, first, second) : null)
    }
    return kind === 2 ? cursor.hit(i, end, 'short', 2000 + third, first, second) : null
  }
  // 06-01: two numbers are a date only when they stand alone
  const close = cursor.code(at)
  if (latin(close) || digit(close) || close === 37 || close === 46 || close === 47 || close === 45 || close === 126) return null
  if (!standsAlone(before) || (kind === 3 && (firstWidth !== 2 || secondWidth !== 2))) return null
  return yearLess(cursor, i, at, first, second)
}

function dayAboveMonthYear(cursor: Cursor, i: number, month: number, year: number, width: number): DateHit | null {
  if (width !== 4) return null
  // 05 / 2026.03: the first number is the day of the month that follows the year.
  const end = cursor.at
  const next = separator(cursor.code(end))
  if ((next === 1 || next === 3) && digit(cursor.code(end + 1))) {
    const second = cursor.number(end + 1)
    if (cursor.width === 2 && !digit(cursor.code(cursor.at))) return cursor.hit(i, cursor.at, 'full', year, second, month)
  }
  cursor.at = end
  return month <= 12 && year >= 1990 && year <= 2100 ? withDayApart(cursor, i, cursor.at, year, month) : null
}

function numeric(cursor: Cursor, i: number, end: number, first: number, second: number, year: number, kind: number): DateHit | null {
  const dayFirst = first > 12 || (second <= 12 && (kind === 3 || cursor.options.dayFirst))
  const read = dayFirst ? cursor.hit(i, end, 'numeric', year, second, first) : cursor.hit(i, end, 'numeric', year, first, second)
  if (read === null || read.day === null || read.day <= cursor.options.today || kind === 3 || first > 12 || second > 12) return read
  // Read the wrong way round, it would still be to come.
  const turned = dayFirst ? cursor.hit(i, end, 'numeric', year, first, second) : cursor.hit(i, end, 'numeric', year, second, first)
  return turned !== null && turned.day !== null && turned.day <= cursor.options.today ? turned : read
}

/** 1 `-`, 2 `/`, 3 `.`, 4 年, 5 月; 0 when it separates nothing. */
function separator(c: number): number {
  if (c === 45 || c === 0x2013 || c === 0x2014 || c === 0xff0d || c === 0x2010 || c === 0x2011 || c === 0x2212) return 1
  if (c === 47 || c === 0xff0f) return 2
  if (c === 46 || c === 0xff0e || c === 0xb7) return 3
  if (c === 0x5e74 || c === 0xb144) return 4
  return c === 0x6708 || c === 0xc6d4 ? 5 : 0
}

function standsAlone(before: number): boolean {
  return before === 0 || before === BREAK || before === SEAM || before === 32 || before === 91 || before === 40 || before === 0xff08 || before === 0x3010 || before === 0x3014 || before === 124 || before === 58 || before === 0xff1a
}

