import { setTimeout as delay } from 'node:timers/promises'
import { createApart } from './apart.ts'
import { asksForRest, backoff, hostKey, HostResting, needsOf, NoSlot } from './pacing.ts'
import type { Pacer } from './pacing.ts'

export type MemoryPacerOptions = {
  /** Milliseconds on a clock that never goes back. */
  readonly now?: () => number
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<unknown>
  /** Keys kept before resting ones are forgotten; default 10,000. */
  readonly size?: number
}

type State = { nextAt: number; restUntil: number; inFlight: number; failures: number; waiting: Set<() => void> }

/** Slots within one process: the whole of pacing for a single visit, and the first gate before the shared one. */
export function memoryPacer(options: MemoryPacerOptions = {}): Pacer {
  const now = options.now ?? (() => performance.now())
  const sleep = options.sleep ?? ((ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }))
  const size = options.size ?? 10_000
  const states = new Map<string, State>()
  const apart = createApart({ now, size })

  const stateOf = (key: string): State => {
    const held = states.get(key)
    if (held !== undefined) return held
    if (states.size >= size) forget()
    const fresh: State = { nextAt: 0, restUntil: 0, inFlight: 0, failures: 0, waiting: new Set() }
    states.set(key, fresh)
    return fresh
  }
  const forget = (): void => {
    const at = now()
    for (const [key, s] of states) {
      if (s.inFlight === 0 && s.waiting.size === 0 && s.nextAt <= at && s.restUntil <= at && s.failures === 0) states.delete(key)
    }
  }

  return {
    async acquire(keys, policy, signal) {
      const began = now()
      if (policy.pace === 0) return { release: () => undefined, waitedMs: 0 }
      const needs = needsOf(keys, policy)
      let wants = needs.map((n) => ({ ...n, state: stateOf(n.key) }))
      for (;;) {
        if (signal?.aborted === true) throw new NoSlot('ended while waiting for a slot')
        const full = wants.find((w) => w.state.inFlight >= w.atOnce)
        if (full === undefined) break
        await freed(full.state, signal)
        wants = needs.map((n) => ({ ...n, state: stateOf(n.key) }))
      }
      const start = Math.max(now(), ...wants.map((w) => Math.max(w.state.nextAt, w.state.restUntil)))
      const wait = start - now()
      if (wait > (policy.maxWait ?? 60_000)) throw new HostResting(`${keys.host} is to be left alone for ${Math.ceil(wait / 1000)} s`)
      for (const w of wants) {
        w.state.inFlight += 1
        if (w.pace > 0) w.state.nextAt = start + w.pace
      }
      let open = true
      const release = (): void => {
        if (!open) return
        open = false
        for (const w of wants) {
          w.state.inFlight -= 1
          const waiting = [...w.state.waiting]
          w.state.waiting.clear()
          for (const wake of waiting) wake()
        }
      }
      try {
        if (wait > 0) await sleep(wait, signal)
        await apart.begin(needs, (ms) => sleep(ms, signal))
      } catch (cause) {
        release()
        throw new NoSlot('ended while waiting for a slot', { cause })
      }
      return { release, waitedMs: now() - began }
    },

    report(host, { status, retryAfterMs }) {
      const key = hostKey(host)
      if (!asksForRest(status)) {
        const known = states.get(key)
        if (known !== undefined) known.failures = 0
        return
      }
      const state = stateOf(key)
      state.failures += 1
      state.restUntil = Math.max(state.restUntil, now() + backoff(state.failures, retryAfterMs))
    },
  }
}

/** Until a slot of this key is given back, or the wait is ended. */
function freed(state: State, signal?: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const wake = (): void => {
      signal?.removeEventListener('abort', wake)
      state.waiting.delete(wake)
      done()
    }
    state.waiting.add(wake)
    signal?.addEventListener('abort', wake, { once: true })
  })
}
