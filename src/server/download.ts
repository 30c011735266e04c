import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/**
 * What a verb writes to a file, as a stream for a download: the file lies in a folder of its own and is gone when the
 * stream ends, is broken off, or the verb throws.
 */
export async function downloadOf(name: string, write: (file: string) => Promise<unknown>): Promise<Readable> {
  const folder = await mkdtemp(join(tmpdir(), 'huoshui-download-'))
  const drop = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    const file = join(folder, name)
    await write(file)
    return createReadStream(file).once('close', () => void drop())
  } catch (error) {
    await drop()
    throw error
  }
}

/** The media types of what is handed out. */
export const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const
