import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'
import { decide } from '../decide.ts'
import type { Decided } from '../decide.ts'

const input = z.object({
  candidate: z.number().int().positive(),
  step: z.enum(['answer', 'contest']),
  text: z.string().trim().min(1).max(4000),
  /** Hashes of files brought for this candidate before. */
  files: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(20).default([]),
  version: z.number().int().positive().optional(),
})

/**
 * The unit's word on an order: what it has done (反馈), or why it contests (申诉), with the files it brought for it.
 * Throws `bad_input` (a file that was not brought here), and what `decide` throws.
 */
export async function replyToOrder({ ctx, input: raw }: { ctx: Ctx; input: z.input<typeof input> }): Promise<Decided> {
  requireRole(ctx.actor, ['unit_contact', 'rectification'])
  const { candidate, step, text, files, version } = input.parse(raw)
  const known = await ctx.db.sql<{ sha256: string }[]>`select sha256 from candidate_file where candidate_id = ${candidate} and sha256 = any(${files})`
  const missing = files.filter((f) => !known.some((k) => k.sha256 === f))
  if (missing.length > 0) throw new HuoshuiError('bad_input', { zh: '所附材料尚未上传到该事项', en: 'a file named was not brought for this matter' }, { details: missing })
  return decide({ ctx, input: { candidate, step, reason: text, ...(files.length === 0 ? {} : { files: [...new Set(files)] }), ...(version === undefined ? {} : { version }) } })
}
