import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'

/** Writes a file whole or not at all: under another name first, which then takes its place. `write` must end the stream. */
export async function wholeFile(file: string, write: (out: Writable) => Promise<void>): Promise<void> {
  const part = `${file}.part`
  const out = createWriteStream(part)
  try {
    await Promise.all([write(out), finished(out)])
    await rename(part, file)
  } catch (error) {
    out.destroy()
    if (!out.closed) await once(out, 'close')
    await rm(part, { force: true })
    throw error
  }
}

/** Writes text piece by piece and ends the stream, waiting where the other side is slower. */
export async function writePieces(out: Writable, pieces: AsyncIterable<string>): Promise<void> {
  for await (const piece of pieces) {
    if (!out.write(piece)) await once(out, 'drain')
  }
  out.end()
}
