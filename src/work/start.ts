import type { Logger } from 'pino'
import type { Ctx } from '../../db/context.ts'
import type { Config } from '../config/schema.ts'
import { openEvidence } from '../evidence/index.ts'
import { openVisitQueue } from '../queue/index.ts'
import { runTicker, runVisits } from '../schedule/index.ts'
import { createVisitor, runProber } from '../visit/index.ts'
import { runSampler } from '../visit/week/index.ts'
import { EvidenceWrites, startPulse } from '../watcher/index.ts'
import { startChecking } from './checking.ts'
import { startHousekeeping } from './housekeeping.ts'
import { startNotifying } from './notifying.ts'
import { startJudging } from './judging.ts'
import { closeInOrder } from './close.ts'

export type WorkArgs = { readonly ctx: Ctx; readonly config: Config; readonly databaseUrl: string; readonly log: Logger }
export type Work = { close(): Promise<void> }

/** How long stopping may take in all, in milliseconds; what does not end by then (the database is gone) is left to others. */
const STOP_MS = 50_000

/**
 * Puts the rooms to work in one process: visits from the queue, verdicts after them and, where `ticking`, the tick that
 * claims what is due. Everything is closed in the order that loses nothing.
 */
export async function startWork({ ctx, config, databaseUrl, log, ticking }: WorkArgs & { ticking: boolean }): Promise<Work> {
  const store = { databaseUrl, redisUrl: config.redisUrl }
  const writes = new EvidenceWrites(config)
  const evidence = openEvidence(config, writes.onWrite)
  const visitor = await createVisitor({ ctx, config, log, evidence })
  const pulse = startPulse({ ctx, config, log, evidence: writes })
  const judging = startJudging({ ctx, log })
  const worker = await runVisits({
    ctx,
    store,
    log,
    visit: (request) => visitor.visit(request),
    concurrency: config.concurrency,
    timeoutMs: config.visitTimeout,
    onVisit: () => judging.mark(),
  })
  const sampling = runSampler({ ctx, config, log })
  const probing = runProber({ ctx, log, probe: (args) => visitor.probe(args), atOnce: config.probesAtOnce })
  const queue = ticking ? await openVisitQueue(store, { log }) : null
  const notifying = queue !== null ? startNotifying({ ctx, config, log, queue }) : null
  const checking = ticking ? startChecking({ ctx, log }) : null
  const housekeeping = ticking ? startHousekeeping({ ctx, config, evidence, log }) : null
  const ticker = queue === null ? null : runTicker({ ctx, queue, log, highWater: Math.max(200, config.concurrency * 20) })
  return {
    close: () => closeInOrder([
      ['notifying', () => notifying?.close()],
      ['checking', () => checking?.close()],
      ['housekeeping', () => housekeeping?.close()],
      ['ticking', () => ticker?.close()],
      ['sampling', () => sampling.close()],
      ['probing', () => probing.close()],
      ['visiting', () => worker.close()],
      ['queue', () => queue?.close()],
      ['judging', () => judging.close()],
      ['visitor', () => visitor.close()],
      ['evidence', async () => evidence.close()],
      ['pulse', () => pulse.close()],
    ], STOP_MS, log),
  }
}
