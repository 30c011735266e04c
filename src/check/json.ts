import type { Text } from '../domain/text.ts'
import { edition as editionById, sheet } from '../standard/index.ts'
import type { ChannelFacts, ChannelIdentity, Place, Result, Score, SheetRow } from '../standard/index.ts'
import type { StoredCheck } from './stored.ts'

/** One indicator's answer, as `check --json` prints it. Points are points, not tenths. */
export type CheckedRow = {
  readonly id: string
  readonly item: Text
  readonly answer: Result['answer']
  /** Deducted (in the bonus part: earned), never beyond the cap; null for vetoes and what does not apply. */
  readonly points: number | null
  /** What more may come once the unseen is seen. */
  readonly open: number
  readonly cap: number | null
  readonly evidence: readonly string[]
  readonly clause: Text
  readonly places: readonly Place[]
  readonly reason: Result['reason']
  /** 问题统计, in words. */
  readonly problems: Text
}

/** One channel's check, as `check --json` prints it (a contract of the command line). */
export type CheckJson = {
  readonly check: number
  readonly run: number
  readonly channel: {
    readonly id: number
    readonly kind: string
    readonly name: string
    readonly address: string | null
    readonly siteCode: string | null
    readonly organisation: string | null
    readonly region: string | null
    readonly portal: boolean
  }
  readonly standard: string
  readonly as_of: string
  readonly verdict: Score['verdict']
  readonly vetoes: readonly string[]
  /** Two decimals, half up; the exact fractions beside them. Null where there is no score. */
  readonly score: { readonly worst: number; readonly best: number; readonly exact: { readonly worst: string; readonly best: string } } | null
  /** Indicators whose answers would settle what is open. */
  readonly settled_by: readonly string[]
  readonly results: readonly CheckedRow[]
}

/** The rows of a stored check's inspection sheet. */
export function sheetOf(stored: StoredCheck): readonly SheetRow[] {
  return sheet(stored.record, editionById(stored.edition), bare(stored.channel, stored.record.at))
}

export function checkJson(stored: StoredCheck): CheckJson {
  const { record, channel } = stored
  const { worst, best, verdict, vetoes, settledBy } = record.score
  const results = new Map(record.results.map((r) => [r.id, r.result]))
  return {
    check: stored.id,
    run: stored.run,
    channel: {
      id: channel.id, kind: channel.kind, name: channel.name, address: channel.address ?? null, siteCode: channel.siteCode ?? null,
      organisation: stored.organisation, region: stored.region, portal: channel.portal === true,
    },
    standard: stored.edition,
    as_of: record.at.toISOString(),
    verdict,
    vetoes,
    score: worst === null || best === null ? null : { worst: Number(worst.shown), best: Number(best.shown), exact: { worst: worst.exact, best: best.exact } },
    settled_by: settledBy,
    results: sheetOf(stored).flatMap((row): CheckedRow[] => {
      const result = results.get(row.id)
      if (result === undefined) return []
      const { id, item, answer, points, open, cap, clause, problems } = row
      return [{ id, item, answer, points, open, cap, evidence: result.evidence, clause, places: result.places, reason: result.reason, problems }]
    }),
  }
}

/** The sheet asks only who the channel is; everything it shows is in the record. */
const bare = (channel: ChannelIdentity, asOf: Date): ChannelFacts => ({ channel, asOf, visits: [], columns: [], gone: [] })
