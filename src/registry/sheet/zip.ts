import { createInflateRaw, inflateRawSync } from 'node:zlib'
import { sheetError } from './problem.ts'
import { LIMITS } from './types.ts'

type Entry = { readonly method: number; readonly start: number; readonly packed: number }

/**
 * The parts of a workbook's archive. What an archive says of its own sizes is not believed: inflating stops at our own
 * limits, over all parts together.
 */
export class Zip {
  readonly #bytes: Buffer
  readonly #entries: ReadonlyMap<string, Entry>
  #left: number = LIMITS.unpackedBytes

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.#entries = directory(bytes)
  }

  names(): string[] {
    return [...this.#entries.keys()]
  }

  /** A part as text; null where there is none. */
  text(name: string): string | null {
    const entry = this.#entries.get(name)
    if (entry === undefined) return null
    const data = this.#data(entry)
    if (entry.method === 0) return this.#spend(data).toString('utf8')
    try {
      return this.#spend(inflateRawSync(data, { maxOutputLength: Math.min(LIMITS.partBytes, this.#left + 1) })).toString('utf8')
    } catch (error) {
      throw this.#failed(error, name)
    }
  }

  /** A part as text, piece by piece. */
  async *stream(name: string): AsyncGenerator<string> {
    const entry = this.#entries.get(name)
    if (entry === undefined) throw sheetError('damaged', name)
    const decoder = new TextDecoder()
    const data = this.#data(entry)
    if (entry.method === 0) {
      for (let at = 0; at < data.length; at += 65_536) yield decoder.decode(this.#spend(data.subarray(at, at + 65_536)), { stream: true })
      return
    }
    const inflate = createInflateRaw({ chunkSize: 262_144 })
    inflate.end(data)
    try {
      for await (const chunk of inflate) yield decoder.decode(this.#spend(chunk as Buffer), { stream: true })
    } catch (error) {
      throw this.#failed(error, name)
    } finally {
      inflate.destroy()
    }
  }

  #data(entry: Entry): Buffer {
    // The local header repeats the name and has an extra field of its own length.
    const at = entry.start
    if (at + 30 > this.#bytes.length || this.#bytes.readUInt32LE(at) !== 0x04034b50) throw sheetError('damaged', 'zip')
    const start = at + 30 + this.#bytes.readUInt16LE(at + 26) + this.#bytes.readUInt16LE(at + 28)
    if (start + entry.packed > this.#bytes.length) throw sheetError('damaged', 'zip')
    if (entry.method !== 0 && entry.method !== 8) throw sheetError('damaged', `zip ${entry.method}`)
    return this.#bytes.subarray(start, start + entry.packed)
  }

  #spend(data: Buffer): Buffer {
    this.#left -= data.length
    if (this.#left < 0) throw sheetError('too_large', `> ${LIMITS.unpackedBytes / 1e6} MB`)
    return data
  }

  #failed(error: unknown, name: string): unknown {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ERR_BUFFER_TOO_LARGE') return sheetError('too_large', `${name} > ${LIMITS.partBytes / 1e6} MB`)
    if (typeof code === 'string' && code.startsWith('Z_')) return sheetError('damaged', name, error)
    return error
  }
}

function directory(bytes: Buffer): Map<string, Entry> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + 22 > bytes.length) throw sheetError('damaged', 'zip')
  const count = bytes.readUInt16LE(end + 10)
  if (count > LIMITS.entries) throw sheetError('too_large', `${count} zip entries`)
  const entries = new Map<string, Entry>()
  let at = bytes.readUInt32LE(end + 16)
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw sheetError('damaged', 'zip')
    const nameLength = bytes.readUInt16LE(at + 28)
    if (at + 46 + nameLength > bytes.length) throw sheetError('damaged', 'zip')
    if ((bytes.readUInt16LE(at + 8) & 1) !== 0) throw sheetError('encrypted')
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/').replace(/^\/+/, '')
    entries.set(name, { method: bytes.readUInt16LE(at + 10), packed: bytes.readUInt32LE(at + 20), start: bytes.readUInt32LE(at + 42) })
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}
