import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import type { Header } from 'tar-stream'
import { HuoshuiError } from '../domain/error.ts'
import { manifest, MANIFEST } from './manifest.ts'
import type { Manifest } from './manifest.ts'

type Entry = Readable & { readonly header: Header }

/** A manifest is small; anything that claims to be a large one is none. */
const MOST = 16 * 1024 * 1024

/** The entries of a backup, one after another; each must be read to its end. */
export async function* entriesOf(file: string): AsyncGenerator<Entry> {
  const source = createReadStream(file)
  const gunzip = createGunzip()
  const archive = extract()
  source.on('error', (error) => gunzip.destroy(error))
  gunzip.on('error', (error) => archive.destroy(error))
  source.pipe(gunzip).pipe(archive)
  try {
    yield* archive as unknown as AsyncIterable<Entry>
  } finally {
    source.destroy()
    gunzip.destroy()
  }
}

/**
 * Reads a backup through without changing anything: everything in it must be what its manifest says. Throws `not_found`,
 * or `bad_input` that names what is missing, damaged or of another program.
 */
export async function verifyBackup(file: string): Promise<Manifest> {
  const found = new Map<string, { hash: ReturnType<typeof createHash>; bytes: number }>()
  let text = ''
  try {
    for await (const entry of entriesOf(file)) {
      const { name } = entry.header
      const key = name.startsWith('tables/') ? name.split('/').slice(0, 2).join('/') : name
      let held = found.get(key)
      if (held === undefined) found.set(key, held = { hash: createHash('sha256'), bytes: 0 })
      for await (const chunk of entry as AsyncIterable<Buffer>) {
        held.bytes += chunk.length
        if (name !== MANIFEST) held.hash.update(chunk)
        else if (held.bytes <= MOST) text += chunk.toString('utf8')
      }
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new HuoshuiError('not_found', { zh: `没有文件 ${file}`, en: `there is no file ${file}` })
    throw damaged(file, '文件不完整或不是备份', 'it is cut short, or no backup', error)
  }
  const parsed = manifest.safeParse(json(text))
  if (!parsed.success) throw damaged(file, '缺少清单,或由更新版本的程序生成', 'it has no manifest, or a newer program made it')
  for (const [key, said] of [...parsed.data.tables.map((t) => [`tables/${t.name}`, t] as const), ...parsed.data.evidence.map((e) => [`evidence/${e.name}`, e] as const)]) {
    const held = found.get(key)
    if (held === undefined) throw damaged(file, `缺少 ${key}`, `${key} is missing`)
    if (held.bytes !== said.bytes || held.hash.digest('hex') !== said.sha256) throw damaged(file, `${key} 与清单不符`, `${key} is not what the manifest says`)
    found.delete(key)
  }
  found.delete(MANIFEST)
  const [strange] = found.keys()
  if (strange !== undefined) throw damaged(file, `多出 ${strange}`, `${strange} is not in the manifest`)
  return parsed.data
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function damaged(file: string, zh: string, en: string, cause?: unknown): HuoshuiError {
  return new HuoshuiError('bad_input', { zh: `备份文件 ${file} 不能使用:${zh}`, en: `the backup ${file} cannot be used: ${en}` }, cause === undefined ? {} : { cause })
}
