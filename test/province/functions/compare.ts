import { addMonths, dayInChina } from '../../../src/domain/date.ts'
import type { Province, Site } from '../types.ts'
import { functionsOf, GUIDES, lettersOf, POOR } from './plan.ts'

/** What the probes found on one site: as `visit ADDRESS --probes all --json` prints it. */
export type FoundProbes = { readonly address: string; readonly probes: readonly { readonly id: string; readonly value: unknown }[] }
export type ProbeScore = {
  readonly probe: string
  readonly expected: number
  readonly found: number
  readonly right: number
  readonly precision: number
  readonly recall: number
  readonly false: readonly string[]
  readonly missed: readonly string[]
}

const JUDGED = ['links', 'attachments', 'search', 'letters', 'services'] as const
export type JudgedProbe = (typeof JUDGED)[number]

/** The defects that a citizen would meet, by probe: addresses, or `none` where the function is missing altogether. */
export function probeTruth(site: Site, address: string, now: Date): Readonly<Record<JudgedProbe, readonly string[]>> {
  const plan = functionsOf(site)
  const at = (path: string): string => new URL(path, address).href
  const limit = addMonths(dayInChina(now), -3)
  const hall = site.columns.some((c) => c.form === 'service')
  const mailbox = site.columns.some((c) => c.form === 'interaction')
  return {
    links: [...(plan.brokenLink ? [at('/old/2019/tzgg_17.html')] : []), ...(hall && plan.guides === 'absent' ? GUIDES.map((_, i) => at(`/bsfw/guide_${i}.html`)) : [])],
    attachments: plan.brokenFile ? [at('/files/ys.pdf')] : [],
    search: plan.search === 'broken' || plan.search === 'absent' ? ['none'] : [],
    letters: !mailbox ? [] : plan.letters === 'absent' ? ['none'] : plan.letters === 'walled' ? [] : lettersOf(site).filter((l) => l.answeredOn === null && l.askedOn < limit).map((l) => at(l.path)),
    services: !hall ? [] : plan.guides === 'absent' ? GUIDES.map((_, i) => at(`/bsfw/guide_${i}.html`)) : plan.guides === 'broken' ? POOR.map((i) => at(`/bsfw/guide_${i}.html`)) : [],
  }
}

type Urls = readonly { readonly url: string }[]

/** The defects that a probe's value says there are; what it could not tell is none. */
function defects(id: string, value: unknown): readonly string[] {
  if (value === null || typeof value !== 'object') return []
  const v = value as { broken?: Urls; box?: boolean | null; works?: boolean | null; published?: boolean | null; figures?: { over3Months: Urls }; guides?: readonly { url: string; elements: readonly string[] }[]; entry?: boolean | null }
  if (id === 'links' || id === 'attachments') return (v.broken ?? []).map((b) => b.url)
  if (id === 'search') return v.box === false || v.works === false ? ['none'] : []
  if (id === 'letters') return v.published === false ? ['none'] : (v.figures?.over3Months ?? []).map((l) => l.url)
  return v.entry === false ? ['none'] : (v.guides ?? []).filter((g) => g.elements.length <= 6).map((g) => g.url)
}

/** Precision and recall of each probe, over the sites that were tried and can be seen. */
export function compareProbes(province: Province, found: readonly FoundProbes[], now: Date): readonly ProbeScore[] {
  const tried = new Map(found.map((f) => [f.address, f.probes]))
  const sites = province.channels.flatMap((c) => (c.site !== null && tried.has(c.address) ? [{ address: c.address, truth: probeTruth(c.site, c.address, now) }] : []))
  return JUDGED.map((probe) => {
    const expected = new Set(sites.flatMap((s) => s.truth[probe].map((d) => `${s.address} ${d}`)))
    const seen = new Set(sites.flatMap((s) => defects(probe, tried.get(s.address)?.find((p) => p.id === probe)?.value).map((d) => `${s.address} ${d}`)))
    const right = [...seen].filter((d) => expected.has(d)).length
    return {
      probe, expected: expected.size, found: seen.size, right,
      precision: seen.size === 0 ? 1 : right / seen.size, recall: expected.size === 0 ? 1 : right / expected.size,
      false: [...seen].filter((d) => !expected.has(d)), missed: [...expected].filter((d) => !seen.has(d)),
    }
  })
}

export function probeLines(scores: readonly ProbeScore[]): readonly string[] {
  return scores.map((s) => `${s.probe.padEnd(12)} expected ${s.expected}, found ${s.found}, right ${s.right}: precision ${s.precision.toFixed(2)}, recall ${s.recall.toFixed(2)}`)
}
