import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { requireInScope } from '../../../db/scope.ts'
import { recordAudit } from '../../audit/record.ts'
import { dayInChina } from '../../domain/date.ts'
import { requireRole } from '../../domain/permit.ts'
import { EvidenceCorrupt } from '../../evidence/index.ts'
import type { EvidenceStore } from '../../evidence/index.ts'
import { zipBytes } from '../../export/zip.ts'
import type { Cited } from '../cite.ts'
import { showCandidate } from '../show-candidate.ts'
import { sightingsOf } from './sightings.ts'
import { summaryDocument, summaryHtml } from './summary.ts'

export const MANIFEST = 'manifest.json'
export const SEAL = 'manifest.sha256'

/** What the pack says of each of its files. */
export type PackedFile = { readonly path: string; readonly sha256: string; readonly bytes: number; readonly url?: string; readonly finalUrl?: string; readonly status?: number | null; readonly headers?: Readonly<Record<string, string>> | null; readonly fetchedAt?: string }
export type Manifest = {
  readonly format: 'huoshui-evidence-1'
  readonly candidate: number
  readonly channel: { readonly id: number; readonly name: string; readonly address: string }
  readonly rule: string
  readonly edition: string
  readonly madeAt: string
  readonly files: readonly PackedFile[]
  /** Cited, but the bytes are not (or no longer whole) in the store. */
  readonly missing: readonly { readonly sha256: string; readonly url: string; readonly why: 'absent' | 'damaged' }[]
}

const input = z.object({ candidate: z.number().int().positive(), as: z.enum(['zip', 'docx']).default('zip') })

export type Packed = { readonly bytes: Uint8Array; readonly sha256: string; readonly files: number; readonly missing: Manifest['missing'] }

/**
 * A candidate's evidence for a third party: the clause, the observations, a time line, every cited page and screenshot
 * as received, and a manifest of their SHA-256. What cannot be put in is named as missing. Throws `not_found`,
 * `forbidden` (role or region).
 */
export async function evidencePack({ ctx, store, input: raw }: { ctx: Ctx; store: EvidenceStore; input: z.input<typeof input> }): Promise<Packed> {
  requireRole(ctx.actor, ['rectification', 'operations', 'read_only', 'unit_contact'])
  const { candidate: id, as } = input.parse(raw)
  const file = await showCandidate({ ctx, input: { id } })
  const sightings = await sightingsOf({ ctx, input: { channel: file.channel.id } })
  const now = ctx.clock.now()
  const today = dayInChina(now)
  const received = file.evidence.filter((e): e is Extract<Cited, { sha256: string }> => 'sha256' in e)
  const files = new Map<string, Uint8Array>()
  const listed: PackedFile[] = []
  const missing: { sha256: string; url: string; why: 'absent' | 'damaged' }[] = []
  for (const e of received) {
    const bytes = await store.get(e.sha256).catch((error: unknown) => {
      if (error instanceof EvidenceCorrupt) return 'damaged' as const
      throw error
    })
    if (bytes === null || bytes === 'damaged') {
      missing.push({ sha256: e.sha256, url: e.finalUrl, why: bytes === null ? 'absent' : 'damaged' })
      continue
    }
    const path = `evidence/${e.sha256}${extensionOf(e)}`
    files.set(path, bytes)
    listed.push({ path, sha256: e.sha256, bytes: bytes.length, url: e.url, finalUrl: e.finalUrl, status: e.status, headers: e.headers, fetchedAt: e.fetchedAt })
  }
  const shown = listed.map((f) => ({ path: f.path, sha256: f.sha256, url: f.finalUrl ?? '' }))
  const document = await summaryDocument(file, sightings, shown, today)
  const text = (s: string): Uint8Array => Buffer.from(s, 'utf8')
  const add = (path: string, bytes: Uint8Array): void => {
    files.set(path, bytes)
    listed.push({ path, sha256: sha256(bytes), bytes: bytes.length })
  }
  add('summary.html', text(summaryHtml(file, sightings, shown, today)))
  add('summary.docx', document)
  add('candidate.json', text(JSON.stringify(file, null, 2)))
  add('observations.json', text(JSON.stringify(sightings, null, 2)))
  const { channel } = file
  const manifest: Manifest = {
    format: 'huoshui-evidence-1', candidate: id, channel: { id: channel.id, name: channel.name, address: channel.address },
    rule: file.rule, edition: file.edition, madeAt: now.toISOString(), files: listed, missing,
  }
  const manifestBytes = text(JSON.stringify(manifest, null, 2))
  const bytes = as === 'docx' ? document : zipBytes(new Map([[MANIFEST, manifestBytes], [SEAL, text(`${sha256(manifestBytes)}  ${MANIFEST}\n`)], ...files]))
  await ctx.db.orm.transaction(async (tx) => {
    await requireInScope(tx, ctx.actor, channel.regionCode)
    await recordAudit(tx, { actor: ctx.actor, at: now }, [{ verb: 'evidence.export', entity: 'candidate', entityId: id, detail: { as, sha256: sha256(bytes), files: listed.length, missing: missing.length } }])
  })
  return { bytes, sha256: sha256(bytes), files: listed.length, missing }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function extensionOf(e: Extract<Cited, { sha256: string }>): string {
  const type = e.headers?.['content-type'] ?? ''
  if (e.kind === 'screenshot') return '.png'
  if (/html/i.test(type)) return '.html'
  if (/json/i.test(type)) return '.json'
  if (/xml/i.test(type)) return '.xml'
  return e.kind === 'page' ? '.html' : '.bin'
}
