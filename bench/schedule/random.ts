/** Numbers in [0, 1) from a seed: the same row every time (mulberry32). */
export function seeded(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), a | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

/** Waiting time of a Poisson process with `rate` events a day, in days. */
export function waiting(random: () => number, rate: number): number {
  return -Math.log(1 - random()) / rate
}
