import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { requireInScope } from '../../db/scope.ts'
import { READERS, requireRole } from '../domain/permit.ts'
import { checkJson, type CheckJson } from './json.ts'
import { storedCheck } from './stored.ts'

const input = z.strictObject({ check: z.number().int().positive() })

/** One stored check, as it stood when it was made. Throws `not_found`, `forbidden`. */
export async function showCheck({ ctx, input: given }: { ctx: Ctx; input: z.input<typeof input> }): Promise<CheckJson> {
  requireRole(ctx.actor, READERS)
  const stored = await storedCheck(ctx.db.sql, input.parse(given).check)
  const [row] = await ctx.db.sql<{ region: string | null }[]>`select region_code as region from channel where id = ${stored.record.channelId}`
  await requireInScope(ctx.db.orm, ctx.actor, row?.region ?? null)
  return checkJson(stored)
}
