import { createHash } from 'node:crypto'
import { z } from 'zod'
import { sql as q } from 'drizzle-orm'
import type { Ctx } from '../../../db/context.ts'
import { candidateFile, evidence } from '../../../db/schema/index.ts'
import { requireInScope, requireOwnUnit } from '../../../db/scope.ts'
import { recordAudit } from '../../audit/record.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'
import type { EvidenceStore } from '../../evidence/index.ts'
import { FILE_TYPES, LARGEST_FILE, looksLike } from './file-types.ts'

const FILES_A_CANDIDATE = 40

const input = z.object({ candidate: z.number().int().positive(), name: z.string().trim().min(1).max(200) })

export type Brought = { readonly sha256: string; readonly name: string; readonly size: number }

/**
 * Keeps a file that the unit brings as proof for one candidate: at most 20 MB, of a kind that officials use, and what its
 * name says it is. The bytes are evidence under their SHA-256 and are never changed. Throws `bad_input` (size, kind),
 * `conflict` (too many; the candidate is settled), `not_found`, `forbidden`.
 */
export async function bringFile({ ctx, store, bytes, input: raw }: { ctx: Ctx; store: EvidenceStore; bytes: Uint8Array; input: z.input<typeof input> }): Promise<Brought> {
  requireRole(ctx.actor, ['unit_contact', 'rectification'])
  const { candidate, name } = input.parse(raw)
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const type = FILE_TYPES.get(ending)
  if (type === undefined) throw new HuoshuiError('bad_input', { zh: `不支持的文件类型,请上传:${[...FILE_TYPES.keys()].join('、')}`, en: `this kind of file is not taken; bring one of: ${[...FILE_TYPES.keys()].join(', ')}` })
  if (bytes.length === 0) throw new HuoshuiError('bad_input', { zh: '文件是空的', en: 'the file is empty' })
  if (bytes.length > LARGEST_FILE) throw new HuoshuiError('bad_input', { zh: '文件超过20 MB', en: 'the file is larger than 20 MB' })
  if (!looksLike(ending, bytes)) throw new HuoshuiError('bad_input', { zh: `文件内容与扩展名 .${ending} 不符`, en: `the file is not what its ending .${ending} says` })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const now = ctx.clock.now()
  return ctx.db.orm.transaction(async (tx) => {
    const [row] = await tx.execute<{ settled: boolean; region: string | null; organisation: number | null; files: number }>(q`
      select k.closed_at is not null as settled, c.region_code as region, c.organisation_id::int as organisation,
             (select count(*)::int from candidate_file f where f.candidate_id = k.id) as files
        from candidate k join channel c on c.id = k.channel_id where k.id = ${candidate} for update of k`)
    if (row === undefined) throw new HuoshuiError('not_found', { zh: `没有编号为 ${candidate} 的候选`, en: `there is no candidate ${candidate}` })
    await requireInScope(tx, ctx.actor, row.region)
    requireOwnUnit(ctx.actor, row.organisation)
    if (row.settled) throw new HuoshuiError('conflict', { zh: '该事项已办结,不再接收材料', en: 'the matter is settled: no more files are taken' })
    if (row.files >= FILES_A_CANDIDATE) throw new HuoshuiError('conflict', { zh: `每个事项最多${FILES_A_CANDIDATE}份材料`, en: `at most ${FILES_A_CANDIDATE} files for one matter` })
    // Bytes before the row: a crash in between leaves bytes without a row, which pruning removes, and never a row without bytes.
    if (!(await store.has(sha256))) store.put(sha256, bytes)
    await tx.insert(evidence).values({ sha256, kind: 'attachment', contentType: type, size: bytes.length, createdAt: now }).onConflictDoNothing()
    await tx.insert(candidateFile).values({ candidateId: candidate, sha256, name, size: bytes.length, uploadedBy: ctx.actor, uploadedAt: now }).onConflictDoNothing()
    await recordAudit(tx, { actor: ctx.actor, at: now }, [{ verb: 'candidate.file', entity: 'candidate', entityId: candidate, detail: { sha256, name, size: bytes.length } }])
    return { sha256, name, size: bytes.length }
  })
}
