import type { ChannelFacts } from './facts.ts'
import { place } from './interpretation.ts'
import { probe } from './needs.ts'
import { countFaults, sampled } from './sampled.ts'
import type { Tally } from './scored.ts'
import { lacksTags, type TagLayer } from './tags.ts'

/** Addresses of the pages of a kind whose metas were read. */
export const tagPopulation = (kind: 'column' | 'article') => (facts: ChannelFacts, now: Date): readonly string[] | null => {
  const seen = probe(facts, 'tags', now)
  return 'unseen' in seen ? null : seen.value.pages.filter((p) => p.kind === kind).map((p) => p.url)
}

const LAYER: Readonly<Record<TagLayer, { zh: string; en: string }>> = {
  site: { zh: '站点标签', en: 'site tags' },
  column: { zh: '栏目标签', en: 'column tags' },
  article: { zh: '内容标签', en: 'content tags' },
}

/** D27: sampled pages without site tags or without those of their kind; one page is one place. */
export function untagged(facts: ChannelFacts, sample: string, now: Date): Tally {
  const s = sampled(facts, 'tags', sample, now, (v) => v.pages, (p) => p.url)
  if ('unseen' in s) return s.unseen
  return countFaults(s.rows, (p) => {
    const lacking = lacksTags(p.metas, p.kind)
    if (lacking.length === 0) return []
    return [place(p.url, p.url, 'violated', `无${lacking.map((l) => LAYER[l].zh).join('、')}`, `without ${lacking.map((l) => LAYER[l].en).join(', ')}`)]
  }, s.seen.evidence, s.lost)
}
