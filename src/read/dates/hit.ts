import type { Day } from '../../domain/date.ts'

/**
 * full: year first, in digits · compact: 20240501 · named: with a month's name · numeric: day or month first ·
 * short: two-digit year · month_day: without a year · relative: against the judging day · month: without a day
 */
export type Form = 'full' | 'compact' | 'named' | 'numeric' | 'short' | 'month_day' | 'relative' | 'month' | 'han'

export type DateHit = {
  from: number
  to: number
  /** null for `month`: no day is made up. */
  day: Day | null
  form: Form
  year: number
  month: number
  dom: number
  /** A time of day stands behind it. */
  time: boolean
}

export type FindOptions = {
  /** The judging day, China's time. */
  readonly today: Day
  /** Minute of the judging day, China's time, from which 小时前 counts back; the day's last when not given. */
  readonly minute?: number
  /** 03/04/2020 is the third of April (true) or the fourth of March (false). */
  readonly dayFirst: boolean
  /** 26.03.05 is of 2026, as Chinese pages write it, whatever `dayFirst` says of full years. */
  readonly yearFirst?: boolean
  /** 113-03-05 counts from the founding of the Republic, as pages in Taiwan do. */
  readonly minguo?: boolean
  /** At most so many hits. */
  readonly limit?: number
}
