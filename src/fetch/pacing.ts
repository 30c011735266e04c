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
  /** Milliseconds a slot is waited for once it is known when it comes; a host that rests longer is not waited for. Default 60 s. */
  readonly maxWait?: number
}

export type Slot = { release(): void; readonly waitedMs: number }

export type Report = { readonly status: number; readonly retryAfterMs: number | null }

/** Shares out slots, so that all workers together stay polite. */
export type Pacer = {
  /** Waits for a slot of every key; rejects with HostResting, or with NoSlot when `signal` ends the wait or slots cannot be had. */
  acquire(keys: PacingKeys, policy: PacingPolicy, signal?: AbortSignal): Promise<Slot>
  /** What a host answered: 429 and 503 make everybody wait, longer each time; any other answer forgives. */
  report(host: string, report: Report): void
}

/** The host asked to be left alone for longer than a request may wait. */
export class HostResting extends Error {
  override readonly name = 'HostResting'
  readonly code = 'ERR_HOST_RESTING'
}

/** No slot was had, which is our own matter and says nothing about the host. */
export class NoSlot extends Error {
  override readonly name = 'NoSlot'
  readonly code = 'ERR_NO_SLOT'
}

/** One key a request needs a slot of, with its own spacing and cap. */
export type Need = { readonly key: string; readonly pace: number; readonly atOnce: number }

export const hostKey = (host: string): string => `host:${host}`

/** Host and address are spaced and capped; an organisation is capped only. Sorted, so that locks are taken in one order. */
export function needsOf(keys: PacingKeys, policy: PacingPolicy): Need[] {
  const needs: Need[] = [{ key: hostKey(keys.host), pace: policy.pace, atOnce: policy.atOnce }]
  if (keys.address !== '' && keys.address !== keys.host) needs.push({ key: `address:${keys.address}`, pace: policy.pace, atOnce: policy.atOnce })
  if (keys.organisation !== undefined) needs.push({ key: `organisation:${keys.organisation}`, pace: 0, atOnce: policy.organisationAtOnce })
  return needs.sort((a, b) => (a.key < b.key ? -1 : 1))
}

const FIRST_BACKOFF = 10_000
const LONGEST_BACKOFF = 3_600_000
const LONGEST_RETRY_AFTER = 86_400_000

/** Milliseconds to leave a host alone after its `failures`-th 429 or 503 in a row (the first is 1). */
export function backoff(failures: number, retryAfterMs: number | null): number {
  const growing = Math.min(FIRST_BACKOFF * 2 ** Math.min(failures - 1, 20), LONGEST_BACKOFF)
  return Math.max(growing, Math.min(retryAfterMs ?? 0, LONGEST_RETRY_AFTER))
}

export function asksForRest(status: number): boolean {
  return status === 429 || status === 503
}
