import type { Ctx } from '../../db/context.ts'
import { judgePending } from '../review/index.ts'

const EVERY_MS = 2000

export type Judging = {
  /** A visit was made: its channel waits for judging. */
  mark(): void
  /** Judges what still waits, then stops. */
  close(): Promise<void>
}

/**
 * Judges visited channels in batches, soon after their visits but off their path. What a crash leaves unjudged is found
 * by the next start: the register itself says which verdicts are behind.
 */
export function startJudging({ ctx, log }: { ctx: Ctx; log: { warn(message: string): void } }): Judging {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let closed = false
  const run = async (): Promise<void> => {
    timer = undefined
    try {
      await judgePending({ ctx })
    } catch (error) {
      log.warn(`judge: ${error instanceof Error ? error.message : String(error)}`)
      if (!closed) mark()
    }
  }
  const mark = (): void => {
    if (timer === undefined && !closed) timer = setTimeout(() => { running = running.then(run) }, EVERY_MS)
  }
  mark()
  return {
    mark,
    close: async () => {
      closed = true
      clearTimeout(timer)
      await running
      await judgePending({ ctx })
    },
  }
}
