import { hostname } from 'node:os'
import type { Logger } from 'pino'
import type { Config } from '../src/config/schema.ts'
import { realClock } from '../src/domain/clock.ts'
import type { Clock } from '../src/domain/clock.ts'
import { openEngine } from '../src/engine/index.ts'
import { openVisitQueue } from '../src/queue/index.ts'
import { runTicker, runVisits } from '../src/schedule/index.ts'
import { createVisitor } from '../src/visit/index.ts'

/** Runs a worker until SIGTERM or SIGINT (or until the engine is lost, which it throws); visits in hand have 30 s to end. */
export async function runWorkerProcess({ config, log, clock = realClock }: { config: Config; log: Logger; clock?: Clock }): Promise<void> {
  const engine = await openEngine(config, { log })
  const ctx = { db: engine.db, clock, actor: { kind: 'system', name: `worker ${hostname()}` } } as const
  const store = { databaseUrl: engine.databaseUrl, redisUrl: config.redisUrl }
  const closers: (() => Promise<void>)[] = [() => engine.close()]
  try {
    const queue = await openVisitQueue(store, { log })
    closers.unshift(() => queue.close())
    const visitor = await createVisitor({ ctx, config, log })
    closers.unshift(() => visitor.close())
    const worker = await runVisits({ ctx, store, log, concurrency: config.concurrency, timeoutMs: config.visitTimeout, visit: (request) => visitor.visit(request) })
    closers.unshift(() => worker.close())
    const ticker = runTicker({ ctx, queue, log, highWater: Math.max(200, config.concurrency * 20) })
    closers.unshift(() => ticker.close())
    log.info(`worker ready, ${config.concurrency} at once`)
    await untilTold(engine.lost)
  } finally {
    for (const close of closers) await close()
  }
}

/** Resolves at SIGTERM or SIGINT; rejects with the reason when `lost` is aborted. */
function untilTold(lost: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const told = (): void => {
      process.off('SIGTERM', told)
      process.off('SIGINT', told)
      resolve()
    }
    process.on('SIGTERM', told)
    process.on('SIGINT', told)
    lost.addEventListener('abort', () => reject(lost.reason as Error), { once: true })
  })
}
