import type { Ctx } from '../../db/context.ts'

export type Offset = {
  /** This process's real clock less the database's, in milliseconds. */
  readonly ms: number
  /** It may be off by so much: half of what the question took. */
  readonly within: number
}

/** How far this process's real clock (not the program's, which `--now` moves) is from the database's. */
export async function ownOffset({ ctx, real = Date.now }: { ctx: Pick<Ctx, 'db'>; real?: () => number }): Promise<Offset> {
  const asked = performance.now()
  const [row] = await ctx.db.sql<{ ms: number }[]>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`
  const took = performance.now() - asked
  return { ms: real() - took / 2 - (row?.ms ?? Number.NaN), within: took / 2 }
}

export type Jump = { readonly at: string; readonly ms: number }

/** A jump is told for so long, in milliseconds. */
const TOLD_MS = 86_400_000

/** Compares the real clock with one that cannot be set: what one gained on the other since the last look is a jump. */
export function jumpFinder(leastMs: number, real: () => number = Date.now, steady: () => number = () => performance.now()): () => Jump | null {
  let last = { real: real(), steady: steady() }
  let found: (Jump & { readonly until: number }) | null = null
  return () => {
    const now = { real: real(), steady: steady() }
    const ms = now.real - last.real - (now.steady - last.steady)
    last = now
    if (Math.abs(ms) > leastMs) found = { at: new Date(now.real).toISOString(), ms, until: now.steady + TOLD_MS }
    if (found !== null && now.steady > found.until) found = null
    return found === null ? null : { at: found.at, ms: found.ms }
  }
}
