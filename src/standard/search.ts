import type { ChannelFacts } from './facts.ts'
import { probe } from './needs.ts'

/** Addresses of the published headlines that were searched for. */
export function headlinePopulation(facts: ChannelFacts, now: Date): readonly string[] | null {
  const seen = probe(facts, 'search', now)
  return 'unseen' in seen ? null : seen.value.tried.map((t) => t.url)
}

/** Addresses of the subordinate sites' headlines that were searched for. */
export function subordinatePopulation(facts: ChannelFacts, now: Date): readonly string[] | null {
  const seen = probe(facts, 'search', now)
  return 'unseen' in seen ? null : seen.value.subordinate.map((t) => t.url)
}
