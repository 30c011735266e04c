/**
 * Calendar days in China. A day is a string `YYYY-MM-DD` in UTC+8 (China has kept no daylight saving since 1991),
 * so that a day read off a page and a day judged by are the same kind of thing. Instants are `Date`.
 */
export type Day = string

const DAY_MS = 86_400_000
const CHINA_OFFSET_MS = 8 * 3_600_000

/** Is it a real calendar day, spelled `YYYY-MM-DD`? */
export function isDay(s: string): s is Day {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(s)
  return m !== null && makeDay(Number(m[1]), Number(m[2]), Number(m[3])) !== null
}

/** Year, month 1-12, day 1-31 to a `Day`; null where there is no such day (30 February, month 13). */
export function makeDay(year: number, month: number, day: number): Day | null {
  if (!(year >= 1000 && year <= 9999 && month >= 1 && month <= 12 && day >= 1)) return null
  if (day > daysInMonth(year, month)) return null
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** The calendar day in China at an instant. */
export function dayInChina(at: Date): Day {
  return new Date(at.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10)
}

/** Midnight in China at the start of a day, as an instant. */
export function startOfDay(day: Day): Date {
  return new Date(dayNumber(day) * DAY_MS - CHINA_OFFSET_MS)
}

/** Days since 1970-01-01, for differences. */
export function dayNumber(day: Day): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / DAY_MS
}

export function dayFromNumber(n: number): Day {
  return new Date(n * DAY_MS).toISOString().slice(0, 10)
}

/** Whole days from `from` to `to` (negative when `to` is earlier). */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from)
}

export function addDays(day: Day, days: number): Day {
  return dayFromNumber(dayNumber(day) + days)
}

/** Calendar months, clamped to the month's end: 31 May − 3 months = 28 or 29 February. */
export function addMonths(day: Day, months: number): Day {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months
  const year = Math.floor(index / 12)
  const month = (index % 12) + 1
  const date = Math.min(Number(day.slice(8, 10)), daysInMonth(year, month))
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
}

/** A span as rules state it: two weeks are 14 days, six months are six calendar months. */
export type Span = { readonly days: number } | { readonly months: number }

/** The last day on which something published on `day` still counts as within `span`: exactly on the limit is met. */
export function lastGoodDay(day: Day, span: Span): Day {
  return 'days' in span ? addDays(day, span.days) : addMonths(day, span.months)
}

/** Days by which `newest` is past `span` on the day `today`; 0 or less means it is within. */
export function daysOver(newest: Day, span: Span, today: Day): number {
  return daysBetween(lastGoodDay(newest, span), today)
}
