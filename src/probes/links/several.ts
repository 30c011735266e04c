/** Does `work` for each, so many at once, in order of beginning. `stop` ends it before the next one. */
export async function several<T>(of: readonly T[], atOnce: number, work: (one: T) => Promise<void>, stop: () => boolean = () => false): Promise<readonly T[]> {
  let next = 0
  const runner = async (): Promise<void> => {
    while (next < of.length && !stop()) {
      const one = of[next++]
      if (one !== undefined) await work(one)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, of.length) }, runner))
  return of.slice(next)
}
