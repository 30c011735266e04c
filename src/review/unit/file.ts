import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { scopeOf, unitOf } from '../../../db/scope.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { READERS, requireRole } from '../../domain/permit.ts'
import type { EvidenceStore } from '../../evidence/index.ts'

const input = z.object({ candidate: z.number().int().positive(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })

/** A file that a unit brought for a candidate, as it was brought. Throws `not_found` (another region's or unit's too), `unavailable`. */
export async function broughtFile({ ctx, store, input: raw }: { ctx: Ctx; store: EvidenceStore; input: z.input<typeof input> }): Promise<{ name: string; type: string; bytes: Uint8Array }> {
  requireRole(ctx.actor, READERS)
  const { candidate, sha256 } = input.parse(raw)
  const { sql } = ctx.db
  const [row] = await sql<{ name: string; type: string | null }[]>`
    select f.name, e.content_type as type from candidate_file f join evidence e using (sha256) join candidate k on k.id = f.candidate_id join channel c on c.id = k.channel_id
     where f.candidate_id = ${candidate} and f.sha256 = ${sha256} and ${scopeOf(sql, 'c.region_code', ctx.actor)} and ${unitOf(sql, 'c.organisation_id', ctx.actor)}`
  if (row === undefined) throw new HuoshuiError('not_found', { zh: '没有这份材料', en: 'there is no such file' })
  const bytes = await store.get(sha256)
  if (bytes === null) throw new HuoshuiError('unavailable', { zh: '材料的内容不在证据库中,请联系管理员', en: 'the file’s bytes are not in the evidence store; tell the administrator' })
  return { name: row.name, type: row.type ?? 'application/octet-stream', bytes }
}
