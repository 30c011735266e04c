import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { drawnSample } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import { replace } from '../../standard/index.ts'
import { sampleJson, sampleRow, type SampleJson } from './json.ts'
import { asSample } from './read.ts'

const input = z.strictObject({
  id: z.number().int().positive(),
  /** The drawn member to take out. */
  out: z.string().min(1),
  reason: z.string(),
  /** Who decided it. */
  by: z.string().trim().min(1),
})

/**
 * Replaces a drawn member by the next in rank, with a reason; checks made later with the same seed use it, those made
 * before keep theirs. Throws `not_found`; `bad_input` without a reason, for a member not drawn, or with nothing left.
 */
export async function replaceSample({ ctx, input: given }: { ctx: Ctx; input: z.input<typeof input> }): Promise<SampleJson> {
  const { id, out, reason, by } = input.parse(given)
  const at = ctx.clock.now()
  return ctx.db.orm.transaction(async (tx) => {
    const row = await sampleRow(tx, { id })
    const next = replace(asSample(row), out, { reason: reason.trim(), by, at })
    await tx.update(drawnSample)
      .set({ drawn: [...next.drawn], replaced: next.replaced.map((r) => ({ ...r, at: r.at.toISOString() })) })
      .where(eq(drawnSample.id, id))
    await recordAudit(tx, { actor: ctx.actor, at }, [{ verb: 'sample.replace', entity: 'drawn_sample', entityId: id, reason: reason.trim(), detail: { out, in: next.replaced.at(-1)?.in, by } }])
    return sampleJson(row, next)
  })
}
