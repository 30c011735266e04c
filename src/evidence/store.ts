import { join } from 'node:path'
import type { Config } from '../config/schema.ts'
import { openPacks } from './packs.ts'
import type { EvidenceStore } from './types.ts'

/** The store in the data folder. `onWrite` is told of each write: null, or why it failed. */
export function openEvidence(config: Pick<Config, 'data'>, onWrite?: (error: unknown) => void): EvidenceStore {
  return openPacks(join(config.data, 'evidence'), Date.now, onWrite)
}

/** Keeps nothing: for looking at an address without a trace. */
export const noEvidence: EvidenceStore = {
  put: () => undefined,
  get: async () => null,
  has: async () => false,
  prune: async () => ({ kept: 0, removed: 0, freed: 0 }),
  close: () => undefined,
}
