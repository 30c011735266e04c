import type { FileHandle } from 'node:fs/promises'
import { HEADER, headerAt, nextMark } from './record.ts'
import type { Found } from './record.ts'

const WINDOW = 65_536

/**
 * The records of a pack from `from` on. What is not a record (a piece cut short when the machine stopped or the disk was
 * full) is passed over to the next mark, so that damage costs what it hit and nothing behind it.
 */
export async function scan(file: FileHandle, from: number, to: number): Promise<{ found: Found[]; end: number }> {
  const window = Buffer.allocUnsafe(WINDOW)
  const found: Found[] = []
  let at = from
  while (at + HEADER <= to) {
    const { bytesRead } = await file.read(window, 0, Math.min(WINDOW, to - at), at)
    const here = window.subarray(0, bytesRead)
    const next = walk(here, at, to, found)
    if (next <= at) break
    at = next
  }
  return { found, end: at }
}

/** Takes the records whose headers lie in the window; returns where to go on, or `base` when nothing more can come. */
function walk(window: Buffer, base: number, to: number, found: Found[]): number {
  let offset = 0
  while (offset + HEADER <= window.length) {
    const record = headerAt(window, offset, base)
    if (record !== null && record.at + HEADER + record.length <= to) {
      found.push(record)
      offset += HEADER + record.length
      continue
    }
    const mark = nextMark(window, offset + 1)
    offset = mark === -1 ? Math.max(offset + 1, window.length - 7) : mark
  }
  return base + offset
}
