import { expect, test } from 'vitest'
import { judge } from '../../bench/schedule/judge.ts'
import { simulateChannels } from '../../bench/schedule/posting.ts'
import { seeded } from '../../bench/schedule/random.ts'
import { deadlines, every } from '../../bench/schedule/visits.ts'
import { dayNumber } from '../../src/domain/date.ts'
import { DEFAULT_POLICY } from '../../src/schedule/index.ts'

const START = dayNumber('2023-07-01')
const FROM = START + 366
const TO = FROM + 365

test.each([1, 2, 3])('publishers of seed %i: each breach is seen within a day or so, none is invented, at a fraction of daily visits', (seed) => {
  const channels = simulateChannels(seeded(seed), 4, START, TO, { share: 0, back: 0, ahead: 0 })
  let [own, daily, breaches] = [0, 0, 0]
  for (const channel of channels) {
    const visits = deadlines(DEFAULT_POLICY)(channel, START, TO)
    const found = judge(channel, visits, FROM, TO, 14)
    expect(found).toMatchObject({ missed: 0, falseAlarms: 0 })
    for (const delay of found.delays) expect(delay).toBeLessThan(1.1)
    // Never unvisited for longer than the policy allows.
    for (const [i, t] of visits.entries()) expect(t - (visits[i - 1] ?? t)).toBeLessThanOrEqual(DEFAULT_POLICY.maxIntervalDays)
    own += visits.filter((t) => t >= FROM).length - found.again
    daily += 365 - found.again
    breaches += found.breaches
  }
  expect(breaches).toBeGreaterThan(0)
  expect(own / daily).toBeLessThan(0.25)
})

test('the judge knows a rule that looks too seldom', () => {
  const channels = simulateChannels(seeded(1), 10, START, TO, { share: 0, back: 0, ahead: 0 })
  const missed = channels.reduce((n, c) => n + judge(c, every(30, seeded(2))(c, START, TO), FROM, TO, 14).missed, 0)
  expect(missed).toBeGreaterThan(0)
})
