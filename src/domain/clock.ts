/** The program's clock: what judging and "is it due" go by. Pacing, locks and time-outs use the real one. */
export interface Clock {
  now(): Date
}

export const realClock: Clock = { now: () => new Date(Date.now()) }

/** A clock that starts at `start` and runs on with the real one (`--now ISO`). */
export function clockFrom(start: Date, real: () => number = Date.now): Clock {
  const began = real()
  return { now: () => new Date(start.getTime() + (real() - began)) }
}

/** A clock that stands still until it is moved: for tests and for the demo's days. */
export function stoppedClock(start: Date): Clock & { set(to: Date): void; advance(ms: number): void } {
  let at = start.getTime()
  return {
    now: () => new Date(at),
    set: (to) => void (at = to.getTime()),
    advance: (ms) => void (at += ms),
  }
}
