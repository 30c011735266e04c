import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ctx } from '../../db/context.ts'
import { requireRole } from '../domain/permit.ts'
import { writeBulletin } from './bulletin.ts'

export const BULLETIN_TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const
export type BulletinType = keyof typeof BULLETIN_TYPES

/** The bulletin as a file to hand out, made by the same writer as the command's. Throws `not_found`. */
export async function bulletinFile({ ctx, input: { name, as, asOf } }: { ctx: Ctx; input: { name: string; as: BulletinType; asOf?: Date } }): Promise<Uint8Array> {
  requireRole(ctx.actor, ['rectification', 'operations', 'read_only'])
  const folder = await mkdtemp(join(tmpdir(), 'bulletin-'))
  try {
    const file = join(folder, `bulletin.${as}`)
    await writeBulletin({ ctx, input: { name, file, ...(asOf === undefined ? {} : { asOf }) } })
    return await readFile(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
