import { sql as q } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { checkPlan } from '../../../db/schema/index.ts'
import { recordAudit } from '../../audit/record.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'
import { edition as editionById } from '../../standard/index.ts'
import { CHECKERS } from '../scope.ts'
import { EVERY, nextRun } from './every.ts'

const input = z.strictObject({
  name: z.string().trim().min(1).max(100),
  standard: z.string().default('gov-2019'),
  filter: z.record(z.string(), z.unknown()).default({}),
  every: z.enum(EVERY),
  active: z.boolean().default(true),
})

/** Enters a plan, or changes it (by name); it runs in the name of whoever did. Throws `not_found` (edition), `forbidden`. */
export async function setCheckPlan({ ctx, input: given }: { ctx: Ctx; input: z.input<typeof input> }): Promise<{ id: number; nextAt: string }> {
  requireRole(ctx.actor, CHECKERS)
  const { name, standard, filter, every, active } = input.parse(given)
  const edition = editionById(standard).id
  const at = ctx.clock.now()
  const nextAt = nextRun(every, at)
  return ctx.db.orm.transaction(async (tx) => {
    const [old] = await tx.execute<{ region: string | null }>(q`select actor->>'region' as region from check_plan where name = ${name} for update`)
    const own = ctx.actor.kind === 'user' ? ctx.actor.region : null
    if (old !== undefined && own !== null && old.region !== own) throw new HuoshuiError('conflict', { zh: `已有同名计划“${name}”,请换一个名称`, en: `there is a plan called ${name} already: choose another name` })
    const values = { name, edition, filter, every, nextAt, actor: ctx.actor, active }
    const [row] = await tx.insert(checkPlan).values(values).onConflictDoUpdate({ target: checkPlan.name, set: values }).returning({ id: checkPlan.id })
    const id = row?.id ?? 0
    await recordAudit(tx, { actor: ctx.actor, at }, [{ verb: 'check.plan', entity: 'check_plan', entityId: id, detail: { name, edition, filter, every, active } }])
    return { id, nextAt: nextAt.toISOString() }
  })
}
