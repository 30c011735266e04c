import { findings } from '../standard/index.ts'
import type { ChannelFacts, CheckRecord, Edition } from '../standard/index.ts'
import type { Text } from '../domain/text.ts'

/** One row of the findings list as it is stored with the check; number and moment come with the list. */
export type Problem = {
  readonly column: string
  readonly url: string | null
  readonly problem: Text
  readonly snapshot: string | null
  readonly standard: string
}

export function problemsOf(record: CheckRecord, edition: Edition, facts: ChannelFacts): Problem[] {
  return findings(record, edition, facts).map(({ column, url, problem, snapshot, standard }) => ({ column, url, problem, snapshot, standard }))
}

/** Everything that a check's violations and signed answers rest on. */
export function citedBy(record: CheckRecord): string[] {
  const hashes = record.results.filter((r) => r.result.answer === 'violated' || r.result.points.length > 0).flatMap((r) => r.result.evidence)
  return [...new Set(hashes)].filter((h) => /^[0-9a-f]{64}$/.test(h))
}
