type Step = readonly [name: string, close: () => Promise<void> | undefined]

/** Whatever happens, each has this long, in milliseconds. */
const LEAST_MS = 1000

/**
 * Closes one after the other within `graceMs` in all: one that fails or does not end is named and passed over, so that a database that
 * does not answer never keeps a process that was told to stop. What is left undone is found by the next (claims, verdicts).
 */
export async function closeInOrder(steps: readonly Step[], graceMs: number, log: { warn(message: string): void }): Promise<void> {
  const until = performance.now() + graceMs
  for (const [name, close] of steps) {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>((resolve) => { timer = setTimeout(() => resolve('late'), Math.max(LEAST_MS, until - performance.now())) })
    const ended = Promise.resolve(close()).catch((error: unknown) => log.warn(`stopping ${name}: ${error instanceof Error ? error.message : String(error)}`))
    if ((await Promise.race([ended, late])) === 'late') log.warn(`stopping ${name}: it does not end; left to others`)
    clearTimeout(timer)
  }
}
