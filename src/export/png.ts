import { crc32, deflateSync } from 'node:zlib'

/** A rectangle in pixels, in a colour `#rrggbb`. */
export type Rect = { readonly x: number; readonly y: number; readonly w: number; readonly h: number; readonly colour: string }

/** A picture of plain rectangles on white, as PNG: enough for a time line, without a drawing library. */
export function rectanglesPng(width: number, height: number, rects: readonly Rect[]): Uint8Array {
  const stride = width * 3 + 1
  const raw = Buffer.alloc(stride * height, 255)
  for (let y = 0; y < height; y += 1) raw[y * stride] = 0
  for (const r of rects) {
    const [red, green, blue] = [1, 3, 5].map((i) => Number.parseInt(r.colour.slice(i, i + 2), 16))
    for (let y = Math.max(0, r.y); y < Math.min(height, r.y + r.h); y += 1) {
      for (let x = Math.max(0, r.x); x < Math.min(width, r.x + r.w); x += 1) {
        raw.set([red ?? 0, green ?? 0, blue ?? 0], y * stride + 1 + x * 3)
      }
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', head), chunk('IDAT', deflateSync(raw)), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, body: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(body.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(typed))
  return Buffer.concat([size, typed, sum])
}
