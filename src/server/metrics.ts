import { Gauge, Registry, collectDefaultMetrics } from 'prom-client'
import { ALARM_CODES } from '../domain/alarm.ts'
import { countCandidates } from '../review/index.ts'
import type { WatcherLook } from '../watcher/index.ts'
import type { Deps } from './deps.ts'
import { seen } from './health.ts'

const registry = new Registry()
collectDefaultMetrics({ register: registry, prefix: 'huoshui_' })

const gauge = (name: string, help: string, labelNames: string[] = []): Gauge => new Gauge({ name: `huoshui_${name}`, help, labelNames, registers: [registry] })
const alarm = gauge('alarm', 'Is this wrong? 1 or 0, by the code that docs/operations.md explains', ['code'])
const channels = gauge('channels', 'Registered channels that are watched')
const overdue = gauge('channels_overdue', 'Channels whose visit is overdue')
const neverVisited = gauge('channels_never_visited', 'Channels never visited')
const coverage = gauge('coverage_ratio', 'Share of channels observed in the last 14 days')
const failures = gauge('failure_ratio', 'Share of visits of the last 24 hours that observed nothing')
const oldest = gauge('oldest_unchecked_timestamp_seconds', 'When the longest unvisited channel was last visited')
const oldestDue = gauge('oldest_due_timestamp_seconds', 'When the longest overdue channel was due')
const visits = gauge('visits_last_day', 'Visits of the last 24 hours by outcome', ['outcome'])
const candidates = gauge('candidates_open', 'Open candidates')
const jobs = gauge('queue_jobs', 'Jobs of the queue by state', ['state'])
const waiting = gauge('queue_oldest_waiting_seconds', 'How long the first job in the queue has waited; 0 where none waits')
const silent = gauge('worker_silent_seconds', 'How long ago each worker last said how it is', ['worker'])
const offset = gauge('worker_clock_offset_seconds', 'Clock of each worker less the database\'s', ['worker'])
const ownOffset = gauge('clock_offset_seconds', 'Clock of this process less the database\'s')
const free = gauge('disk_free_bytes', 'Free where the data folder, the evidence or the embedded database is, by machine', ['host', 'holds'])
const size = gauge('disk_size_bytes', 'Size of the same file systems', ['host', 'holds'])
const verified = gauge('audit_verified_timestamp_seconds', 'When the audit chain was last verified')
const backup = gauge('backup_timestamp_seconds', 'When the last backup was made')

const seconds = (iso: string | null | undefined): number => (iso === null || iso === undefined ? Number.NaN : Date.parse(iso) / 1000)

/** Prometheus's text, gathered afresh at each scrape from the database: the same from any process. Without a database all but the alarms are NaN. */
export async function metrics(deps: Pick<Deps, 'ctx' | 'watcher' | 'log'>): Promise<string> {
  const { look, alarms } = await seen(deps)
  const raised = new Set<string>(alarms.map((a) => a.code))
  for (const code of ALARM_CODES) alarm.set({ code }, raised.has(code) ? 1 : 0)
  ofRegister(look)
  ofSelf(look)
  candidates.set(look === null ? Number.NaN : await countCandidates(deps))
  return registry.metrics()
}

function ofRegister(look: WatcherLook | null): void {
  channels.set(look?.channels ?? Number.NaN)
  overdue.set(look?.overdue ?? Number.NaN)
  neverVisited.set(look?.neverVisited ?? Number.NaN)
  coverage.set(look?.coverage ?? Number.NaN)
  failures.set(look?.failureShare ?? Number.NaN)
  oldest.set(seconds(look?.oldestUnchecked))
  oldestDue.set(seconds(look?.oldestDue))
  visits.reset()
  for (const [outcome, n] of Object.entries(look?.outcomes ?? {})) visits.set({ outcome }, n)
}

function ofSelf(look: WatcherLook | null): void {
  for (const g of [jobs, silent, offset, free, size]) g.reset()
  const self = look?.self
  const queue = self?.queue
  for (const state of ['waiting', 'active', 'delayed'] as const) jobs.set({ state }, queue?.[state] ?? Number.NaN)
  waiting.set(queue === undefined || queue === null ? Number.NaN : queue.waitingSince === null ? 0 : (Date.now() - queue.waitingSince) / 1000)
  for (const w of self?.workers ?? []) {
    silent.set({ worker: w.name }, w.silentMs / 1000)
    offset.set({ worker: w.name }, w.offset.ms / 1000)
  }
  ownOffset.set(self === undefined ? Number.NaN : self.clock.ms / 1000)
  for (const { host, holds, ...d } of self?.disks ?? []) {
    free.set({ host, holds }, d.free)
    size.set({ host, holds }, d.size)
  }
  verified.set(seconds(self?.audit.verifiedAt))
  backup.set(seconds(self?.lastBackup))
}
