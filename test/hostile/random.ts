import { numbers } from '../read/mutate.ts'

/** Choices that depend on a seed alone, so that any case can be made again. */
export type Rand = {
  /** 0 ≤ n < below. */
  int(below: number): number
  chance(p: number): boolean
  pick<V>(of: readonly V[]): V
  times<V>(n: number, make: (i: number) => V): V[]
}

export function rand(seed: number): Rand {
  const next = numbers(seed)
  for (let i = 0; i < 4; i += 1) next()
  const int = (below: number): number => Math.floor(next() * below)
  return {
    int,
    chance: (p) => next() < p,
    pick: (of) => of[int(of.length)] as (typeof of)[number],
    times: (n, make) => Array.from({ length: n }, (_, i) => make(i)),
  }
}
