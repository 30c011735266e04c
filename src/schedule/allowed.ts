import { fraction } from './hash.ts'
import type { Policy } from './settings.ts'
import { afterWindows, isForbidden } from './windows.ts'

/** The moment itself where the policy lets a channel be looked at then; else when to ask again: after the window, or a day after for a pause. */
export function whenAllowed(channelId: number, policy: Policy, now: Date): Date {
  if (policy.paused) return new Date(now.getTime() + 86_400_000)
  return isForbidden(policy.windows, now) ? afterWindows(policy.windows, now, fraction(channelId, 'window')) : now
}
