import type { Ctx } from '../../db/context.ts'
import { runDuePlans } from '../check/index.ts'
import { channelFilter, channelIds } from '../registry/index.ts'

const EVERY_MS = 60_000

export type Checking = { close(): Promise<void> }

/** Checks that are planned are made when they are due, looked for once a minute; one round at a time. */
export function startChecking({ ctx, log }: { ctx: Ctx; log: { warn(message: string): void } }): Checking {
  const round = (): Promise<void> => runDuePlans({ ctx, choose: ({ ctx: own, filter }) => channelIds({ ctx: own, input: { filter: channelFilter.parse(filter) } }) })
    .then(() => undefined, (error: unknown) => log.warn(`checks: ${error instanceof Error ? error.message : String(error)}`))
  let running: Promise<void> | null = null
  const timer = setInterval(() => { running ??= round().finally(() => { running = null }) }, EVERY_MS)
  return {
    close: async () => {
      clearInterval(timer)
      await running
    },
  }
}
