import { z } from 'zod'
import { HuoshuiError } from '../../domain/error.ts'
import type { Text } from '../../domain/text.ts'
import { unzipBytes, zipBytes } from '../../export/zip.ts'
import { MANIFEST, SEAL, sha256 } from './pack.ts'

const manifest = z.object({
  format: z.literal('huoshui-evidence-1'),
  candidate: z.number(),
  channel: z.object({ id: z.number(), name: z.string(), address: z.string() }),
  rule: z.string(),
  madeAt: z.string(),
  files: z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.number() })),
  missing: z.array(z.object({ sha256: z.string(), url: z.string(), why: z.string() })),
})

export type Verified = {
  readonly ok: boolean
  /** SHA-256 of the whole file: as the export printed it and the audit trail keeps it. */
  readonly sha256: string
  readonly candidate: number | null
  readonly channel: string | null
  readonly files: number
  readonly missing: number
  readonly problems: readonly { readonly path: string; readonly text: Text }[]
}

/**
 * Checks a pack without a database: every file against the manifest, the manifest against its seal, and the archive
 * against the one that these files make, so that a single changed byte is found wherever it is. Someone who rewrites
 * everything consistently is found by the whole file's SHA-256. Throws `bad_input` for a file that is no pack.
 */
export function verifyPack(bytes: Uint8Array): Verified {
  const problems: { path: string; text: Text }[] = []
  const whole = sha256(bytes)
  const bad = (path: string, zh: string, en: string): void => void problems.push({ path, text: { zh, en } })
  let files: Map<string, Uint8Array>
  try {
    files = unzipBytes(bytes)
  } catch (error) {
    if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new HuoshuiError('bad_input', { zh: '不是证据包(.zip)', en: 'this is no evidence pack (.zip)' }, { cause: error })
    bad('', '压缩包已损坏', 'the archive is damaged')
    return { ok: false, sha256: whole, candidate: null, channel: null, files: 0, missing: 0, problems }
  }
  const listing = files.get(MANIFEST)
  const parsed = manifest.safeParse(listing === undefined ? null : parse(listing))
  if (listing === undefined || !parsed.success) {
    bad(MANIFEST, '清单缺失或无法读取', 'the manifest is missing or cannot be read')
    return { ok: false, sha256: whole, candidate: null, channel: null, files: files.size, missing: 0, problems }
  }
  const seal = files.get(SEAL)
  if (seal === undefined || Buffer.from(seal).toString('utf8') !== `${sha256(listing)}  ${MANIFEST}\n`) bad(MANIFEST, '清单与封签不符', 'the manifest does not match its seal')
  const named = new Set([MANIFEST, SEAL])
  for (const f of parsed.data.files) {
    named.add(f.path)
    const found = files.get(f.path)
    if (found === undefined) bad(f.path, '文件缺失', 'the file is missing')
    else if (found.length !== f.bytes || sha256(found) !== f.sha256) bad(f.path, '内容与清单的 SHA-256 不符', 'the content does not match its SHA-256')
  }
  for (const path of files.keys()) if (!named.has(path)) bad(path, '清单中没有此文件', 'the manifest does not name this file')
  if (problems.length === 0 && !Buffer.from(zipBytes(files)).equals(bytes)) bad('', '压缩包本身的字节被改动', 'bytes of the archive itself were changed')
  const { candidate, channel, missing } = parsed.data
  return { ok: problems.length === 0, sha256: whole, candidate, channel: channel.name, files: parsed.data.files.length, missing: missing.length, problems }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return null
  }
}
