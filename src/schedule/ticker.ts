import type { TickArgs, TickResult } from './tick.ts'
import { reclaim } from './reclaim.ts'
import { tick } from './tick.ts'

/** How soon a queue that holds enough is looked at again. */
const HELD_MS = 250

export type Ticker = { close(): Promise<void> }

type TickerArgs = Omit<TickArgs, 'until'> & { readonly everyMs?: number; readonly log?: { warn(message: string): void } }

/** Ticks until it is closed, as often as there is more to claim, else every `everyMs` (5 s); lost claims are looked for each minute. */
export function runTicker({ everyMs = 5000, log, ...args }: TickerArgs): Ticker {
  let open = true
  let timer: NodeJS.Timeout | undefined
  let trouble = ''
  let lastReclaim = Number.NEGATIVE_INFINITY
  const once = async (): Promise<TickResult> => {
    // A tick that failed may have claimed, and died before the queue heard of it: such claims are handed over at once.
    if (trouble !== '') await reclaim({ ...args, batch: 100_000, olderThanMs: 0 })
    else if (performance.now() - lastReclaim > 60_000) {
      await reclaim(args)
      lastReclaim = performance.now()
    }
    return tick(args)
  }
  const loop = async (): Promise<void> => {
    let pause = everyMs
    try {
      const { enqueued, deferred, held } = await once()
      // While there is more to claim the queue must not run dry: attested accounts take but a few milliseconds each.
      pause = enqueued + deferred > 0 ? 50 : held ? Math.min(HELD_MS, everyMs) : everyMs
      trouble = ''
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error)
      if (what !== trouble) log?.warn(`tick: ${what}`)
      trouble = what
    }
    if (open) timer = setTimeout(() => { running = loop() }, pause)
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
