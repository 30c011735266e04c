import type { Marks } from '../watcher/index.ts'

export type Changed = readonly (keyof Marks)[]

/** How often the register is looked at while somebody listens, in milliseconds. */
const EVERY_MS = 3000

/** One look for all who listen: what has changed since the look before. Nobody listens, nobody looks. */
export class Changes {
  readonly #look: () => Promise<Marks>
  readonly #listeners = new Set<(changed: Changed) => void>()
  #timer: NodeJS.Timeout | undefined
  #before: Marks | null = null

  constructor(look: () => Promise<Marks>) {
    this.#look = look
  }

  /** Tells `heard` of every change from now on, until the signal is aborted. */
  async listen(heard: (changed: Changed) => void, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    this.#listeners.add(heard)
    if (this.#timer === undefined) {
      this.#timer = setInterval(() => void this.#compare(), EVERY_MS)
      void this.#compare()
    }
    await new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }))
    this.#listeners.delete(heard)
    if (this.#listeners.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#before = null
  }

  async #compare(): Promise<void> {
    // A database in trouble is told of elsewhere; what changed meanwhile is told when it is well.
    const now = await this.#look().catch(() => null)
    if (now === null) return
    const before = this.#before
    this.#before = now
    if (before === null) return
    const changed = (Object.keys(now) as (keyof Marks)[]).filter((name) => now[name] !== before[name])
    if (changed.length > 0) for (const heard of this.#listeners) heard(changed)
  }
}
