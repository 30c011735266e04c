import type { ChannelFacts } from './facts.ts'
import { probe, type ProbeValue } from './needs.ts'
import type { Place } from './result.ts'

export type PolicyDocument = ProbeValue<'interpretation'>['documents'][number]
export type Piece = ProbeValue<'interpretation'>['pieces'][number]

/** Addresses of the policy documents issued in the period; null where the probe has not said. */
export function documentPopulation(facts: ChannelFacts, now: Date): readonly string[] | null {
  const seen = probe(facts, 'interpretation', now)
  return 'unseen' in seen ? null : seen.value.documents.map((d) => d.url)
}

/** Addresses of the interpretation pieces. */
export function piecePopulation(facts: ChannelFacts, now: Date): readonly string[] | null {
  const seen = probe(facts, 'interpretation', now)
  return 'unseen' in seen ? null : seen.value.pieces.map((p) => p.url)
}

export const place = (name: string, url: string | null, answer: Place['answer'], zh: string, en: string): Place => ({
  name, url, answer, reason: null, newest: null, daysOver: null, since: null, note: { zh, en },
})
