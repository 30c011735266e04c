/** Numbers from a seed (mulberry32): the same seed gives the same order of disturbances. */
export type Dice = { share(): number; between(low: number, high: number): number; one<T>(of: readonly T[]): T }

export function dice(seed: number): Dice {
  let state = seed >>> 0
  const share = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (low: number, high: number): number => low + Math.floor(share() * (high - low + 1))
  return {
    share,
    between,
    one: (of) => {
      const found = of[between(0, of.length - 1)]
      if (found === undefined) throw new RangeError('nothing to choose from')
      return found
    },
  }
}
