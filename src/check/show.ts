import { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import { checkJson, type CheckJson } from './json.ts'
import { storedCheck } from './stored.ts'

const input = z.strictObject({ check: z.number().int().positive() })

/** One stored check, as it stood when it was made. Throws `not_found`. */
export async function showCheck({ ctx, input: given }: { ctx: Ctx; input: z.input<typeof input> }): Promise<CheckJson> {
  return checkJson(await storedCheck(ctx.db.sql, input.parse(given).check))
}
