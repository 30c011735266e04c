import { HuoshuiError } from '../domain/error.ts'
import { sha256 } from './digest.ts'

/** A sample as the rules demand it (随机抽查 N): with seed and population, so that anybody can draw it again. */
export type Sample = {
  readonly of: string
  readonly seed: string
  readonly size: number
  /** Everything it was drawn from, sorted and without doubles. */
  readonly population: readonly string[]
  readonly drawn: readonly string[]
  readonly replaced: readonly Replacement[]
}

export type Replacement = { readonly out: string; readonly in: string; readonly reason: string; readonly by: string; readonly at: Date }

/**
 * Draws `size` of the population, or all where there are no more. Each member's rank is the SHA-256 of seed, sample name
 * and member, so the order in which the population was found does not matter, and the same seed gives the same sample.
 */
export function draw(of: string, population: readonly string[], size: number, seed: string): Sample {
  const all = [...new Set(population)].sort()
  return { of, seed, size, population: all, drawn: ranked(of, all, seed).slice(0, size), replaced: [] }
}

/** Draws the same sample again from what it kept, replacements included. */
export function redraw(sample: Sample): Sample {
  const fresh = draw(sample.of, sample.population, sample.size, sample.seed)
  return sample.replaced.reduce((s, r) => ({ ...s, drawn: s.drawn.map((d) => (d === r.out ? r.in : d)), replaced: [...s.replaced, r] }), fresh)
}

/**
 * Replaces a drawn member by hand, with a reason, by the next in rank that was not drawn before. Throws `bad_input` when
 * it was not drawn, has no reason, or nothing is left to draw.
 */
export function replace(sample: Sample, out: string, why: { reason: string; by: string; at: Date }): Sample {
  if (!sample.drawn.includes(out)) throw new HuoshuiError('bad_input', { zh: `样本中没有“${out}”`, en: `${out} is not in the sample` })
  if (why.reason.trim() === '') throw new HuoshuiError('bad_input', { zh: '更换样本须写明理由', en: 'a replacement needs a reason' })
  const used = new Set([...sample.drawn, ...sample.replaced.map((r) => r.out)])
  const next = ranked(sample.of, sample.population, sample.seed).find((x) => !used.has(x))
  if (next === undefined) throw new HuoshuiError('bad_input', { zh: '没有可更换的样本了', en: 'nothing is left to draw' })
  return { ...sample, drawn: sample.drawn.map((d) => (d === out ? next : d)), replaced: [...sample.replaced, { out, in: next, ...why }] }
}

function ranked(of: string, all: readonly string[], seed: string): string[] {
  return all.map((x) => ({ x, rank: sha256(`${seed}\n${of}\n${x}`) })).sort((a, b) => (a.rank < b.rank ? -1 : 1)).map((r) => r.x)
}
