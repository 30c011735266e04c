import { randomBytes } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config/schema.ts'

export type EvidenceTrouble = { readonly at: string; readonly what: string }

/** Bytes of a trial: as a page has them. */
const TRIAL = 64 * 1024

/** Minds the writes of an evidence store (openEvidence's `onWrite`): that one failed, until one succeeds. */
export class EvidenceWrites {
  #trouble: EvidenceTrouble | null = null
  readonly #folder: string

  constructor(config: Pick<Config, 'data'>) {
    this.#folder = join(config.data, 'evidence')
  }

  /** The reason by its code (ENOSPC) where it has one: paths are nobody else's. */
  readonly onWrite = (error: unknown): void => {
    if (error === null) this.#trouble = null
    else this.#trouble ??= { at: new Date().toISOString(), what: error instanceof Error && 'code' in error ? String(error.code) : error instanceof Error ? error.message : String(error) }
  }

  get trouble(): EvidenceTrouble | null {
    return this.#trouble
  }

  /** In trouble, tries with a file of its own whether it lasts: the next visit may be hours away. */
  async tryAgain(): Promise<void> {
    if (this.#trouble === null) return
    const file = join(this.#folder, `trial-${process.pid}`)
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 })
      await writeFile(file, randomBytes(TRIAL), { mode: 0o600 })
      this.#trouble = null
    } catch {
      // It lasts.
    } finally {
      await rm(file, { force: true }).catch(() => undefined)
    }
  }
}
