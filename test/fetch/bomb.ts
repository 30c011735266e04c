import { crc32, deflateSync } from 'node:zlib'

/** A black PNG of `side` × `side` pixels, one bit each: small on the wire, large when it is unpacked to be drawn. */
export function bombPng(side: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side)
  head.writeUInt32BE(side, 4)
  head[8] = 1
  const rows = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))))
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

/** An SVG that asks for 10¹¹ drawings of one square. */
export function bombSvg(): string {
  const groups = Array.from({ length: 12 }, (_, i) => `<g id="g${i}">${i === 0 ? '<rect width="1" height="1"/>' : `<use href="#g${i - 1}"/>`.repeat(10)}</g>`)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><defs>${groups.join('')}</defs><use href="#g11"/></svg>`
}

/** An SVG whose entities unfold to a thousand million words. */
export function bombEntities(): string {
  const entities = Array.from({ length: 9 }, (_, i) => `<!ENTITY b${i} "${`&${i === 0 ? 'a' : `b${i - 1}`};`.repeat(10)}">`)
  return `<!DOCTYPE svg [<!ENTITY a "ha">${entities.join('')}]><svg xmlns="http://www.w3.org/2000/svg"><text>&b8;</text></svg>`
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const out = Buffer.alloc(12 + data.length)
  out.writeUInt32BE(data.length)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), 8 + data.length)
  return out
}
