import { FAMILIES } from './cases.ts'
import { rand } from './random.ts'

export type Played = { readonly id: string; readonly cases: number; readonly slowestMs: number; readonly slowestSeed: number; readonly failed: readonly { readonly seed: number; readonly why: string }[] }

/** Plays `total` cases, shared out by weight. A case is its family and its seed: both name it again. */
export async function play(total: number, start: number, only?: string): Promise<Played[]> {
  const chosen = FAMILIES.filter((f) => only === undefined || f.id === only)
  const weights = chosen.reduce((n, f) => n + f.weight, 0)
  const out: Played[] = []
  for (const family of chosen) {
    const cases = Math.max(1, Math.round((total * family.weight) / weights))
    const failed: { seed: number; why: string }[] = []
    let slowestMs = 0
    let slowestSeed = start
    for (let seed = start; seed < start + cases; seed += 1) {
      const began = performance.now()
      try {
        const why = await family.run(rand(seed))
        if (why !== null) failed.push({ seed, why })
      } catch (error) {
        failed.push({ seed, why: `threw ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 3).join(' ') : String(error)}` })
      }
      const ms = performance.now() - began
      if (ms > slowestMs) [slowestMs, slowestSeed] = [ms, seed]
    }
    out.push({ id: family.id, cases, slowestMs, slowestSeed, failed })
  }
  return out
}
