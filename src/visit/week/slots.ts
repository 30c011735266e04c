import { addDays, startOfDay } from '../../domain/date.ts'
import type { Day } from '../../domain/date.ts'
import { fraction } from '../../schedule/hash.ts'

const DAY = 86_400_000

/** What the slots of a week follow from. */
export type WeekPlan = { readonly channelId: number; readonly fromOn: Day; readonly days: number; readonly visitsPerDay: number }

/** Milliseconds between two looks, jitter apart. */
export const spacing = (week: WeekPlan): number => DAY / week.visitsPerDay

export const slotsOf = (week: WeekPlan): number => week.days * week.visitsPerDay

/**
 * The moment of a look: each day is cut into as many equal parts as there are looks, and each look falls within its own part, at a
 * place that chance picks for this site (10 % to 90 % of it). Two neighbours are 0.2 to 1.8 parts apart, and all lie within their day.
 */
export function slotAt(week: WeekPlan, slot: number): Date {
  const jitter = 0.1 + 0.8 * fraction(week.channelId, `week-${week.fromOn}-${slot}`)
  return new Date(Math.round(startOfDay(week.fromOn).getTime() + (slot + jitter) * spacing(week)))
}

/** May the slot still be used at `now`? Too late a look would crowd the next one: it is missed, not made up for. */
export function inTime(week: WeekPlan, slot: number, now: Date): boolean {
  return now.getTime() - slotAt(week, slot).getTime() <= spacing(week) / 10
}

/** The first slot after `slot` that is still to come or in time; equal to `slotsOf` when there is none. */
export function slotAfter(week: WeekPlan, slot: number, now: Date): number {
  const all = slotsOf(week)
  // Everything before the part of the day we are in has gone by.
  const part = Math.floor((now.getTime() - startOfDay(week.fromOn).getTime()) / spacing(week)) - 1
  let next = Math.max(slot + 1, Math.min(part, all))
  while (next < all && !inTime(week, next, now)) next++
  return next
}

/** The day after the last. */
export const endOf = (week: WeekPlan): Day => addDays(week.fromOn, week.days)
