import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { READERS, requireRole } from '../../domain/permit.ts'
import type { EvidenceStore } from '../../evidence/index.ts'
import { decode } from '../../read/index.ts'
import { seenBy } from '../../registry/index.ts'

/** One reception of the bytes: where, when, with which headers. */
export type Reception = {
  readonly channel: number
  readonly url: string
  readonly finalUrl: string
  readonly status: number | null
  readonly headers: Readonly<Record<string, string>> | null
  /** ISO 8601. */
  readonly fetchedAt: string
}

export type EvidencePiece = {
  readonly sha256: string
  /** page | screenshot | thumbnail | attachment */
  readonly kind: string
  readonly contentType: string | null
  /** Bytes before compression. */
  readonly size: number
  /** At most 20, the latest first. */
  readonly received: readonly Reception[]
}

const input = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) })
type Input = z.input<typeof input>
type Reader = Pick<Ctx, 'db' | 'actor'>

/** A piece of evidence and where it came from, for whoever may see a channel that it was received for. Throws `not_found`. */
export async function evidencePiece({ ctx, input: raw }: { ctx: Reader; input: Input }): Promise<EvidencePiece> {
  requireRole(ctx.actor, READERS)
  const { sha256 } = input.parse(raw)
  const rows = await ctx.db.orm.execute<Omit<EvidencePiece, 'received'> & Reception>(sql`
    select e.sha256, e.kind, e.content_type as "contentType", e.size, u.channel_id::int as channel, u.url, u.final_url as "finalUrl", u.status::int, u.headers,
           to_char(u.fetched_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "fetchedAt"
      from evidence e join evidence_use u using (sha256) join channel c on c.id = u.channel_id where e.sha256 = ${sha256} and ${seenBy(ctx.actor)} order by u.fetched_at desc limit 20`)
  const [first] = rows
  if (first === undefined) throw missing()
  return {
    sha256, kind: first.kind, contentType: first.contentType, size: first.size,
    received: rows.map(({ channel, url, finalUrl, status, headers, fetchedAt }) => ({ channel, url, finalUrl, status, headers, fetchedAt })),
  }
}

/** What is shown of a page's source: enough to read, never a browser's ruin. */
const MOST_TEXT = 2_000_000

/** A page's source as text in UTF-8. Throws `not_found`, and `bad_input` for what is no page. */
export async function evidenceText({ ctx, store, input: raw }: { ctx: Reader; store: EvidenceStore; input: Input }): Promise<{ piece: EvidencePiece; text: string; whole: boolean }> {
  const piece = await evidencePiece({ ctx, input: raw })
  if (piece.kind !== 'page') throw new HuoshuiError('bad_input', { zh: '该证据不是网页源码', en: 'this evidence is not the source of a page' })
  const bytes = await bytesOf(store, piece.sha256)
  const { text } = decode(bytes.subarray(0, MOST_TEXT), { contentType: piece.contentType })
  return { piece, text, whole: bytes.length <= MOST_TEXT }
}

const PICTURES = [
  { type: 'image/png', start: Buffer.from('89504e470d0a1a0a', 'hex') },
  { type: 'image/jpeg', start: Buffer.from('ffd8ff', 'hex') },
] as const

/** A picture of a rendered page, its type told by its bytes alone. Throws `not_found`, and `bad_input` for anything else. */
export async function evidencePicture({ ctx, store, input: raw }: { ctx: Reader; store: EvidenceStore; input: Input }): Promise<{ bytes: Uint8Array; type: string; extension: string }> {
  const piece = await evidencePiece({ ctx, input: raw })
  const bytes = piece.kind === 'screenshot' || piece.kind === 'thumbnail' ? await bytesOf(store, piece.sha256) : null
  const picture = bytes === null ? undefined : PICTURES.find((p) => p.start.compare(bytes, 0, p.start.length) === 0)
  if (bytes === null || picture === undefined) throw new HuoshuiError('bad_input', { zh: '该证据不是截图', en: 'this evidence is not a picture' })
  return { bytes, type: picture.type, extension: picture.type === 'image/png' ? 'png' : 'jpg' }
}

async function bytesOf(store: EvidenceStore, sha256: string): Promise<Uint8Array> {
  const bytes = await store.get(sha256)
  if (bytes === null) throw new HuoshuiError('not_found', { zh: '该证据的原始内容不在本机证据库中(可能已按保留规则清理)', en: 'the bytes of this evidence are not kept here (they may have been pruned)' })
  return bytes
}

function missing(): HuoshuiError {
  return new HuoshuiError('not_found', { zh: '没有这项证据', en: 'there is no such evidence' })
}
