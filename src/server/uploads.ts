import { randomUUID } from 'node:crypto'
import { HuoshuiError } from '../domain/error.ts'

/** A file that somebody sent and has not yet decided about. In memory, for a while, for its owner alone. */
export type Upload = {
  readonly id: string
  readonly owner: string
  readonly name: string
  readonly bytes: Buffer
  readonly at: number
  stage: 'waiting' | 'checking' | 'importing' | 'imported'
  done: number
  total: number
  /** The workbook of rows that an import refused. */
  rejected: Uint8Array | null
}

export const MOST_BYTES = 60 * 1024 * 1024
/** All uploads together; the oldest that nobody works on make room. */
const MOST_HELD = 200 * 1024 * 1024
const KEPT_MS = 2 * 3_600_000

/** Uploads between their preview and their import. A restart forgets them: nothing was written yet. */
export class Uploads {
  readonly #held = new Map<string, Upload>()

  put(owner: string, name: string, bytes: Buffer): Upload {
    if (bytes.length === 0) throw new HuoshuiError('bad_input', { zh: '文件是空的', en: 'The file is empty' })
    const now = Date.now()
    for (const u of this.#held.values()) if (now - u.at > KEPT_MS || (u.owner === owner && !busy(u))) this.#held.delete(u.id)
    for (const u of this.#held.values()) if (!busy(u) && this.#size() + bytes.length > MOST_HELD) this.#held.delete(u.id)
    if (this.#size() + bytes.length > MOST_HELD) throw new HuoshuiError('unavailable', { zh: '同时上传的文件过多,请稍后再试', en: 'too many files are being loaded; try again in a while' })
    const made: Upload = { id: randomUUID(), owner, name, bytes, at: now, stage: 'waiting', done: 0, total: 0, rejected: null }
    this.#held.set(made.id, made)
    return made
  }

  /** Throws `not_found` for one that is not there, or somebody else's. */
  of(owner: string, id: string): Upload {
    const found = this.#held.get(id)
    if (found === undefined || found.owner !== owner) throw new HuoshuiError('not_found', { zh: '上传的文件已不在,请重新选择文件', en: 'the file is no longer here: choose it again' })
    return found
  }

  /** Works on it, one thing at a time; afterwards it waits again unless `work` says otherwise. Throws `conflict` while something is under way. */
  async work<T>(upload: Upload, stage: 'checking' | 'importing', work: () => Promise<T>): Promise<T> {
    if (busy(upload)) throw new HuoshuiError('conflict', { zh: '这个文件正在处理,请稍候', en: 'this file is being worked on; wait a moment' })
    Object.assign(upload, { stage, done: 0, total: 0 })
    try {
      return await work()
    } finally {
      if (busy(upload)) upload.stage = 'waiting'
    }
  }

  #size(): number {
    return [...this.#held.values()].reduce((n, u) => n + u.bytes.length, 0)
  }
}

const busy = (u: Upload): boolean => u.stage === 'checking' || u.stage === 'importing'
