import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, constants } from 'node:zlib'
import type { BrotliOptions, ZlibOptions } from 'node:zlib'

/** Content codings we ask for and can undo. */
export const ACCEPT_ENCODING = 'gzip, deflate, br'

export type Decoded = { readonly bytes: Uint8Array; readonly problem?: 'too_large' | 'truncated' | 'unreadable' }

const EMPTY = new Uint8Array(0)

/**
 * Undoes the content codings of a body, never making more than `maxBytes`: a bomb stops there and is `too_large`,
 * with no bytes. A stream that was cut gives what it held and is `truncated`. Bytes that are not what the header
 * says (a plain page sent as gzip, which happens) are given as they are. Synchronous on purpose: pages are small, and a
 * round through the thread pool costs more than undoing them.
 */
export function decodeBody(body: Uint8Array, coding: string | undefined, maxBytes: number): Decoded {
  if (coding === undefined || coding === '' || body.length === 0) return { bytes: body }
  const codings = coding.toLowerCase().split(',').map((c) => c.trim()).filter((c) => c !== '' && c !== 'identity')
  if (codings.length > 2) return { bytes: EMPTY, problem: 'unreadable' }
  let bytes = body
  for (const one of codings.reverse()) {
    const undone = undo(bytes, one, maxBytes)
    if (undone.problem !== undefined) return undone
    bytes = undone.bytes
  }
  return { bytes }
}

function undo(body: Uint8Array, coding: string, maxOutputLength: number): Decoded {
  const way = wayOf(coding, body)
  if (way === null) return { bytes: EMPTY, problem: 'unreadable' }
  try {
    return { bytes: way({ maxOutputLength }) }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ERR_BUFFER_TOO_LARGE') return { bytes: EMPTY, problem: 'too_large' }
    if (code === 'Z_BUF_ERROR') return salvage(way, coding, maxOutputLength)
    return looksText(body) ? { bytes: body } : { bytes: EMPTY, problem: 'unreadable' }
  }
}

type Way = (options: ZlibOptions & BrotliOptions) => Uint8Array

function wayOf(coding: string, body: Uint8Array): Way | null {
  if (coding === 'gzip' || coding === 'x-gzip') return (o) => gunzipSync(body, o)
  // "deflate" means zlib by the standard and raw deflate by custom: the first byte tells.
  if (coding === 'deflate') return ((body[0] ?? 0) & 0x0f) === 8 ? (o) => inflateSync(body, o) : (o) => inflateRawSync(body, o)
  if (coding === 'br') return (o) => brotliDecompressSync(body, o)
  return null
}

function salvage(way: Way, coding: string, maxOutputLength: number): Decoded {
  const finishFlush = coding === 'br' ? constants.BROTLI_OPERATION_FLUSH : constants.Z_SYNC_FLUSH
  try {
    return { bytes: way({ maxOutputLength, finishFlush }), problem: 'truncated' }
  } catch {
    return { bytes: EMPTY, problem: 'truncated' }
  }
}

/** No control characters in the first 256 bytes: a page sent plain under a header that says otherwise. */
function looksText(body: Uint8Array): boolean {
  return body.subarray(0, 256).every((b) => b >= 0x20 || (b >= 0x09 && b <= 0x0d))
}
