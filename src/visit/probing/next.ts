import { fraction } from '../../schedule/index.ts'
import type { Policy } from '../../schedule/index.ts'

const DAY = 86_400_000
/** Share of the interval by which channels come earlier, each by its own: so that not all come at once for ever. */
const SPREAD = 0.1

/** When a website's functions are tried next: after the policy's interval; a day later where nothing could be seen. */
export function nextProbing(channelId: number, seen: boolean, policy: Policy, now: Date): Date {
  const jitter = fraction(channelId, 'probes')
  const interval = policy.probeIntervalDays * DAY * (1 - SPREAD * jitter)
  return new Date(now.getTime() + (seen ? interval : Math.min(interval, DAY * (1 + jitter / 4))))
}
