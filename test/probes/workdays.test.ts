import { describe, expect, it } from 'vitest'
import { addDays, daysBetween } from '../../src/domain/date.ts'
import { HuoshuiError } from '../../src/domain/error.ts'
import { isKnownYear, isWorkday, workingDaysBetween } from '../../src/probes/index.ts'
import { figuresOf, percentile } from '../../src/probes/letters/figures.ts'

/**
 * 国务院办公厅关于20xx年部分节假日安排的通知: the spans of days off (month-day to month-day; a span may begin in the year
 * before), and the weekend days worked in their stead.
 */
const CALENDAR: Readonly<Record<number, { off: readonly string[]; work: readonly string[] }>> = {
  2019: { off: ['2018-12-30..2019-01-01', '02-04..02-10', '04-05..04-07', '05-01..05-04', '06-07..06-09', '09-13..09-15', '10-01..10-07'], work: ['2018-12-29', '02-02', '02-03', '04-28', '05-05', '09-29', '10-12'] },
  2020: { off: ['01-01..01-01', '01-24..02-02', '04-04..04-06', '05-01..05-05', '06-25..06-27', '10-01..10-08'], work: ['01-19', '04-26', '05-09', '06-28', '09-27', '10-10'] },
  2021: { off: ['01-01..01-03', '02-11..02-17', '04-03..04-05', '05-01..05-05', '06-12..06-14', '09-19..09-21', '10-01..10-07'], work: ['02-07', '02-20', '04-25', '05-08', '09-18', '09-26', '10-09'] },
  2022: { off: ['01-01..01-03', '01-31..02-06', '04-03..04-05', '04-30..05-04', '06-03..06-05', '09-10..09-12', '10-01..10-07'], work: ['01-29', '01-30', '04-02', '04-24', '05-07', '10-08', '10-09'] },
  2023: { off: ['2022-12-31..2023-01-02', '01-21..01-27', '04-05..04-05', '04-29..05-03', '06-22..06-24', '09-29..10-06'], work: ['01-28', '01-29', '04-23', '05-06', '06-25', '10-07', '10-08'] },
  2024: { off: ['2023-12-30..2024-01-01', '02-10..02-17', '04-04..04-06', '05-01..05-05', '06-08..06-10', '09-15..09-17', '10-01..10-07'], work: ['02-04', '02-18', '04-07', '04-28', '05-11', '09-14', '09-29', '10-12'] },
  2025: { off: ['01-01..01-01', '01-28..02-04', '04-04..04-06', '05-01..05-05', '05-31..06-02', '10-01..10-08'], work: ['01-26', '02-08', '04-27', '09-28', '10-11'] },
  2026: { off: ['01-01..01-03', '02-15..02-23', '04-04..04-06', '05-01..05-05', '06-19..06-21', '09-25..09-27', '10-01..10-07'], work: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'] },
}
const full = (year: number, s: string): string => (s.length === 5 ? `${year}-${s}` : s)
const off = new Set<string>()
const work = new Set<string>()
for (const [year, { off: spans, work: days }] of Object.entries(CALENDAR)) {
  for (const span of spans) {
    const [from, until] = span.split('..').map((s) => full(Number(year), s)) as [string, string]
    for (let d = from; d <= until; d = addDays(d, 1)) off.add(d)
  }
  for (const d of days) work.add(full(Number(year), d))
}
const published = (day: string): boolean => work.has(day) || (!off.has(day) && new Date(`${day}T00:00:00Z`).getUTCDay() % 6 !== 0)

describe('working days', () => {
  it('are those of the published calendars, each day of 2019 to 2026', () => {
    const wrong: string[] = []
    for (let day = '2019-01-01'; day <= '2026-12-31'; day = addDays(day, 1)) if (isWorkday(day) !== published(day)) wrong.push(day)
    expect(wrong).toEqual([])
    expect(daysBetween('2019-01-01', '2026-12-31')).toBe(2921)
  })

  it.each([
    ['2026-11-20', '2026-11-23', 1, 'over a weekend'],
    ['2026-11-23', '2026-11-23', 0, 'on the same day'],
    ['2026-09-30', '2026-10-08', 1, 'over National Day'],
    ['2026-09-30', '2026-10-10', 3, 'a Saturday made up for it'],
    ['2024-12-31', '2025-01-02', 1, 'over a year end'],
    ['2022-12-30', '2023-01-03', 1, 'over a year end whose holiday begins in December'],
    ['2025-12-31', '2026-01-04', 1, 'over a year end to a make-up Sunday'],
    ['2026-02-13', '2026-02-28', 6, 'over Spring Festival with both make-up Saturdays'],
    ['2018-12-28', '2019-01-02', 2, 'a make-up Saturday before a year end'],
  ])('from %s to %s are %i (%s)', (from, to, n) => expect(workingDaysBetween(from, to)).toBe(n))

  it('are refused for years that are not known, for what is no day, and backwards', () => {
    expect(isKnownYear(2026)).toBe(true)
    expect(isKnownYear(2003)).toBe(false)
    expect(isKnownYear(2050)).toBe(false)
    expect(workingDaysBetween('2026-12-30', '2050-01-04')).toBeNull()
    expect(workingDaysBetween('2003-12-30', '2004-01-05')).toBeNull()
    expect(workingDaysBetween('2026-11-23', '2026-11-20')).toBeNull()
    expect(workingDaysBetween('2026-13-40', '2026-12-30')).toBeNull()
    expect(() => isWorkday('2050-01-04')).toThrow(HuoshuiError)
    expect(() => isWorkday('2026-13-40')).toThrow(HuoshuiError)
  })
})

describe('figures of letters', () => {
  const letter = (askedOn: string | null, answeredOn: string | null, answer = answeredOn !== null) => ({ title: `${askedOn}`, url: `http://x/${askedOn}`, askedOn, answeredOn, answer })
  it('has median and 90th percentile by nearest rank, and who waits how long', () => {
    const figures = figuresOf([
      letter('2026-11-16', '2026-11-17'), letter('2026-11-16', '2026-11-18'), letter('2026-09-30', '2026-10-10'), letter('2026-11-02', '2026-11-16'),
      letter('2026-11-02', null), letter('2026-11-01', null), letter('2026-08-23', null), letter('2026-08-22', null), letter('2051-01-01', '2051-01-05'), letter(null, null),
    ], '2026-11-23')
    expect(figures).toMatchObject({ answered: 5, unanswered: 4, median: 2, p90: 10, uncounted: 1 })
    // 2 November is 15 working days ago, which is still in time; the day before is a Sunday and no later.
    expect(figures.over15.map((l) => [l.title, l.workingDays])).toEqual([['2026-11-01', 16], ['2026-08-23', workingDaysBetween('2026-08-23', '2026-11-23')], ['2026-08-22', workingDaysBetween('2026-08-22', '2026-11-23')]])
    // Three months by calendar; exactly on the limit is met.
    expect(figures.over3Months.map((l) => l.askedOn)).toEqual(['2026-08-22'])
  })
  it('has no percentile of nothing', () => {
    expect(percentile([], 50)).toBeNull()
    expect(percentile([3], 90)).toBe(3)
    expect(percentile([1, 2, 3, 4], 50)).toBe(2)
  })
})
