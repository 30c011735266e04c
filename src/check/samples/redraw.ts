import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { digest, redraw } from '../../standard/index.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { sampleJson, type SampleJson } from './json.ts'
import { asSample, type SampleRow } from './read.ts'

const input = z.strictObject({ id: z.number().int().positive() })

/** Draws a kept sample again from its seed, population and replacements, and says whether it comes out the same. Throws `not_found`. */
export async function redrawSample({ ctx, input: given }: { ctx: Ctx; input: z.input<typeof input> }): Promise<SampleJson & { readonly same: boolean }> {
  const { id } = input.parse(given)
  const [row] = await ctx.db.sql<SampleRow[]>`
    select id::int, channel_id::int as "channelId", name, seed, size, population, drawn, replaced, as_of as "asOf" from drawn_sample where id = ${id}`
  if (row === undefined) throw new HuoshuiError('not_found', { zh: '没有这份抽样', en: 'there is no such sample' })
  const kept = asSample(row)
  const again = redraw(kept)
  return { ...sampleJson(row, again), same: digest(again) === digest(kept) }
}
