import type { QueueState } from './types.ts'

/** How long the queue may take to say how it is, in milliseconds. */
const PATIENCE_MS = 3000

/**
 * Asks a queue how it is; null when it does not say so in time. A datastore that is gone is asked once, and again when that has
 * ended: nothing piles up behind it.
 */
export function queueEye(ask: () => Promise<QueueState>, patienceMs = PATIENCE_MS): () => Promise<QueueState | null> {
  let asking: Promise<QueueState | null> | null = null
  return async () => {
    asking ??= ask().catch(() => null).finally(() => { asking = null })
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<null>((resolve) => { timer = setTimeout(() => resolve(null), patienceMs) })
    try {
      return await Promise.race([asking, late])
    } finally {
      clearTimeout(timer)
    }
  }
}
