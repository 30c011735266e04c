/** Waits for SIGINT or SIGTERM, or for the engine to be lost, whose reason is then thrown. A second signal ends at once. */
export function untilTold(lost: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      process.off('SIGINT', done)
      process.off('SIGTERM', done)
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
      resolve()
    }
    process.on('SIGINT', done)
    process.on('SIGTERM', done)
    lost.addEventListener('abort', () => reject(lost.reason instanceof Error ? lost.reason : new Error('the database is gone')), { once: true })
  })
}

const LINGER_MS = 15_000

/** All work is closed: what still holds the process after 15 s (a connection whose other end has gone) holds it no longer. */
export function leaveSoon(): void {
  setTimeout(() => process.exit(), LINGER_MS).unref()
}
