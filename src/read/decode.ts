import { isUtf8 } from 'node:buffer'

export type Decoded = { readonly text: string; readonly charset: string; readonly replacements: number }

/** What may be known of the bytes beside the bytes themselves. */
export type DecodeHints = { readonly contentType?: string | null; readonly charset?: string | null }

const decoders = new Map<string, TextDecoder>()

/**
 * Bytes to text. BOM first; then strict UTF-8 (bytes that are valid UTF-8 with any non-ASCII in them are UTF-8 whatever
 * the label says); then the label of the caller, the header, the page (first 4 kB), each checked: a label under which
 * the bytes do not decode is a lie and is seen through. GB2312 and GBK are read as GB18030, their superset.
 * `replacements` counts U+FFFD made in decoding.
 */
export function decode(bytes: Uint8Array, hints: DecodeHints = {}): Decoded {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const bom = byBom(buffer)
  if (bom !== null) return bom
  if (isUtf8(buffer)) return { text: buffer.toString('utf8'), charset: 'utf-8', replacements: 0 }

  // A cut or slightly broken UTF-8 page has a handful of bad bytes; another charset read as UTF-8 has them everywhere.
  let asUtf8 = null as Decoded | null
  if (!plainlyNotUtf8(buffer)) {
    asUtf8 = utf8(buffer)
    if (asUtf8.replacements * 40 < beyondAscii(asUtf8.text)) return asUtf8
  }

  const labels = [normal(hints.charset), normal(charsetIn(hints.contentType ?? '')), normal(charsetInPage(buffer))]
  let best = null as Decoded | null
  for (const label of [...labels, 'gb18030']) {
    if (label === null || label === 'utf-8' || label === best?.charset) continue
    const tried = withDecoder(buffer, label)
    if (tried === null) continue
    if (tried.replacements === 0) return tried
    if (best === null || tried.replacements < best.replacements) best = tried
  }
  asUtf8 ??= utf8(buffer)
  return best === null || asUtf8.replacements <= best.replacements ? asUtf8 : best
}

/** The first 16 kB from the first byte beyond ASCII tell another charset: every fourth character is bad. Saves decoding it all for nothing. */
function plainlyNotUtf8(buffer: Buffer): boolean {
  let at = 0
  while (at < buffer.length && (buffer[at] ?? 0) < 128) at++
  const part = utf8(buffer.subarray(at, at + 16_384))
  return part.replacements * 4 > beyondAscii(part.text)
}

function beyondAscii(text: string): number {
  let n = 0
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) n++
  return n
}

function byBom(buffer: Buffer): Decoded | null {
  if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) return utf8(buffer.subarray(3))
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return withDecoder(buffer.subarray(2), 'utf-16le')
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return withDecoder(buffer.subarray(2), 'utf-16be')
  return null
}

function utf8(buffer: Buffer): Decoded {
  const text = buffer.toString('utf8')
  return { text, charset: 'utf-8', replacements: count(text) }
}

function withDecoder(buffer: Buffer, label: string): Decoded | null {
  let decoder = decoders.get(label)
  if (decoder === undefined) {
    try {
      decoder = new TextDecoder(label)
    } catch {
      return null // a label no browser knows either
    }
    if (decoders.size < 64) decoders.set(label, decoder)
  }
  const text = decoder.decode(buffer)
  return { text, charset: decoder.encoding, replacements: count(text) }
}

function count(text: string): number {
  let n = 0
  for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', at + 1)) n++
  return n
}

function normal(label: string | null | undefined): string | null {
  if (label === null || label === undefined) return null
  const name = label.trim().toLowerCase().slice(0, 40)
  if (name === '') return null
  if (name === 'gb2312' || name === 'gbk' || name === 'gb_2312-80' || name === 'x-gbk' || name === 'cp936') return 'gb18030'
  if (name === 'utf8') return 'utf-8'
  // Bytes labelled Latin-1 on a Chinese page are a lie that never fails to decode: browsers read it as windows-1252.
  return name
}

/** The charset parameter of a content type or of a meta's content. */
export function charsetIn(s: string): string | null {
  const at = s.toLowerCase().indexOf('charset')
  if (at < 0) return null
  return /^[\s=]*["']?\s*([\w.:-]{2,40})/.exec(s.slice(at + 7, at + 80))?.[1] ?? null
}

function charsetInPage(buffer: Buffer): string | null {
  const head = buffer.toString('latin1', 0, 4096)
  let at = head.search(/charset/i)
  while (at >= 0) {
    const found = charsetIn(head.slice(at, at + 80))
    if (found !== null) return found
    const later = head.slice(at + 7).search(/charset/i)
    at = later < 0 ? -1 : at + 7 + later
  }
  return /^<\?xml[^>]{0,80}encoding\s*=\s*["']([\w.:-]{2,40})/i.exec(head)?.[1] ?? null
}
