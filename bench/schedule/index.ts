/**
 * Deadlines against cron: `node bench/schedule/index.ts [--channels 100] [--seed 1] [--json FILE]`. Channels that publish by seeded habits
 * (`posting.ts`) are visited for a year by our policy (the product's own `nextDue`), daily, weekly and freshness-optimally with
 * our number of visits; printed are visits a channel a year (`again`: of them to what was known to be over its limit already) and the days from a limit's running out to the visit that sees it,
 * first with true dates, then with 5 % that lie.
 */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { dayNumber } from '../../src/domain/date.ts'
import { DEFAULT_POLICY } from '../../src/schedule/index.ts'
import { judge } from './judge.ts'
import { simulateChannels } from './posting.ts'
import type { Simulated } from './posting.ts'
import { seeded } from './random.ts'
import { deadlines, every, freshness } from './visits.ts'
import type { Rule } from './visits.ts'

const { values } = parseArgs({ options: { channels: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' }, json: { type: 'string' } } })
/** A year to get going in, a year that is counted. */
const START = dayNumber('2023-07-01')
const FROM = START + 366
const TO = FROM + 365
const LIES = { share: 0.05, back: 60, ahead: 30 }

type Line = { visits_a_year: number; again: number; days_p50: number; days_p95: number; days_max: number; breaches: number; missed: number; false_alarms: number }

function measure(channels: readonly Simulated[], rule: Rule): Line {
  const delays: number[] = []
  let [visits, breaches, missed, falseAlarms, again] = [0, 0, 0, 0, 0]
  for (const channel of channels) {
    const times = rule(channel, START, TO)
    visits += times.filter((t) => t >= FROM).length
    const found = judge(channel, times, FROM, TO, 14)
    delays.push(...found.delays)
    breaches += found.breaches
    missed += found.missed
    falseAlarms += found.falseAlarms
    again += found.again
  }
  delays.sort((a, b) => a - b)
  const at = (share: number): number => Math.round((delays[Math.min(delays.length - 1, Math.floor(share * delays.length))] ?? 0) * 100) / 100
  const yearly = (n: number): number => Math.round(n / channels.length * 10) / 10
  return { visits_a_year: yearly(visits), again: yearly(again), days_p50: at(0.5), days_p95: at(0.95), days_max: at(1), breaches, missed, false_alarms: falseAlarms }
}

function compare(share: number): Record<string, Line> {
  const random = seeded(Number(values.seed))
  const channels = simulateChannels(random, Number(values.channels), START, TO, { ...LIES, share })
  const ours = measure(channels, deadlines(DEFAULT_POLICY))
  return {
    'deadlines (ours)': ours,
    'the same without the audit share': measure(channels, deadlines({ ...DEFAULT_POLICY, auditShare: 0 })),
    'daily': measure(channels, every(1, random)),
    'weekly': measure(channels, every(7, random)),
    'freshness-optimal, as many visits': measure(channels, freshness(channels, START, TO, ours.visits_a_year / 365 * channels.length, random)),
  }
}

function compareHabits(): Record<string, Line> {
  const channels = simulateChannels(seeded(Number(values.seed)), Number(values.channels), START, TO, { ...LIES, share: 0 })
  return Object.fromEntries([...Map.groupBy(channels, (c) => c.habit)].map(([habit, of]) => [habit, measure(of, deadlines(DEFAULT_POLICY))]))
}

const results = { 'true dates': compare(0), '5 % of dates lie': compare(LIES.share) }
for (const [name, table] of Object.entries(results)) {
  console.log(`\n${name}; ${values.channels} channels of each habit, seed ${values.seed}`)
  console.table(table)
}
const habits = compareHabits()
console.log('\nours by habit, true dates')
console.table(habits)
for (const [name, table] of Object.entries(results)) {
  const [ours, daily] = [table['deadlines (ours)'], table['daily']]
  if (ours === undefined || daily === undefined) continue
  const ratio = (a: number, b: number): string => (a / b).toFixed(2)
  console.log(`${name}: visits ${ratio(ours.visits_a_year, daily.visits_a_year)} of daily's, ${ratio(ours.visits_a_year - ours.again, daily.visits_a_year - daily.again)} until the breach is seen; days to detection at the 95th percentile ${ours.days_p95} against ${daily.days_p95}`)
}
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ ...results, habits }, null, 2)}\n`)
