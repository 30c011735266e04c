import { type Day, daysBetween, makeDay } from '../../domain/date.ts'
import { isFuture } from '../dates/parse.ts'
import { urlDate, urlMonth } from '../dates/url.ts'
import { WEEKDAY } from '../collect/labels.ts'
import type { Row } from './rows.ts'

export type DatedRow = Row & { readonly day: Day | null; readonly doubt?: string; readonly byUrl?: string }

/**
 * Days for a list's rows. A row without a year (06-01) takes the latest year that is not in the future, unless the
 * address of its page says another, or its neighbours do: a list runs one way, so where month and day jump up going
 * down the list, a year has turned. A row with no date at all takes the day in its address, as a witness of its own.
 * Doubtful years err towards newer: a live list must not be read as older than it is.
 */
export function dayRows(rows: readonly Row[], today: Day): DatedRow[] {
  const out: DatedRow[] = []
  let previous: Day | null = null
  const weekdays = areWeekdays(rows)
  for (const row of rows) {
    const inUrl = row.anchor?.url === null || row.anchor === null ? null : urlDate(row.anchor.url)
    const kind = row.label?.kind
    if (row.attributed !== undefined) {
      out.push({ ...row, day: row.attributed.day })
      continue
    }
    if (row.hit === null || row.hit.day === null) {
      out.push(inUrl === null || isFuture(inUrl.day, today) ? { ...row, day: null } : { ...row, day: inUrl.day, byUrl: inUrl.raw })
      continue
    }
    if (kind === 'event' || (kind === 'clock' && !(weekdays && row.label?.text === WEEKDAY)) || kind === 'copyright' || kind === 'generated') {
      out.push({ ...row, day: row.hit.day, doubt: kind })
      continue
    }
    let day: Day = row.hit.day
    if (row.hit.form === 'month_day') {
      const near = inUrl?.day ?? midMonth(row.anchor?.url ?? null)
      const year = near === null ? null : yearFrom(near, row.hit.month, row.hit.dom)
      if (year !== null) day = year
      else if (previous !== null && day > previous && daysBetween(previous, day) > 90) {
        // Going down a list the days grow older: 12-28 under 01-05 is last year's.
        const earlier = makeDay(Number(day.slice(0, 4)) - 1, row.hit.month, row.hit.dom)
        if (earlier !== null && daysBetween(earlier, previous) < 300 && rowsFall(rows)) day = earlier
      }
      // In a week it will be this year's: a row dated ahead must not take those under it into the past.
      if (daysBetween(day, today) < 358) previous = day
    } else previous = day
    out.push(isFuture(day, today) ? { ...row, day, doubt: 'future' } : { ...row, day })
  }
  return out
}

/** Rows whose days stand with their weekdays: a clock shows one day, a list shows several. */
function areWeekdays(rows: readonly Row[]): boolean {
  const days = new Set<Day | null | undefined>()
  for (const row of rows) if (row.label?.text === WEEKDAY) days.add(row.hit?.day)
  return days.size >= 3
}

/** The middle of the month in an address that names no day. */
function midMonth(url: string | null): Day | null {
  const found = url === null ? null : urlMonth(url)
  return found === null ? null : makeDay(found.year, found.month, 15)
}

/** Month and day with the year of an address, when the two lie within 45 days of each other. */
function yearFrom(inUrl: Day, month: number, dom: number): Day | null {
  const year = Number(inUrl.slice(0, 4))
  for (const y of [year, year + 1, year - 1]) {
    const day = makeDay(y, month, dom)
    if (day !== null && Math.abs(daysBetween(inUrl, day)) <= 45) return day
  }
  return null
}

/** Do month and day fall more often than they rise, going down the list? */
function rowsFall(rows: readonly Row[]): boolean {
  let falls = 0
  let rises = 0
  let last = -1
  for (const row of rows) {
    if (row.hit === null || row.hit.day === null) continue
    const key = row.hit.month * 100 + row.hit.dom
    if (last >= 0 && key < last) falls++
    else if (last >= 0 && key > last) rises++
    last = key
  }
  return falls > rises
}
