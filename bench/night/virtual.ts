import { setImmediate as turn } from 'node:timers/promises'

export type VirtualTime = {
  now(): number
  sleep(ms: number): Promise<void>
  /** Lets everything that can run do so, then moves on to the next sleeper that wakes by `until`, or to `until`. */
  step(until: number): Promise<void>
}

type Sleeper = { readonly at: number; readonly n: number; readonly wake: () => void }

/** A clock that moves only when everybody sleeps: hours pass in seconds, in the order in which they would. */
export function virtualTime(start: number): VirtualTime {
  let at = start
  let n = 0
  // A binary heap: the first to wake is at 0.
  const heap: Sleeper[] = []
  const before = (a: Sleeper, b: Sleeper): boolean => a.at < b.at || (a.at === b.at && a.n < b.n)
  const push = (s: Sleeper): void => {
    let i = heap.push(s) - 1
    while (i > 0) {
      const up = (i - 1) >> 1
      const parent = heap[up]
      if (parent === undefined || before(parent, s)) break
      heap[i] = parent
      heap[up] = s
      i = up
    }
  }
  const pop = (): Sleeper | undefined => {
    const top = heap[0]
    const last = heap.pop()
    if (top === undefined || last === undefined || heap.length === 0) return top
    let i = 0
    heap[0] = last
    for (;;) {
      const [l, r] = [heap[2 * i + 1], heap[2 * i + 2]]
      const least = r !== undefined && l !== undefined && before(r, l) ? 2 * i + 2 : 2 * i + 1
      const child = heap[least]
      if (child === undefined || !before(child, last)) break
      heap[i] = child
      heap[least] = last
      i = least
    }
    return top
  }
  return {
    now: () => at,
    sleep: (ms) => new Promise((wake) => push({ at: at + ms, n: n++, wake })),
    async step(until) {
      await turn()
      const next = heap[0]
      if (next === undefined || next.at > until) {
        at = Math.max(at, until)
        return
      }
      at = Math.max(at, next.at)
      // All of the same moment wake together.
      while (heap[0] !== undefined && heap[0].at <= at) pop()?.wake()
      await turn()
    },
  }
}
