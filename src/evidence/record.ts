import { crc32, constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/*
 * One piece of evidence in a pack: mark (8 bytes), SHA-256 (32), size before (4) and after (4) compression, CRC-32 of the
 * 48 bytes before it (4), then the bytes as zstd. All numbers little-endian.
 */

const MARK = Buffer.from('89485345765f310a', 'hex')
export const MARK_LENGTH = MARK.length
export const HEADER = 52
const FASTEST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

export type Found = { readonly sha256: string; readonly at: number; readonly size: number; readonly length: number }

export function encode(sha256: string, bytes: Uint8Array): Buffer {
  const body = zstdCompressSync(bytes, { ...FASTEST, pledgedSrcSize: bytes.length })
  const record = Buffer.allocUnsafe(HEADER + body.length)
  MARK.copy(record, 0)
  record.write(sha256, 8, 'hex')
  record.writeUInt32LE(bytes.length, 40)
  record.writeUInt32LE(body.length, 44)
  record.writeUInt32LE(crc32(record.subarray(0, 48)), 48)
  body.copy(record, HEADER)
  return record
}

/** The bytes of a record's body; throws where it is damaged. Never makes more than the size that the record names. */
export function decodeBody(body: Uint8Array, size: number): Uint8Array {
  return zstdDecompressSync(body, { maxOutputLength: Math.max(1, size) })
}

export function isMark(window: Buffer, offset: number): boolean {
  return window.compare(MARK, 0, MARK_LENGTH, offset, offset + MARK_LENGTH) === 0
}

/** The header that stands at `offset` of `window`, which begins at `base` of the pack; null where there is none. */
export function headerAt(window: Buffer, offset: number, base: number): Found | null {
  if (offset + HEADER > window.length || !isMark(window, offset)) return null
  if (window.readUInt32LE(offset + 48) !== crc32(window.subarray(offset, offset + 48))) return null
  return {
    sha256: window.toString('hex', offset + 8, offset + 40),
    at: base + offset,
    size: window.readUInt32LE(offset + 40),
    length: window.readUInt32LE(offset + 44),
  }
}

/** Where the next mark may begin, at `from` or later; -1 where there is none in `window`. */
export function nextMark(window: Buffer, from: number): number {
  return window.indexOf(MARK, from)
}
