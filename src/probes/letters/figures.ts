import { addMonths } from '../../domain/date.ts'
import type { Day } from '../../domain/date.ts'
import { workingDaysBetween } from '../workdays.ts'

export type Lettered = { readonly url: string; readonly title: string; readonly askedOn: Day | null; readonly answeredOn: Day | null; readonly answer: boolean }

export type Figures = {
  readonly answered: number
  readonly unanswered: number
  /** Working days from asking to answering, of the letters that show both; null where there are none. */
  readonly median: number | null
  readonly p90: number | null
  /** Letters of which the working days could not be counted: a year's holidays are not known. */
  readonly uncounted: number
  /** Still unanswered after 15 working days (information), and after 3 months by calendar (W5b). */
  readonly over15: readonly { readonly title: string; readonly url: string; readonly workingDays: number }[]
  readonly over3Months: readonly { readonly title: string; readonly url: string; readonly askedOn: Day }[]
}

const WORKING_DAYS = 15

/** How the public was answered, as of `today`. */
export function figuresOf(letters: readonly Lettered[], today: Day): Figures {
  const took: number[] = []
  let uncounted = 0
  for (const l of letters) {
    if (l.askedOn === null || l.answeredOn === null || l.answeredOn < l.askedOn) continue
    const days = workingDaysBetween(l.askedOn, l.answeredOn)
    if (days === null) uncounted += 1
    else took.push(days)
  }
  const waiting = letters.flatMap((l) => (l.askedOn !== null && l.askedOn <= today && !l.answer && l.answeredOn === null ? [{ ...l, askedOn: l.askedOn }] : []))
  const over15 = waiting.flatMap((l) => {
    const workingDays = workingDaysBetween(l.askedOn, today)
    if (workingDays === null) uncounted += 1
    return workingDays !== null && workingDays > WORKING_DAYS ? [{ title: l.title, url: l.url, workingDays }] : []
  })
  return {
    answered: letters.filter((l) => l.answer || l.answeredOn !== null).length,
    unanswered: waiting.length,
    median: percentile(took, 50), p90: percentile(took, 90), uncounted, over15,
    over3Months: waiting.filter((l) => addMonths(l.askedOn, 3) < today).map(({ title, url, askedOn }) => ({ title, url, askedOn })),
  }
}

/** The smallest value that so many per cent of the values do not exceed (nearest rank); null of none. */
export function percentile(values: readonly number[], percent: number): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((percent * sorted.length) / 100) - 1)] ?? null
}
