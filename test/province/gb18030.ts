let table: Map<string, number> | null = null

/** Characters to their two-byte codes, from the decoder that Node has: it can read GB18030, not write it. */
function twoByteTable(): Map<string, number> {
  if (table !== null) return table
  table = new Map()
  const decoder = new TextDecoder('gb18030', { fatal: false })
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue
      const text = decoder.decode(Uint8Array.of(lead, trail))
      if (text.length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, lead * 256 + trail)
    }
  }
  return table
}

/** Text to GB18030 bytes. @throws RangeError for a character outside ASCII and the two-byte area. */
export function encodeGb18030(text: string): Buffer {
  const codes = twoByteTable()
  const out: number[] = []
  for (const ch of text) {
    const code = ch.codePointAt(0) ?? 0
    if (code < 0x80) out.push(code)
    else {
      const pair = codes.get(ch)
      if (pair === undefined) throw new RangeError(`no two-byte GB18030 code for ${ch}`)
      out.push(pair >> 8, pair & 0xff)
    }
  }
  return Buffer.from(out)
}
