import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayInChina, daysBetween, startOfDay } from '../../src/domain/date.ts'
import { OUTCOMES } from '../../src/domain/outcome.ts'
import type { Outcome } from '../../src/domain/outcome.ts'
import { DEFAULT_POLICY, nextDue } from '../../src/schedule/index.ts'
import type { DueFacts, Policy } from '../../src/schedule/index.ts'
import { isForbidden } from '../../src/schedule/windows.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const now = new Date('2026-06-01T12:00:00+08:00')
const quiet: Policy = { ...DEFAULT_POLICY, auditShare: 0 }
const facts = (over: Partial<DueFacts> = {}): DueFacts => ({ channelId: 1, outcome: 'ok', failures: 0, goneSince: null, watched: [], ...over })
const hours = (at: Date): number => (at.getTime() - now.getTime()) / HOUR

describe('when a channel is next due', () => {
  test('never visited: now', () => {
    expect(nextDue(facts({ outcome: null }), quiet, now)).toEqual({ at: now, reason: 'first' })
  })

  test('fresh: on the day before its newest publication runs out', () => {
    const due = nextDue(facts({ watched: [{ newest: '2026-05-30', limit: { days: 14 } }] }), quiet, now)
    expect(due.reason).toBe('deadline')
    expect(dayInChina(due.at)).toBe('2026-06-12')
  })

  test('a month’s limit is counted by the calendar', () => {
    const due = nextDue(facts({ watched: [{ newest: '2026-03-31', limit: { months: 3 } }] }), { ...quiet, maxIntervalDays: 90 }, now)
    expect(dayInChina(due.at)).toBe('2026-06-29')
  })

  test('the earliest over a website’s columns decides', () => {
    const watched = [
      { newest: '2026-05-30', limit: { days: 14 } },
      { newest: '2026-05-22', limit: { days: 14 } },
      { newest: '2026-01-10', limit: { months: 6 } },
    ]
    expect(dayInChina(nextDue(facts({ watched }), quiet, now).at)).toBe('2026-06-04')
  })

  test('within the margin and when overdue: within a day', () => {
    for (const newest of ['2026-05-19', '2026-05-18', '2026-05-17', '2025-01-01']) {
      const due = nextDue(facts({ watched: [{ newest, limit: { days: 14 } }] }), quiet, now)
      expect(due.reason).toBe('overdue')
      expect(hours(due.at)).toBeGreaterThan(22.9)
      expect(hours(due.at)).toBeLessThanOrEqual(24)
    }
  })

  test('a date in the future does not put the visit off', () => {
    const due = nextDue(facts({ watched: [{ newest: '2027-01-01', limit: { days: 14 } }] }), quiet, now)
    expect(daysBetween('2026-06-01', dayInChina(due.at))).toBeLessThanOrEqual(14)
  })

  test('failed visits come again soon, then later and later', () => {
    const delays = [1, 2, 3, 4, 9].map((failures) => hours(nextDue(facts({ outcome: 'timeout', failures }), quiet, now).at))
    for (const [i, least] of [1, 3, 12, 24, 24].entries()) {
      expect(delays[i]).toBeGreaterThanOrEqual(least)
      expect(delays[i]).toBeLessThanOrEqual(least * 1.25)
    }
  })

  test('what only a person can change is not pestered every hour', () => {
    for (const outcome of ['robots', 'not_attested', 'credential_missing', 'login_wall'] as const) {
      const due = nextDue(facts({ outcome, failures: 1 }), quiet, now)
      expect(hours(due.at)).toBeGreaterThanOrEqual(72)
      expect(hours(due.at)).toBeLessThanOrEqual(96)
    }
  })

  test('gone is looked at again at least 24 hours after it was first seen, and soon after', () => {
    const due = nextDue(facts({ outcome: 'not_found', goneSince: now }), quiet, now)
    expect(due.reason).toBe('confirm')
    expect(hours(due.at)).toBeGreaterThan(24)
    expect(hours(due.at)).toBeLessThan(26)
    const late = nextDue(facts({ outcome: 'not_found', goneSince: new Date(now.getTime() - 30 * HOUR) }), quiet, now)
    expect(hours(late.at)).toBeGreaterThanOrEqual(1)
    expect(hours(late.at)).toBeLessThanOrEqual(2)
  })

  test('the site-down rule’s visits are evenly spread', () => {
    const due = nextDue(facts({ outcome: 'timeout', failures: 5 }), { ...quiet, visitsPerDay: 24 }, now)
    expect(due).toEqual({ at: new Date(now.getTime() + HOUR), reason: 'policy' })
  })

  test('the audit share falls on about that share of channels a day, the same ones every time', () => {
    const policy: Policy = { ...DEFAULT_POLICY, auditShare: 0.05 }
    const watched = [{ newest: '2026-06-01', limit: { months: 6 } }]
    const tomorrow = Array.from({ length: 20_000 }, (_, i) => nextDue(facts({ channelId: i + 1, watched }), policy, now))
      .filter((d) => d.reason === 'audit' && dayInChina(d.at) === '2026-06-02').length
    expect(tomorrow / 20_000).toBeGreaterThan(0.045)
    expect(tomorrow / 20_000).toBeLessThan(0.055)
  })

  test('jitter spreads channels with the same deadline over its day', () => {
    const watched = [{ newest: '2026-05-30', limit: { days: 14 } }]
    const byHour = new Map<number, number>()
    for (let id = 1; id <= 2400; id++) {
      const at = nextDue(facts({ channelId: id, watched }), quiet, now).at
      const hour = Math.floor((at.getTime() - startOfDay('2026-06-12').getTime()) / HOUR)
      byHour.set(hour, (byHour.get(hour) ?? 0) + 1)
    }
    expect([...byHour.keys()].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, i) => i))
    expect(Math.max(...byHour.values())).toBeLessThan(150)
  })
})

const anyFacts: fc.Arbitrary<DueFacts> = fc.record({
  channelId: fc.integer({ min: 1, max: 1_000_000 }),
  outcome: fc.constantFrom(...(Object.keys(OUTCOMES) as Outcome[])),
  failures: fc.nat(20),
  goneSince: fc.option(fc.integer({ min: 0, max: 40 }).map((h) => new Date(now.getTime() - h * HOUR))),
  watched: fc.array(fc.record({
    newest: fc.option(fc.integer({ min: -800, max: 30 }).map((d) => addDays('2026-06-01', d))),
    limit: fc.oneof(fc.integer({ min: 1, max: 400 }).map((days) => ({ days })), fc.integer({ min: 1, max: 12 }).map((months) => ({ months }))),
  }), { maxLength: 6 }),
})
const hhmm = fc.integer({ min: 0, max: 1439 }).map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`)
const anyPolicy: fc.Arbitrary<Policy> = fc.record({
  marginDays: fc.nat(10),
  auditShare: fc.double({ min: 0, max: 1, noNaN: true }),
  maxIntervalDays: fc.integer({ min: 1, max: 60 }),
  windows: fc.array(fc.record({ from: hhmm, to: hhmm }), { maxLength: 2 }).filter((ws) => {
    let free = 0
    for (let m = 0; m < 1440; m++) if (!isForbidden(ws, new Date(startOfDay('2026-06-01').getTime() + m * 60_000))) free++
    return free >= 60
  }),
  paused: fc.constant(false),
  ignoreRobots: fc.constant(false),
  probes: fc.constant('all'),
  probeIntervalDays: fc.constant(7),
  probePosts: fc.constant(false),
})

describe('of whatever facts and policy', () => {
  test('it lies in the future, outside the windows, and never later than the longest interval allows', () => {
    fc.assert(fc.property(anyFacts, anyPolicy, (f, policy) => {
      const { at } = nextDue(f, policy, now)
      expect(at.getTime()).toBeGreaterThan(now.getTime())
      expect(isForbidden(policy.windows, at)).toBe(false)
      // A window may push it by up to a day.
      expect(at.getTime()).toBeLessThanOrEqual(now.getTime() + policy.maxIntervalDays * DAY + (policy.windows.length > 0 ? DAY : 0))
    }), { numRuns: 3000 })
  })

  test('it is the same each time it is asked', () => {
    fc.assert(fc.property(anyFacts, anyPolicy, (f, policy) => {
      expect(nextDue(f, policy, now)).toEqual(nextDue(f, policy, now))
    }))
  })

  test('one more column never makes it later', () => {
    fc.assert(fc.property(anyFacts, anyPolicy, fc.integer({ min: 0, max: 400 }), (f, policy, days) => {
      const p = { ...policy, windows: [] }
      const more = { ...f, watched: [...f.watched, { newest: '2026-05-25', limit: { days: days + 1 } }] }
      expect(nextDue(more, p, now).at.getTime()).toBeLessThanOrEqual(nextDue(f, p, now).at.getTime())
    }))
  })

  test('a gone sighting is never confirmed within 24 hours', () => {
    fc.assert(fc.property(anyFacts, anyPolicy, (f, policy) => {
      const due = nextDue({ ...f, outcome: 'gone_cancelled', goneSince: now }, { ...policy, auditShare: 0 }, now)
      if (due.reason === 'confirm') expect(due.at.getTime() - now.getTime()).toBeGreaterThanOrEqual(DAY)
    }))
  })
})
