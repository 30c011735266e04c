import { and, eq } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import { drawnSample } from '../../../db/schema/index.ts'
import { HuoshuiError } from '../../domain/error.ts'
import type { Sample } from '../../standard/index.ts'
import type { SampleRow } from './read.ts'

export type SampleJson = {
  readonly id: number
  readonly channel: number
  readonly sample: string
  readonly seed: string
  readonly population: readonly string[]
  readonly drawn: readonly string[]
  readonly replaced: readonly { readonly out: string; readonly in: string; readonly reason: string; readonly by: string; readonly at: string }[]
}

export function sampleJson(row: Pick<SampleRow, 'id' | 'channelId'>, s: Sample): SampleJson {
  return {
    id: row.id, channel: row.channelId, sample: s.of, seed: s.seed, population: s.population, drawn: s.drawn,
    replaced: s.replaced.map((r) => ({ ...r, at: r.at.toISOString() })),
  }
}

type Which = { readonly id: number } | { readonly channel: number; readonly name: string; readonly seed: string }

/** A kept sample, locked for this transaction. Throws `not_found`. */
export async function sampleRow(tx: Tx, which: Which): Promise<SampleRow> {
  const [row] = await tx.select().from(drawnSample)
    .where('id' in which ? eq(drawnSample.id, which.id) : and(eq(drawnSample.channelId, which.channel), eq(drawnSample.name, which.name), eq(drawnSample.seed, which.seed)))
    .for('update')
  if (row === undefined) throw new HuoshuiError('not_found', { zh: '没有这份抽样', en: 'there is no such sample' })
  return row
}
