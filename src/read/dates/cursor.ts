import { makeDay } from '../../domain/date.ts'
import { BREAK, SEAM } from '../html/tape.ts'
import type { DateHit, FindOptions, Form } from './hit.ts'

/** Is it an ASCII digit? */
export const digit = (c: number | undefined): boolean => c !== undefined && c >= 48 && c <= 57

/** A stretch of the flow being read for dates: numbers, soft gaps, times of day. */
export class Cursor {
  readonly flow: Uint16Array
  readonly start: number
  readonly end: number
  readonly options: FindOptions
  /** Where the last number read ended, and how many digits it had. */
  at = 0
  width = 0

  constructor(flow: Uint16Array, start: number, end: number, options: FindOptions) {
    this.flow = flow
    this.start = start
    this.end = end
    this.options = options
  }

  code(i: number): number {
    return i >= this.start && i < this.end ? (this.flow[i] ?? 0) : 0
  }

  /** Reads a number at `i`; leaves its end in `at` and its digits in `width`. */
  number(i: number): number {
    let value = 0
    let j = i
    while (digit(this.code(j)) && j - i < 15) value = value * 10 + this.code(j++) - 48
    this.at = j
    this.width = j - i
    return value
  }

  /** Past spaces and seams; not past a break. */
  soft(i: number): number {
    let j = i
    while (j - i < 4 && (this.code(j) === 32 || this.code(j) === SEAM)) j++
    return j
  }

  hit(from: number, to: number, form: Form, year: number, month: number, dom: number): DateHit | null {
    if (year < 1900 || year > 2100) return null
    const day = form === 'month' ? null : makeDay(year, month, dom)
    if (day === null && form !== 'month') return null
    const end = this.timeAfter(to)
    return { from, to: Math.max(end, to), day, form, year, month, dom, time: end > to }
  }

  isTime(i: number): boolean {
    this.number(i)
    const ok = this.width <= 2 && this.width > 0 && (this.code(this.at) === 58 || this.code(this.at) === 0xff1a)
    return ok && digit(this.code(this.at + 1))
  }

  /** Where the time of day behind a date ends, or `to` itself. */
  timeAfter(to: number): number {
    let j = to
    while (j - to < 4) {
      const c = this.code(j)
      if (c !== 32 && c !== SEAM && c !== 45 && c !== 84 && c !== 44 && c !== BREAK) break
      j++
    }
    // 5 March 2026 at 10:12, 5. März 2026 um 10:12 Uhr
    let word = j
    while (word - j < 4 && ((this.code(word) >= 97 && this.code(word) <= 122) || this.code(word) === 0xe0)) word++
    if (word > j && word - j <= 3) {
      const behind = this.soft(this.code(word) === 46 ? word + 1 : word)
      if (behind > word && digit(this.code(behind))) j = behind
    }
    // 2024年5月1日 星期三 10:20
    if (this.code(j) === 0x661f && this.code(j + 1) === 0x671f) j = this.soft(j + 3)
    if (!digit(this.code(j))) return to
    if (!this.isTime(j)) return this.hanTime(j, to)
    this.number(this.at + 1)
    let end = this.at
    if (this.code(end) === 58 && digit(this.code(end + 1))) {
      this.number(end + 1)
      end = this.at
      // 15:44:12.0, as databases print it
      if (this.code(end) === 46 && digit(this.code(end + 1))) {
        this.number(end + 1)
        end = this.at
      }
    }
    return this.zoneAfter(end)
  }

  /** The end of 9时21分 or 9点21分30秒 at `j`, or `to`. */
  private hanTime(j: number, to: number): number {
    this.number(j)
    const hour = this.code(this.at)
    if (this.width > 2 || (hour !== 0x65f6 && hour !== 0x70b9) || !digit(this.code(this.at + 1))) return to
    this.number(this.at + 1)
    if (this.width > 2 || this.code(this.at) !== 0x5206) return to
    const minute = this.at + 1
    if (!digit(this.code(minute))) return minute
    this.number(minute)
    return this.code(this.at) === 0x79d2 ? this.at + 1 : minute
  }

  /** The end of Z, +08:00 or +0800 right behind a time, or `end`. */
  private zoneAfter(end: number): number {
    const sign = this.code(end)
    if (sign === 90) return end + 1
    if (sign !== 43 && sign !== 45) return end
    const value = this.number(end + 1)
    if (this.width === 4) return value <= 1400 ? this.at : end
    if (this.width !== 2 || value > 14 || this.code(this.at) !== 58) return end
    this.number(this.at + 1)
    return this.width === 2 ? this.at : end
  }
}
