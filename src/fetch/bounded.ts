import { TookTooLong } from './failure.ts'

/** The promise, or TookTooLong after `ms`. The timer is cleared on every path; a late rejection is swallowed. */
export async function bounded<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_done, fail) => {
    timer = setTimeout(() => fail(new TookTooLong(`${what} took longer than ${Math.round(ms)} ms`)), Math.max(0, ms))
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    work.catch(() => undefined)
  }
}
