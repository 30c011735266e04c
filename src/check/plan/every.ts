import { dayInChina, startOfDay } from '../../domain/date.ts'

export const EVERY = ['week', 'month', 'quarter'] as const
export type Every = (typeof EVERY)[number]

/** The next Monday, first of the month, or first of the quarter, at 02:00 in China, after the moment. */
export function nextRun(every: Every, after: Date): Date {
  const [year = 0, month = 0, day = 0] = dayInChina(after).split('-').map(Number)
  const at = (y: number, m: number, d: number): Date => new Date(startOfDay(new Date(Date.UTC(y, m, d)).toISOString().slice(0, 10) as ReturnType<typeof dayInChina>).getTime() + 2 * 3_600_000)
  if (every === 'month') return at(year, month, 1)
  if (every === 'quarter') return at(year, Math.floor((month - 1) / 3) * 3 + 3, 1)
  const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7
  const monday = at(year, month - 1, day - weekday)
  return monday > after ? monday : at(year, month - 1, day - weekday + 7)
}
