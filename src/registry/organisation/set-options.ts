import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { requireInScope } from '../../../db/scope.ts'
import { organisation } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'

export const organisationOptionsInput = z.object({
  id: z.number().int(),
  /** Its own sites: robots.txt may be passed over. */
  ignoreRobots: z.boolean().optional(),
  /** Requests at once over all its sites; null takes the default. */
  maxConcurrent: z.number().int().min(1).max(256).nullable().optional(),
  reason: z.string().trim().min(1).max(500),
})

/** Sets how an organisation's sites may be visited. Throws `not_found`. */
export async function setOrganisationOptions({ ctx, input }: { ctx: Ctx; input: z.input<typeof organisationOptionsInput> }): Promise<{ changed: boolean }> {
  requireRole(ctx.actor, ['operations'])
  const { id, reason, ...wanted } = organisationOptionsInput.parse(input)
  return ctx.db.orm.transaction(async (tx) => {
    const [old] = await tx.select().from(organisation).where(eq(organisation.id, id)).for('update')
    if (old === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${id} 的单位`, en: `There is no organisation ${id}` })
    await requireInScope(tx, ctx.actor, old.regionCode)
    const before = { ignoreRobots: old.ignoreRobots, maxConcurrent: old.maxConcurrent }
    const after = { ignoreRobots: wanted.ignoreRobots ?? before.ignoreRobots, maxConcurrent: wanted.maxConcurrent === undefined ? before.maxConcurrent : wanted.maxConcurrent }
    if (after.ignoreRobots === before.ignoreRobots && after.maxConcurrent === before.maxConcurrent) return { changed: false }
    await tx.update(organisation).set(after).where(eq(organisation.id, id))
    await recordAudit(tx, { actor: ctx.actor, at: ctx.clock.now() }, [{ verb: 'organisation.options', entity: 'organisation', entityId: id, reason, detail: { before, after } }])
    return { changed: true }
  })
}
