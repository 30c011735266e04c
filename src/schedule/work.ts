import type { Ctx } from '../../db/context.ts'
import { runWorker } from '../queue/index.ts'
import type { QueueLog, QueueStore, RunningWorker } from '../queue/index.ts'
import { abandonSlot } from './abandon.ts'
import { slotIsOpen } from './slot.ts'

/** What a visit is asked for, and the least it answers. */
export type VisitRequest = { readonly channelId: number; readonly slot: Date; readonly reason: string; readonly signal: AbortSignal }
export type VisitFn<S> = (request: VisitRequest) => Promise<S>

export type VisitWorkerArgs<S> = {
  readonly ctx: Ctx
  readonly store: QueueStore
  readonly visit: VisitFn<S>
  readonly concurrency: number
  readonly timeoutMs: number
  readonly log?: QueueLog
  /** After each visit made. */
  readonly onVisit?: (summary: S) => void
  readonly lockMs?: number
  readonly stalledMs?: number
}

/** Takes visits from the queue and makes those whose slot is still open; one that failed for the last time is written off. */
export function runVisits<S>(args: VisitWorkerArgs<S>): Promise<RunningWorker> {
  const { ctx, visit, onVisit } = args
  return runWorker({
    ...args,
    handler: async (job, signal) => {
      const slot = { channelId: job.channelId, slot: new Date(job.slotMs) }
      if (!(await slotIsOpen(ctx.db.sql, slot))) return
      // Not within the call: an argument of a call that is left out is not evaluated, and nothing would be visited.
      const summary = await visit({ ...slot, reason: job.reason, signal })
      onVisit?.(summary)
    },
    exhausted: (job, error) => abandonSlot({ ctx, input: { channelId: job.channelId, slot: new Date(job.slotMs), reason: job.reason, error: error.message } }),
  })
}
