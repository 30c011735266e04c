import { Gauge, Registry, collectDefaultMetrics } from 'prom-client'
import type { Ctx } from '../../db/context.ts'
import { countCandidates } from '../review/index.ts'
import { watcherFigures } from '../schedule/index.ts'

const registry = new Registry()
collectDefaultMetrics({ register: registry, prefix: 'huoshui_' })

const gauge = (name: string, help: string, labelNames: string[] = []): Gauge => new Gauge({ name: `huoshui_${name}`, help, labelNames, registers: [registry] })
const channels = gauge('channels', 'Registered channels that are watched')
const overdue = gauge('channels_overdue', 'Channels whose visit is overdue')
const neverVisited = gauge('channels_never_visited', 'Channels never visited')
const coverage = gauge('coverage_ratio', 'Share of channels observed in the last 14 days')
const failures = gauge('failure_ratio', 'Share of visits of the last 24 hours that observed nothing')
const oldest = gauge('oldest_unchecked_timestamp_seconds', 'When the longest unvisited channel was last visited')
const visits = gauge('visits_last_day', 'Visits of the last 24 hours by outcome', ['outcome'])
const candidates = gauge('candidates_open', 'Open candidates')

/** Prometheus's text, gathered afresh at each scrape from the database: the same from any process. */
export async function metrics({ ctx }: { ctx: Ctx }): Promise<string> {
  const [figures, open] = await Promise.all([watcherFigures({ ctx }), countCandidates({ ctx })])
  channels.set(figures.channels)
  overdue.set(figures.overdue)
  neverVisited.set(figures.neverVisited)
  coverage.set(figures.coverage ?? Number.NaN)
  failures.set(figures.failureShare ?? Number.NaN)
  oldest.set(figures.oldestUnchecked === null ? Number.NaN : Date.parse(figures.oldestUnchecked) / 1000)
  candidates.set(open)
  visits.reset()
  for (const [outcome, n] of Object.entries(figures.outcomes)) visits.set({ outcome }, n)
  return registry.metrics()
}
