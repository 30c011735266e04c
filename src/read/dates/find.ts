import { type Day, dayFromNumber, dayNumber, makeDay } from '../../domain/date.ts'
import { BREAK, SEAM } from '../html/tape.ts'
import { ago, hanDate, relativeDate } from './han.ts'
import type { DateHit, Form } from './hit.ts'
import { monthOf } from './months.ts'

export type FindOptions = {
  /** The judging day, China's time. */
  readonly today: Day
  /** Minute of the judging day, China's time, from which 小时前 counts back; the day's last when not given. */
  readonly minute?: number
  /** 03/04/2020 is the third of April (true) or the fourth of March (false). */
  readonly dayFirst: boolean
  /** At most so many hits. */
  readonly limit?: number
}

const digit = (c: number | undefined): boolean => c !== undefined && c >= 48 && c <= 57
const latin = (c: number | undefined): boolean => c !== undefined && ((c >= 97 && c <= 122) || (c >= 65 && c <= 90))

/** Every date in flow[from, to), in order. Linear in its length; dates that no calendar has are not dates. */
export function findDates(flow: Uint16Array, from: number, to: number, options: FindOptions): DateHit[] {
  const hits: DateHit[] = []
  const limit = options.limit ?? 5000
  const reader = new Reader(flow, from, to, options)
  for (let i = from; i < to && hits.length < limit; i++) {
    const c = flow[i] ?? 0
    let hit: DateHit | null = null
    if (c >= 48 && c <= 57) {
      hit = reader.atNumber(i)
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

class Reader {
  private readonly flow: Uint16Array
  private readonly start: number
  private readonly end: number
  private readonly options: FindOptions
  private at = 0
  private width = 0

  constructor(flow: Uint16Array, start: number, end: number, options: FindOptions) {
    this.flow = flow
    this.start = start
    this.end = end
    this.options = options
  }

  private code(i: number): number {
    return i >= this.start && i < this.end ? (this.flow[i] ?? 0) : 0
  }

  /** Reads a number at `i`; leaves its end in `at` and its digits in `width`. */
  private number(i: number): number {
    let value = 0
    let j = i
    while (digit(this.code(j)) && j - i < 15) value = value * 10 + this.code(j++) - 48
    this.at = j
    this.width = j - i
    return value
  }

  /** Past spaces and seams; not past a break. */
  private soft(i: number): number {
    let j = i
    while (j - i < 4 && (this.code(j) === 32 || this.code(j) === SEAM)) j++
    return j
  }

  atNumber(i: number): DateHit | null {
    const before = this.code(i - 1)
    const first = this.number(i)
    const width = this.width
    const at = this.at
    if (width === 4) return this.yearFirst(i, first, at, before)
    if (latin(before) || before === 95) return null
    if (width === 8 || width === 14 || width === 12) return this.compact(i, at, first, width, before)
    if (width > 2) return width === 3 && first >= 100 ? this.minguo(i, first, at) : null
    return this.shortFirst(i, first, at, before)
  }

  private hit(from: number, to: number, form: Form, year: number, month: number, dom: number): DateHit | null {
    if (year < 1900 || year > 2100) return null
    const day = form === 'month' ? null : makeDay(year, month, dom)
    if (day === null && form !== 'month') return null
    const end = this.timeAfter(to)
    return { from, to: Math.max(end, to), day, form, year, month, dom, time: end > to }
  }

  private yearFirst(i: number, year: number, at: number, before: number): DateHit | null {
    if (year < 1900 || year > 2100) {
      // "1203" may be month and day only in forms nobody prints: not read.
      return null
    }
    if (latin(before) || before === 95 || before === 46 || (before === 45 && digit(this.code(i - 2))) || (before === 47 && digit(this.code(i - 2)))) return null
    let j = this.soft(at)
    const kind = separator(this.code(j))
    if (kind === 0) return null
    j = this.soft(j + 1)
    if (!digit(this.code(j))) return null
    const month = this.number(j)
    if (this.width > 2 || month < 1 || month > 12) return null
    const monthEnd = this.at
    j = this.soft(monthEnd)
    const second = separator(this.code(j))
    if (second === 0 || (kind === 4) !== (second === 4 || second === 5)) {
      return second === 0 && !digit(this.code(j)) ? this.withDayApart(i, monthEnd, year, month) : null
    }
    const afterMonth = j + 1
    j = this.soft(j + 1)
    if (!digit(this.code(j))) return second === 5 ? this.withDayApart(i, afterMonth, year, month) : null
    let dom = this.number(j)
    let end = this.at
    if (this.width === 4 && this.code(end) === 58) {
      dom = Math.trunc(dom / 100) // 2020-06-0110:00
      end -= 2
    } else if (this.width > 2) return null
    const suffix = this.soft(end)
    const c = this.code(suffix)
    if (kind === 4 && (c === 0x65e5 || c === 0x53f7 || c === 0xc77c || c === 0x865f)) end = suffix + 1
    else if ((this.code(end) === 45 || this.code(end) === 47) && digit(this.code(end + 1)) && !this.isTime(end + 1)) return null
    return this.hit(i, end, 'full', year, month, dom)
  }

  /** A year and month whose day stands in a block of its own before or after: "28 ⏎ 2020-07". */
  private withDayApart(i: number, end: number, year: number, month: number): DateHit | null {
    let j = i - 1
    while (i - j < 5 && (this.code(j) === 32 || this.code(j) === SEAM || this.code(j) === BREAK || this.code(j) === 47)) j--
    if (j < i - 1 && digit(this.code(j))) {
      const last = j
      while (last - j < 3 && digit(this.code(j - 1))) j--
      const open = this.code(j - 1)
      if (last - j < 2 && (open === 0 || open === BREAK || open === SEAM || open === 32)) {
        const found = this.hit(j, end, 'full', year, month, this.number(j))
        if (found !== null) return found
      }
    }
    j = end
    while (j - end < 4 && (this.code(j) === 32 || this.code(j) === SEAM || this.code(j) === BREAK)) j++
    if (j > end && digit(this.code(j))) {
      const dom = this.number(j)
      const close = this.code(this.at)
      const to = close === 0x65e5 ? this.at + 1 : this.at
      if (this.width <= 2 && (close === 0 || close === BREAK || close === SEAM || close === 0x65e5)) {
        const found = this.hit(i, to, 'full', year, month, dom)
        if (found !== null) return found
      }
    }
    return this.hit(i, end, 'month', year, month, 0)
  }

  private compact(i: number, at: number, value: number, width: number, before: number): DateHit | null {
    if (before === 45 || before === 46 || this.code(at) === 45 || this.code(at) === 46) return null
    const ymd = width === 8 ? value : Math.trunc(value / (width === 14 ? 1e6 : 1e4))
    return this.hit(i, at, 'compact', Math.trunc(ymd / 1e4), Math.trunc(ymd / 100) % 100, ymd % 100)
  }

  /** 民國109年4月17日 */
  private minguo(i: number, year: number, at: number): DateHit | null {
    if (this.code(at) !== 0x5e74 || this.code(i - 1) !== 0x570b || this.code(i - 2) !== 0x6c11) return null
    const month = this.number(at + 1)
    if (this.code(this.at) !== 0x6708) return null
    const dom = this.number(this.at + 1)
    return this.code(this.at) === 0x65e5 ? this.hit(i, this.at + 1, 'full', year + 1911, month, dom) : null
  }

  private shortFirst(i: number, first: number, at: number, before: number): DateHit | null {
    if (digit(this.code(i - 2)) && (before === 46 || before === 45 || before === 47 || before === 58)) return null
    const j = this.soft(at)
    const c = this.code(j)
    const kind = separator(c)
    if (kind === 5) return this.monthDay(i, first, j + 1)
    if (kind >= 1 && kind <= 3) {
      const k = this.soft(j + 1)
      if (digit(this.code(k))) return this.threeNumbers(i, first, at - i, k, kind, before)
    }
    if (kind === 4) {
      // 20年6月1日
      const month = this.number(this.soft(j + 1))
      if (at - i === 2 && this.width > 0 && this.code(this.at) === 0x6708) {
        const dom = this.number(this.soft(this.at + 1))
        if (this.width > 0 && this.width <= 2 && this.code(this.soft(this.at)) === 0x65e5) return this.hit(i, this.soft(this.at) + 1, 'short', 2000 + first, month, dom)
      }
      return null
    }
    return this.named(i, first, at) ?? this.monthApart(i, first, at) ?? ago(i, at, first, this.flow, this.end, this.options.today, this.options.minute)
  }

  /** 6月1日, without a year: the last such day that is not in the future. */
  private monthDay(i: number, month: number, after: number): DateHit | null {
    let j = this.soft(after)
    if (!digit(this.code(j))) {
      // 07月 ⏎ 28
      while (j - after < 5 && (this.code(j) === 32 || this.code(j) === SEAM || this.code(j) === BREAK)) j++
      if (!digit(this.code(j))) return null
      const dom = this.number(j)
      const close = this.code(this.at)
      return this.width <= 2 && (close === BREAK || close === SEAM || close === 0 || close === 0x65e5) ? this.yearLess(i, this.at, month, dom) : null
    }
    const dom = this.number(j)
    if (this.width > 2) return null
    j = this.soft(this.at)
    const c = this.code(j)
    return c === 0x65e5 || c === 0x53f7 || c === 0x865f ? this.yearLess(i, j + 1, month, dom) : null
  }

  private yearLess(from: number, to: number, month: number, dom: number): DateHit | null {
    if (month < 1 || month > 12 || dom < 1 || dom > 31) return null
    const apart = this.yearApart(from, to)
    if (apart !== null) return this.hit(from, to, 'full', apart, month, dom)
    const day = latestDay(month, dom, this.options.today)
    return day === null ? null : this.hit(from, to, 'month_day', Number(day.slice(0, 4)), month, dom)
  }

  /** A year in a block of its own beside a month and day: "07-28 ⏎ 2020". */
  private yearApart(from: number, to: number): number | null {
    let j = to
    while (j - to < 4 && (this.code(j) === 32 || this.code(j) === SEAM || this.code(j) === BREAK)) j++
    if (j > to && digit(this.code(j))) {
      const year = this.number(j)
      const close = this.code(this.at)
      if (this.width === 4 && year >= 1990 && year <= 2100 && (close === 0 || close === BREAK || close === SEAM || close === 0x5e74)) return year
    }
    j = from - 1
    while (from - j < 5 && (this.code(j) === 32 || this.code(j) === SEAM || this.code(j) === BREAK || this.code(j) === 0x5e74)) j--
    if (j < from - 1 && digit(this.code(j)) && digit(this.code(j - 3)) && !digit(this.code(j - 4))) {
      const open = this.code(j - 4)
      const year = this.number(j - 3)
      if (this.width === 4 && year >= 1990 && year <= 2100 && (open === 0 || open === BREAK || open === SEAM)) return year
    }
    return null
  }

  private threeNumbers(i: number, first: number, firstWidth: number, k: number, kind: number, before: number): DateHit | null {
    const second = this.number(k)
    const secondWidth = this.width
    const at = this.at
    if (secondWidth > 2) return kind === 1 || kind === 2 ? this.dayAboveMonthYear(i, first, second, secondWidth) : null
    let j = this.soft(at)
    if (separator(this.code(j)) === kind && digit(this.code(this.soft(j + 1)))) {
      j = this.soft(j + 1)
      let third = this.number(j)
      let width = this.width
      let end = this.at
      if (width === 6 && this.code(end) === 58) {
        third = Math.trunc(third / 100)
        width = 4
        end -= 2
      }
      const close = this.code(end)
      if (digit(this.code(end + 1)) && (close === 46 || close === 47 || (close === 45 && !this.isTime(end + 1)))) return null
      if (width === 4) return this.numeric(i, end, first, second, third, kind)
      if (width !== 2 || latin(close)) return null
      if (kind === 3 && this.options.dayFirst && second <= 12 && first <= 31) return this.hit(i, end, 'short', 2000 + third, second, first)
      if (firstWidth !== 2 || secondWidth !== 2) return null
      if (2000 + first <= Number(this.options.today.slice(0, 4)) && first >= 1) {
        return this.hit(i, end, 'short', 2000 + first, second, third) ?? (kind === 2 ? this.hit(i, end, 'short', 2000 + third, first, second) : null)
      }
      return kind === 2 ? this.hit(i, end, 'short', 2000 + third, first, second) : null
    }
    // 06-01: two numbers are a date only when they stand alone
    const close = this.code(at)
    if (latin(close) || digit(close) || close === 37 || close === 46 || close === 47 || close === 45 || close === 126) return null
    if (!standsAlone(before) || (kind === 3 && (firstWidth !== 2 || secondWidth !== 2))) return null
    return this.yearLess(i, at, first, second)
  }

  private dayAboveMonthYear(i: number, month: number, year: number, width: number): DateHit | null {
    return width === 4 && month <= 12 && year >= 1990 && year <= 2100 ? this.withDayApart(i, this.at, year, month) : null
  }

  private numeric(i: number, end: number, first: number, second: number, year: number, kind: number): DateHit | null {
    const dayFirst = first > 12 || (second <= 12 && (kind === 3 || this.options.dayFirst))
    return dayFirst ? this.hit(i, end, 'numeric', year, second, first) : this.hit(i, end, 'numeric', year, first, second)
  }

  /** 1 June 2020 · 1. Juni 2020 · 1 de junio de 2020 · June 1st, 2020 */
  private named(i: number, dom: number, at: number): DateHit | null {
    if (dom < 1 || dom > 31) return null
    let j = this.pastOrdinal(at)
    const word = this.wordAt(j)
    let month = word === '' ? 0 : monthOf(word)
    if (month === 0 && (word === 'de' || word === "d'" || word === 'of')) {
      j = this.soft(j + word.length)
      const next = this.wordAt(j)
      month = monthOf(next)
      if (month > 0) j += next.length
    } else j += word.length
    if (month > 0) {
      const year = this.yearAt(j)
      if (year > 0) return this.hit(i, this.at, 'named', year, month, dom)
    }
    const before = this.monthBefore(i)
    if (before === null) return null
    const year = this.yearAt(this.pastOrdinal(at))
    return year > 0 ? this.hit(before.from, this.at, 'named', year, before.month, dom) : null
  }

  private pastOrdinal(at: number): number {
    let j = at
    const a = this.code(j) | 32
    const b = this.code(j + 1) | 32
    if ((a === 115 && b === 116) || (a === 110 && b === 100) || (a === 114 && b === 100) || (a === 116 && b === 104) || (a === 101 && b === 114)) {
      if (!isWordCode(this.code(j + 2))) j += 2
    } else if (this.code(j) === 46 || this.code(j) === 0xba || this.code(j) === 0xb0) j++
    j = this.soft(j)
    if (this.code(j) === 45 || this.code(j) === 47) j = this.soft(j + 1)
    return j
  }

  private wordAt(i: number): string {
    let j = i
    while (j - i < 14 && isWordCode(this.code(j))) j++
    return j === i ? '' : String.fromCharCode(...this.flow.subarray(i, j))
  }

  private monthBefore(i: number): { month: number; from: number } | null {
    let j = i - 1
    while (i - j < 4 && (this.code(j) === 32 || this.code(j) === 46 || this.code(j) === SEAM || this.code(j) === BREAK || this.code(j) === 45)) j--
    const end = j + 1
    while (end - j < 14 && isWordCode(this.code(j))) j--
    if (j + 1 === end || end === i) return null
    const month = monthOf(String.fromCharCode(...this.flow.subarray(j + 1, end)))
    return month === 0 ? null : { month, from: j + 1 }
  }

  /** The year after a month and day; 0 where none follows. Leaves its end in `at`. */
  private yearAt(i: number): number {
    let j = i
    while (j - i < 5) {
      const c = this.code(j)
      if (c !== 32 && c !== 46 && c !== 44 && c !== SEAM && c !== BREAK && c !== 45 && c !== 47) break
      j++
    }
    const word = this.wordAt(j)
    if (word === 'de' || word === 'del' || word === 'г') j = this.soft(j + word.length)
    const year = this.number(j)
    return this.width === 4 && year >= 1990 && year <= 2100 ? year : 0
  }

  /** A day number in a block above its month's name: "28 ⏎ 7月". */
  private monthApart(i: number, dom: number, at: number): DateHit | null {
    let j = at
    while (j - at < 4 && (this.code(j) === 32 || this.code(j) === SEAM || this.code(j) === BREAK)) j++
    if (j === at || !digit(this.code(j)) || dom < 1 || dom > 31) return null
    const open = this.code(i - 1)
    if (open !== BREAK && open !== SEAM && open !== 0) return null
    const month = this.number(j)
    const end = this.at
    if (this.width > 2 || this.code(end) !== 0x6708 || digit(this.code(end + 1))) return null
    return this.yearLess(i, end + 1, month, dom)
  }

  private isTime(i: number): boolean {
    this.number(i)
    const ok = this.width <= 2 && this.width > 0 && (this.code(this.at) === 58 || this.code(this.at) === 0xff1a)
    return ok && digit(this.code(this.at + 1))
  }

  /** Where the time of day behind a date ends, or `to` itself. */
  private timeAfter(to: number): number {
    let j = to
    while (j - to < 4) {
      const c = this.code(j)
      if (c !== 32 && c !== SEAM && c !== 45 && c !== 84 && c !== 44 && c !== BREAK) break
      j++
    }
    // 2024年5月1日 星期三 10:20
    if (this.code(j) === 0x661f && this.code(j + 1) === 0x671f) j = this.soft(j + 3)
    if (!digit(this.code(j)) || !this.isTime(j)) return to
    this.number(this.at + 1)
    let end = this.at
    if (this.code(end) === 58 && digit(this.code(end + 1))) {
      this.number(end + 1)
      end = this.at
    }
    return end
  }
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

function isWordCode(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 0xc0 && c <= 0x24f) || (c >= 0x400 && c <= 0x4ff) || (c >= 0x900 && c <= 0x97f)
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
