import type { Sql } from 'postgres'
import type { Day } from '../../domain/date.ts'
import type { PersonFinding } from '../../standard/index.ts'

export type FindingRow = {
  readonly id: number
  readonly channelId: number
  readonly edition: string
  readonly indicator: string
  readonly by: string
  readonly at: Date
  readonly on: Day
  readonly answers: Record<string, boolean | number>
  readonly places: { question: string; url?: string | undefined; note: string }[] | null
  readonly evidence: string[]
  readonly note: string | null
  readonly digest: string
  readonly recordedAt: Date
}

/** Signed findings of the channels, made until `asOf`, by channel. Which of them stands is the standard's to say. */
export async function findingsOf(sql: Sql, channelIds: readonly number[], asOf: Date): Promise<ReadonlyMap<number, readonly PersonFinding[]>> {
  const rows = await sql<FindingRow[]>`
    select id::int, channel_id::int as "channelId", edition, indicator, looked_by as by, looked_at as at, to_char(on_day, 'YYYY-MM-DD') as on,
           answers, places, evidence, note, digest, recorded_at as "recordedAt"
      from person_finding where channel_id = any(${[...channelIds]}) and looked_at <= ${asOf} order by looked_at, id`
  const byChannel = Map.groupBy(rows, (r) => r.channelId)
  return new Map([...byChannel].map(([id, all]) => [id, all.map(asFinding)]))
}

export function asFinding(r: FindingRow): PersonFinding {
  return {
    indicator: r.indicator, by: r.by, at: r.at, on: r.on, value: r.answers, evidence: r.evidence,
    ...(r.places === null ? {} : { places: r.places }),
    ...(r.note === null ? {} : { note: r.note }),
  }
}
