import { hostname } from 'node:os'
import type { Ctx } from '../../db/context.ts'
import { chainState } from '../audit/index.ts'
import type { ChainState } from '../audit/index.ts'
import type { Config } from '../config/schema.ts'
import type { Alarm } from '../domain/alarm.ts'
import { LAST_BACKUP } from '../domain/kept.ts'
import type { QueueState } from '../queue/index.ts'
import { watcherFigures } from '../schedule/index.ts'
import type { WatcherFigures } from '../schedule/index.ts'
import { selfAlarms } from './alarms.ts'
import { measureDisks } from './disk.ts'
import type { Disk } from './disk.ts'
import { ownOffset } from './own-clock.ts'
import type { Offset } from './own-clock.ts'
import { signs } from './pulse.ts'
import type { Sign } from './pulse.ts'

/** How the program is, beside what it watches. */
export type SelfFigures = {
  /** Null where it does not answer. */
  readonly queue: QueueState | null
  readonly workers: readonly Sign[]
  /** Of the machine that looks and, by their own word, of the workers' machines. */
  readonly disks: readonly (Disk & { readonly host: string })[]
  /** Clock of the process that looks against the database's. */
  readonly clock: Offset
  readonly audit: ChainState
  /** ISO 8601; null where none was ever made. */
  readonly lastBackup: string | null
}

export type WatcherLook = WatcherFigures & { readonly self: SelfFigures }
export type LookConfig = Pick<Config, 'data' | 'visitTimeout' | 'alarmOverdue' | 'alarmFailures' | 'alarmQueue' | 'alarmWorkers' | 'alarmDisk' | 'alarmClock' | 'alarmBackup'>

/**
 * How the watcher is, and what is wrong with it: what it watches (schedule), its credentials, its queue, its workers, disks, clocks,
 * its audit chain and its backups. `queue` asks the queue and never throws (queueEye). Throws only when the database does not answer.
 */
export async function lookAtWatcher({ ctx, config, queue }: { ctx: Pick<Ctx, 'db' | 'clock'>; config: LookConfig; queue: () => Promise<QueueState | null> }): Promise<WatcherLook> {
  const [figures, state, workers, own, clock, audit, [backup]] = await Promise.all([
    watcherFigures({ ctx, bounds: { overdueHours: config.alarmOverdue, failures: config.alarmFailures } }),
    queue(),
    signs({ ctx }),
    measureDisks(config),
    ownOffset({ ctx }),
    chainState({ ctx }),
    ctx.db.sql<{ at: number }[]>`select (extract(epoch from updated_at) * 1000)::float8 as at from setting where key = ${LAST_BACKUP}`,
  ])
  const here = hostname()
  const disks = new Map(own.map((d) => [`${here} ${d.device}`, { host: here, ...d }]))
  for (const w of workers.filter((s) => s.silentMs <= config.alarmWorkers * 60_000)) {
    for (const d of w.disks) if (!disks.has(`${w.host} ${d.device}`)) disks.set(`${w.host} ${d.device}`, { host: w.host, ...d })
  }
  const self: SelfFigures = { queue: state, workers, disks: [...disks.values()], clock, audit, lastBackup: backup === undefined ? null : new Date(backup.at).toISOString() }
  const alarms: Alarm[] = [...selfAlarms(self, { figures, config, now: ctx.clock.now(), real: Date.now() }), ...figures.alarms]
  return { ...figures, alarms, self }
}
