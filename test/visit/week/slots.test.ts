import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayInChina } from '../../../src/domain/date.ts'
import { endOf, inTime, slotAfter, slotAt, slotsOf, spacing } from '../../../src/visit/week/slots.ts'
import type { WeekPlan } from '../../../src/visit/week/slots.ts'

const plan = fc.record({ channelId: fc.integer({ min: 1, max: 1e6 }), fromOn: fc.constantFrom('2026-05-28', '2026-12-28', '2028-02-26'), days: fc.integer({ min: 7, max: 31 }), visitsPerDay: fc.integer({ min: 20, max: 96 }) })

test('every day has exactly its looks, all within it, 0.2 to 1.8 parts from their neighbours', () => {
  fc.assert(fc.property(plan, (week: WeekPlan) => {
    const at = Array.from({ length: slotsOf(week) }, (_, i) => slotAt(week, i))
    const perDay = Map.groupBy(at, (t) => dayInChina(t))
    expect(perDay.size).toBe(week.days)
    expect([...perDay.values()].every((d) => d.length === week.visitsPerDay)).toBe(true)
    for (let i = 1; i < at.length; i++) {
      const apart = at[i]!.getTime() - at[i - 1]!.getTime()
      expect(apart).toBeGreaterThanOrEqual(spacing(week) * 0.2 - 1)
      expect(apart).toBeLessThanOrEqual(spacing(week) * 1.8 + 1)
    }
  }), { numRuns: 60 })
})

test('chance puts the looks of two sites, and of two days, at different places', () => {
  const week = { channelId: 7, fromOn: '2026-06-01', days: 7, visitsPerDay: 24 }
  const place = (w: WeekPlan, slot: number): number => (slotAt(w, slot).getTime() / spacing(w)) % 1
  const places = new Set(Array.from({ length: 168 }, (_, i) => place(week, i).toFixed(3)))
  expect(places.size).toBeGreaterThan(140)
  expect(place(week, 0)).not.toBeCloseTo(place({ ...week, channelId: 8 }, 0), 3)
  expect(endOf(week)).toBe('2026-06-08')
})

test('the next slot is the first that is still in time, and never one before', () => {
  fc.assert(fc.property(plan, fc.integer({ min: -1, max: 2000 }), fc.integer({ min: -86_400_000, max: 32 * 86_400_000 }), (week, slot, ms) => {
    const now = new Date(slotAt(week, 0).getTime() + ms)
    const next = slotAfter(week, Math.min(slot, slotsOf(week) - 1), now)
    expect(next).toBeGreaterThan(Math.min(slot, slotsOf(week) - 1))
    const slow = Array.from({ length: slotsOf(week) }, (_, i) => i).find((i) => i > slot && inTime(week, i, now)) ?? slotsOf(week)
    expect(next).toBe(Math.max(slow, Math.min(slot, slotsOf(week) - 1) + 1))
  }), { numRuns: 300 })
})
