import { faultsOf } from '../../../src/probes/index.ts'
import type { Province } from '../types.ts'
import { PROBE_IDS, probeTruth } from './truth.ts'
import type { JudgedProbe } from './truth.ts'

/** What the probes found on one site: as `visit ADDRESS --probes all --json` prints it. `watched`: after a week's watch. */
export type FoundProbes = { readonly address: string; readonly probes: readonly { readonly id: string; readonly outcome?: string; readonly value: unknown }[]; readonly watched?: boolean }
export type ProbeScore = {
  readonly probe: JudgedProbe
  /** Sites on which it was tried and its truth can be known; those of which nobody can say anything from here. */
  readonly sites: number
  readonly hidden: number
  readonly expected: number
  readonly found: number
  readonly right: number
  readonly precision: number
  readonly recall: number
  readonly false: readonly string[]
  readonly missed: readonly string[]
}

/** The share of failed looks from which on a site counts as down (W2). */
const DOWN_PERCENT = 5

/** What a probe's value says does not work; what it could not tell is none. */
function defects(id: JudgedProbe, value: unknown): readonly string[] {
  if (id === 'availability') return ((value as { percent?: number | null } | null)?.percent ?? 0) >= DOWN_PERCENT ? ['down'] : []
  const keys = faultsOf(id, value).map((f) => f.key)
  // Of an injection it is enough to name its kind.
  return id === 'hijack' ? [...new Set(keys.map((k) => k.split(' ')[0] ?? k))] : keys
}

/** Precision and recall of each probe, over the sites that were tried. Anything said of what cannot be known is false. */
export function compareProbes(province: Province, found: readonly FoundProbes[], now: Date): readonly ProbeScore[] {
  const tried = new Map(found.map((f) => [f.address, f]))
  const sites = province.channels.flatMap((c) => {
    const seen = tried.get(c.address)
    // Behind a wall there is nothing to be held against anything.
    const standing = ['ok', 'parked', 'default_page', 'closed_notice', 'moved', 'empty_shell'].includes(c.truth.outcome)
    return c.site === null || seen === undefined || !standing ? [] : [{ address: c.address, truth: probeTruth(c.site, c.address, now, seen.watched), probes: seen.probes }]
  })
  return PROBE_IDS.map((probe) => {
    const known = sites.filter((s) => s.truth[probe] !== null)
    const expected = new Set(sites.flatMap((s) => (s.truth[probe] ?? []).map((d) => `${s.address} ${d}`)))
    const seen = new Set(sites.flatMap((s) => defects(probe, s.probes.find((p) => p.id === probe)?.value).map((d) => `${s.address} ${d}`)))
    const right = [...seen].filter((d) => expected.has(d)).length
    return {
      probe, sites: known.length, hidden: sites.length - known.length, expected: expected.size, found: seen.size, right,
      precision: seen.size === 0 ? 1 : right / seen.size, recall: expected.size === 0 ? 1 : right / expected.size,
      false: [...seen].filter((d) => !expected.has(d)), missed: [...expected].filter((d) => !seen.has(d)),
    }
  })
}

/** One line a probe, then everything that is wrong. */
export function probeLines(scores: readonly ProbeScore[]): readonly string[] {
  const cell = (n: number): string => String(n).padStart(5)
  return [
    `${'probe'.padEnd(14)} sites not-obs  expect found right  precision recall`,
    ...scores.map((s) => (s.sites === 0
      ? `${s.probe.padEnd(14)} ${cell(0)}   ${cell(s.hidden)}  not observed here`
      : `${s.probe.padEnd(14)} ${cell(s.sites)}   ${cell(s.hidden)}   ${cell(s.expected)} ${cell(s.found)} ${cell(s.right)}  ${s.precision.toFixed(2).padStart(9)} ${s.recall.toFixed(2).padStart(6)}`)),
    ...scores.flatMap((s) => [...s.false.map((d) => `  ${s.probe} false: ${d}`), ...s.missed.map((d) => `  ${s.probe} missed: ${d}`)]),
  ]
}
