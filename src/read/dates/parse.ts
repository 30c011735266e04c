import { type Day, addDays, dayInChina } from '../../domain/date.ts'
import { findDates } from './find.ts'
import type { DateHit } from './hit.ts'

const buffer = new Uint16Array(512)

/** The first date in a short string (an attribute, a field of JSON); null where there is none. At most 512 characters are read. */
export function firstDate(s: string, today: Day, dayFirst = true): DateHit | null {
  const size = Math.min(s.length, buffer.length)
  for (let i = 0; i < size; i++) {
    const c = s.charCodeAt(i)
    buffer[i] = c >= 0xff10 && c <= 0xff19 ? c - 0xfee0 : c === 0xa0 || c === 0x3000 || (c < 32 && c !== 10) ? 32 : c
  }
  for (const hit of findDates(buffer, 0, size, { today, dayFirst, limit: 4 })) if (hit.form !== 'month') return hit
  return null
}

/**
 * A date in a string, as a day in China: every written form, ISO instants by the day they print, and epochs of
 * 10 digits (seconds) or 13 (milliseconds) in China's time. `now` resolves relative words and missing years.
 */
export function parseDay(text: string, now: Date): Day | null {
  const s = text.trim()
  if (/^\d{10}$|^\d{13}$/.test(s)) return epochDay(Number(s))
  return firstDate(s, dayInChina(now))?.day ?? null
}

/** Unix seconds or milliseconds to the day in China; null outside 1990 to 2100. */
export function epochDay(value: number): Day | null {
  const ms = value > 1e11 ? value : value * 1000
  return ms >= 631_152_000_000 && ms < 4_102_444_800_000 ? dayInChina(new Date(ms)) : null
}

let lastToday: Day = ''
let tomorrow: Day = ''

/** Later than a day ahead of the judging day: no publication. */
export function isFuture(day: Day, today: Day): boolean {
  if (today !== lastToday) {
    lastToday = today
    tomorrow = addDays(today, 1)
  }
  return day > tomorrow
}
