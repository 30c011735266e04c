import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { credential } from '../../db/schema/index.ts'
import { recordAudit } from '../audit/record.ts'
import { HuoshuiError } from '../domain/error.ts'
import { requireRole } from '../domain/permit.ts'
import { changed } from './revision.ts'
import { requireTarget, targetInput, targetOf } from './target.ts'

const input = z.object({ id: z.string(), ...targetInput })

/** Takes a credential away; it needs no key. Throws `not_found` where none is put for that target. */
export async function removeCredential({ ctx, input: raw }: { ctx: Ctx; input: z.input<typeof input> }): Promise<void> {
  requireRole(ctx.actor, ['operations'])
  const given = input.parse(raw)
  const target = targetOf(given)
  await ctx.db.orm.transaction(async (tx) => {
    await requireTarget(tx, ctx.actor, target)
    const gone = await tx.delete(credential)
      .where(and(eq(credential.credentialId, given.id), eq(credential.scope, target.scope), eq(credential.target, target.target)))
      .returning({ id: credential.id })
    if (gone.length === 0) {
      throw new HuoshuiError('not_found', { zh: '该对象没有这项凭据:用 credential list 查看', en: 'no such credential is put for that target: see credential list' })
    }
    await recordAudit(tx, { actor: ctx.actor, at: ctx.clock.now() }, [{ verb: 'credential.remove', entity: 'credential', entityId: given.id, detail: target }])
  })
  changed()
}
