import { openEvidence } from '../evidence/index.ts'
import { openVisitQueue } from '../queue/index.ts'
import { crawlOnce } from '../schedule/index.ts'
import type { CrawlProgress } from '../schedule/index.ts'
import { countCandidates } from '../review/index.ts'
import { createVisitor } from '../visit/index.ts'
import { makeMonths } from '../history/index.ts'
import { EvidenceWrites, startPulse } from '../watcher/index.ts'
import { startJudging } from './judging.ts'
import type { WorkArgs } from './start.ts'

export type CrawlSummary = {
  /** Channels visited. */
  readonly channels: number
  /** Pages read; robots.txt and retries are not counted. */
  readonly pages: number
  readonly bytes: number
  readonly seconds: number
  /** Visits by outcome. */
  readonly outcomes: Readonly<Record<string, number>>
  /** Open candidates after judging. */
  readonly candidates: number
  /** Due, but put off by a window or a paused policy. */
  readonly deferred: number
  readonly interrupted: boolean
}

/** Visits everything due now, judges it, and stops. */
export async function crawl({ ctx, config, databaseUrl, log, onProgress, signal }: WorkArgs & {
  onProgress?: (progress: CrawlProgress) => void
  signal?: AbortSignal
}): Promise<CrawlSummary> {
  const began = performance.now()
  const store = { databaseUrl, redisUrl: config.redisUrl }
  const sum = { channels: 0, pages: 0, bytes: 0 }
  const outcomes: Record<string, number> = {}
  // Without a server nobody else does it. Where the table is busy there is room for rows all the same.
  await makeMonths({ ctx }).catch((error: unknown) => log.warn(`months: ${error instanceof Error ? error.message : String(error)}`))
  const writes = new EvidenceWrites(config)
  const evidence = openEvidence(config, writes.onWrite)
  const visitor = await createVisitor({ ctx, config, log, evidence })
  const pulse = startPulse({ ctx, config, log, evidence: writes })
  const queue = await openVisitQueue(store, { log })
  const judging = startJudging({ ctx, log })
  try {
    const result = await crawlOnce({
      ctx,
      store,
      queue,
      log,
      visit: (request) => visitor.visit(request),
      concurrency: config.concurrency,
      timeoutMs: config.visitTimeout,
      onVisit: (visit) => {
        sum.channels += 1
        sum.pages += visit.pages
        sum.bytes += visit.bytes
        outcomes[visit.outcome] = (outcomes[visit.outcome] ?? 0) + 1
        judging.mark()
      },
      ...(onProgress === undefined ? {} : { onProgress }),
      ...(signal === undefined ? {} : { signal }),
    })
    await judging.close()
    return {
      ...sum,
      seconds: Math.round(performance.now() - began) / 1000,
      outcomes,
      candidates: await countCandidates({ ctx }),
      deferred: result.deferred,
      interrupted: result.interrupted,
    }
  } finally {
    await queue.close()
    await visitor.close()
    evidence.close()
    await pulse.close()
  }
}
