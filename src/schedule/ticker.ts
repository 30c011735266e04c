import type { TickArgs } from './tick.ts'
import { reclaim } from './reclaim.ts'
import { tick } from './tick.ts'

export type Ticker = { close(): Promise<void> }

type TickerArgs = Omit<TickArgs, 'until'> & { readonly everyMs?: number; readonly log?: { warn(message: string): void } }

/** Ticks until it is closed, as often as there is more to claim, else every `everyMs` (5 s); lost claims are looked for each minute. */
export function runTicker({ everyMs = 5000, log, ...args }: TickerArgs): Ticker {
  let open = true
  let timer: NodeJS.Timeout | undefined
  let trouble = ''
  let lastReclaim = Number.NEGATIVE_INFINITY
  const once = async (): Promise<number> => {
    if (performance.now() - lastReclaim > 60_000) {
      await reclaim(args)
      lastReclaim = performance.now()
    }
    const { enqueued, deferred } = await tick(args)
    return enqueued + deferred
  }
  const loop = async (): Promise<void> => {
    let claimed = 0
    try {
      claimed = await once()
      trouble = ''
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error)
      if (what !== trouble) log?.warn(`tick: ${what}`)
      trouble = what
    }
    if (open) timer = setTimeout(() => { running = loop() }, claimed > 0 ? 50 : everyMs)
  }
  let running = loop()
  return {
    close: async () => {
      open = false
      clearTimeout(timer)
      await running
    },
  }
}
