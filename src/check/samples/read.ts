import type { Sql } from 'postgres'
import type { Sample } from '../../standard/index.ts'

export type SampleRow = {
  readonly id: number
  readonly channelId: number
  readonly name: string
  readonly seed: string
  readonly size: number
  readonly population: string[]
  readonly drawn: string[]
  readonly replaced: { out: string; in: string; reason: string; by: string; at: string }[]
  readonly asOf: Date
}

/** Samples already drawn for the channels by a seed, by channel and name: replacements by hand stand. */
export async function samplesOf(sql: Sql, channelIds: readonly number[], seed: string): Promise<ReadonlyMap<number, Readonly<Record<string, Sample>>>> {
  const rows = await sql<SampleRow[]>`
    select id::int, channel_id::int as "channelId", name, seed, size, population, drawn, replaced, as_of as "asOf"
      from drawn_sample where channel_id = any(${[...channelIds]}) and seed = ${seed} order by channel_id, name`
  return new Map([...Map.groupBy(rows, (r) => r.channelId)].map(([id, all]) => [id, Object.fromEntries(all.map((r) => [r.name, asSample(r)]))]))
}

export function asSample(r: SampleRow): Sample {
  return { of: r.name, seed: r.seed, size: r.size, population: r.population, drawn: r.drawn, replaced: r.replaced.map((x) => ({ ...x, at: new Date(x.at) })) }
}
