/**
 * What was seen, kept by its hash. Writing is synchronous and cheap, because it stands in the path of every page; reading
 * checks the bytes against their name.
 */
export type EvidenceStore = {
  /** Keeps `bytes` under their SHA-256 (hex), which the caller has already taken. Throws when they cannot be written (disk full). */
  put(sha256: string, bytes: Uint8Array): void
  /** The bytes, or null where there are none; throws EvidenceCorrupt when all that is kept under the name is damaged. */
  get(sha256: string): Promise<Uint8Array | null>
  has(sha256: string): Promise<boolean>
  /** Drops everything that `keep` does not name, in months that are no longer written to. */
  prune(keep: (sha256: string) => boolean): Promise<{ kept: number; removed: number; freed: number }>
  close(): void
}

/** What is kept under a name is not what the name says. */
export class EvidenceCorrupt extends Error {
  override readonly name = 'EvidenceCorrupt'
  readonly sha256: string
  /** `YYYY-MM/x.pack`. */
  readonly pack: string

  constructor(sha256: string, pack: string) {
    super(`the evidence kept as ${sha256} is damaged`)
    this.sha256 = sha256
    this.pack = pack
  }
}
