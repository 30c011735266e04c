import type { Need } from './pacing.ts'

/** Of the pace, so much lies between two real starts, whatever was reserved. */
const LEAST = 0.75

export type Apart = {
  /** Waits until enough has passed since the last start under each key, and notes this one. `sleep` rejects when the wait is ended. */
  begin(needs: readonly Need[], sleep: (ms: number) => Promise<unknown>): Promise<void>
}

/**
 * A slot is reserved ahead. Where a busy machine begins late what was due, the next, in time, would follow it too closely: this keeps
 * the real starts of one process apart. At most `size` keys, by a clock that never goes back.
 */
export function createApart({ now, size }: { now: () => number; size: number }): Apart {
  const begun = new Map<string, number>()
  const forget = (): void => {
    const at = now()
    for (const [key, start] of begun) if (start + 60_000 < at) begun.delete(key)
  }
  return {
    async begin(needs, sleep) {
      const spaced = needs.filter((n) => n.pace > 0)
      for (;;) {
        const wait = Math.max(...spaced.map((n) => (begun.get(n.key) ?? Number.NEGATIVE_INFINITY) + n.pace * LEAST)) - now()
        if (wait <= 0) break
        await sleep(wait)
      }
      if (begun.size >= size) forget()
      for (const n of spaced) begun.set(n.key, now())
    },
  }
}
