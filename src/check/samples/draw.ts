import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { drawnSample } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { draw, edition as editionById } from '../../standard/index.ts'
import { factsForCheck } from '../facts.ts'
import { seedOf } from '../run.ts'
import { monitoringPoint } from '../scope.ts'
import { asSample } from './read.ts'
import { sampleJson, sampleRow, type SampleJson } from './json.ts'

const input = z.strictObject({
  channel: z.number().int().positive(),
  /** The sample's name: the indicator it is for. */
  sample: z.string().trim().min(1),
  standard: z.string().default('gov-2019'),
  asOf: z.date().optional(),
  seed: z.string().trim().min(1).max(200).optional(),
})

/**
 * Draws one rule's sample for a channel and keeps it with seed and population; a check with the same seed uses it. Drawn
 * once: asked for again, the kept one is given. Throws `not_found`, and `bad_input` where there is nothing to draw from.
 */
export async function drawSample({ ctx, input: given }: { ctx: Ctx; input: z.input<typeof input> }): Promise<SampleJson> {
  const { channel, sample: name, standard, ...rest } = input.parse(given)
  const edition = editionById(standard)
  const spec = edition.rules.flatMap((r) => r.samples ?? []).find((s) => s.of.toLowerCase() === name.toLowerCase())
  if (spec === undefined) throw new HuoshuiError('not_found', { zh: `标准“${standard}”中没有名为“${name}”的抽样`, en: `standard ${standard} draws no sample ${name}` })
  const asOf = monitoringPoint(ctx, rest.asOf)
  const seed = rest.seed ?? seedOf(edition.id, asOf)
  const [facts] = await factsForCheck({ ctx, channelIds: [channel], asOf, seed: null })
  if (facts === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${channel} 的渠道`, en: `there is no channel ${channel}` })
  const population = spec.population(facts, asOf)
  if (population === null || population.length === 0) {
    throw new HuoshuiError('bad_input', { zh: `“${facts.channel.name}”尚无可抽取的对象`, en: `there is nothing to draw from at ${facts.channel.name} yet` })
  }
  const now = ctx.clock.now()
  const drawn = draw(spec.of, population, spec.size, seed)
  return ctx.db.orm.transaction(async (tx) => {
    const rows = await tx.insert(drawnSample).values({
      channelId: channel, name: drawn.of, seed, size: drawn.size, population: [...drawn.population], drawn: [...drawn.drawn], replaced: [], asOf, drawnAt: now, drawnBy: ctx.actor,
    }).onConflictDoNothing().returning({ id: drawnSample.id })
    const id = rows[0]?.id
    if (id !== undefined) {
      await recordAudit(tx, { actor: ctx.actor, at: now }, [{ verb: 'sample.draw', entity: 'drawn_sample', entityId: id, detail: { channel, sample: drawn.of, seed, population: drawn.population.length, drawn: drawn.drawn } }])
    }
    const kept = await sampleRow(tx, { channel, name: drawn.of, seed })
    return sampleJson(kept, asSample(kept))
  })
}
