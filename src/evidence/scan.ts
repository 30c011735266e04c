import type { FileHandle } from 'node:fs/promises'
import { HEADER, headerAt, isMark, MARK_LENGTH, nextMark } from './record.ts'
import type { Found } from './record.ts'

const WINDOW = 65_536

/**
 * The records of a pack from `from` on. A record counts when another one, or the end, follows where it says that it ends.
 * What does not (a piece cut short when the machine stopped or the disk was full) is passed over to the next mark, so that
 * damage costs what it hit and nothing behind it.
 */
export async function scan(file: FileHandle, from: number, to: number): Promise<{ found: Found[]; end: number }> {
  const window = Buffer.allocUnsafe(WINDOW)
  const peek = Buffer.allocUnsafe(MARK_LENGTH)
  const found: Found[] = []
  let base = from
  let filled = 0
  const fill = async (at: number): Promise<void> => {
    base = at
    filled = (await file.read(window, 0, Math.min(WINDOW, to - at), at)).bytesRead
  }
  const followed = async (end: number): Promise<boolean> => {
    if (end === to) return true
    if (end + MARK_LENGTH > to) return false
    if (end >= base && end + MARK_LENGTH <= base + filled) return isMark(window, end - base)
    await file.read(peek, 0, MARK_LENGTH, end)
    return isMark(peek, 0)
  }
  let at = from
  let end = from
  await fill(at)
  while (at + HEADER <= to) {
    if (at < base || at + HEADER > base + filled) await fill(at)
    const record = headerAt(window.subarray(0, filled), at - base, base)
    if (record !== null && (await followed(at + HEADER + record.length))) {
      found.push(record)
      at += HEADER + record.length
      end = at
      continue
    }
    const mark = nextMark(window.subarray(0, filled), at - base + 1)
    // No mark in the window: go on in the next, which overlaps by what may be half a mark.
    at = mark === -1 ? Math.max(at + 1, base + filled - MARK_LENGTH + 1) : base + mark
  }
  return { found, end }
}
