import { setTimeout as wait } from 'node:timers/promises'
import { HuoshuiError } from '../domain/error.ts'
import type { VisitQueue } from '../queue/index.ts'
import { reclaim } from './reclaim.ts'
import { tick } from './tick.ts'
import { runVisits } from './work.ts'
import type { VisitWorkerArgs } from './work.ts'

export type CrawlProgress = { readonly done: number; readonly total: number }

export type CrawlArgs<S> = VisitWorkerArgs<S> & {
  readonly queue: VisitQueue
  readonly onProgress?: (progress: CrawlProgress) => void
  /** Aborted: claims nothing more, lets the visits in hand end, and returns what was done. */
  readonly signal?: AbortSignal
  readonly pollMs?: number
}

export type CrawlResult = {
  /** Visits made by this process. */
  readonly done: number
  /** Due at the start. */
  readonly total: number
  /** Due, but put off by a window or a paused policy. */
  readonly deferred: number
  readonly interrupted: boolean
}

/**
 * Visits everything that is due at this moment of the program's clock, together with whatever other workers there are, then stops.
 * What falls due in its course (a retry in an hour) is not waited for. Claims left behind by killed commands are taken up first.
 */
export async function crawlOnce<S>(args: CrawlArgs<S>): Promise<CrawlResult> {
  const { ctx, queue, onProgress, signal, pollMs = 200 } = args
  const until = ctx.clock.now()
  let done = 0
  let deferred = 0
  let interrupted = false
  const total = await countDue(args, until)
  const worker = await runVisits({
    ...args,
    onVisit: (summary) => {
      done++
      args.onVisit?.(summary)
      onProgress?.({ done, total: Math.max(total, done) })
    },
  })
  try {
    await reclaim({ ctx, queue, olderThanMs: 0, batch: 100_000 })
    let lastReclaim = performance.now()
    let lastCount = Number.NEGATIVE_INFINITY
    for (;;) {
      if (signal?.aborted === true) {
        interrupted = true
        break
      }
      const ticked = await patiently(async (again) => {
        // The tick that failed may have claimed, and died before the queue heard of it: nobody else would for two minutes.
        if (again) await reclaim({ ctx, queue, olderThanMs: 0, batch: 100_000 })
        return tick({ ctx, queue, until, batch: 1000 })
      })
      deferred += ticked.deferred
      if (ticked.enqueued > 0 || ticked.deferred > 0) continue
      // While we are at work ourselves, others' claims need no counting.
      if (!ticked.held && (worker.running() === 0 || performance.now() - lastCount > 2000)) {
        lastCount = performance.now()
        if ((await patiently(() => countClaimed(args))) === 0) break
      }
      if (performance.now() - lastReclaim > 30_000) {
        await patiently(() => reclaim({ ctx, queue }))
        lastReclaim = performance.now()
      }
      await wait(pollMs)
    }
  } finally {
    await worker.close(signal?.aborted === true ? 10_000 : 30_000)
  }
  return { done, total, deferred, interrupted }
}

/** The database may restart under us (it is looked after): a minute's trouble does not end the crawl. */
async function patiently<T>(work: (again: boolean) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work(tries > 1)
    } catch (error) {
      if (tries >= 60 || error instanceof HuoshuiError) throw error
      await wait(1000)
    }
  }
}

async function countDue({ ctx }: Pick<CrawlArgs<unknown>, 'ctx'>, until: Date): Promise<number> {
  const [row] = await ctx.db.sql<{ n: number }[]>`
    select count(*)::int as n from channel where (state = 'active' and next_due_at is null) or (state <> 'paused' and (claimed_slot is not null or next_due_at <= ${until.toISOString()}))`
  return row?.n ?? 0
}

async function countClaimed({ ctx }: Pick<CrawlArgs<unknown>, 'ctx'>): Promise<number> {
  const [row] = await ctx.db.sql<{ n: number }[]>`select count(*)::int as n from channel where state <> 'paused' and claimed_slot is not null`
  return row?.n ?? 0
}
