export type PacingKeys = {
  readonly host: string
  /** The resolved address: many sites share one platform. */
  readonly address: string
  readonly organisation?: string | number | undefined
}

export type PacingPolicy = {
  /** Milliseconds between two requests to one host or address; 0 turns pacing off, caps and back-off included. */
  readonly pace: number
  /** Requests at once to one host or address. */
  readonly atOnce: number
  /** Requests at once to all sites of one organisation. */
  readonly organisationAtOnce: number
}

export type Slot = { release(): void; readonly waitedMs: number }

export type Report = { readonly status: number; readonly retryAfterMs: number | null }

/** Shares out slots, so that all workers together stay polite. */
export type Pacer = {
  /** True when this policy needs no slots, so that nothing is asked. */
  idle(policy: PacingPolicy): boolean
  /** Waits for a slot of every key. Rejects when `signal` ends the wait. */
  acquire(keys: PacingKeys, policy: PacingPolicy, signal?: AbortSignal): Promise<Slot>
  /** What a host answered: 429 and 503 make everybody wait, an answer forgives. */
  report(host: string, report: Report): void
}
