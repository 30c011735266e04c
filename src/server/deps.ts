import type { Logger } from 'pino'
import type { Ctx } from '../../db/context.ts'
import type { Config } from '../config/schema.ts'
import type { EvidenceStore } from '../evidence/index.ts'
import type { Auth } from './auth/types.ts'
import type { WatcherLook } from '../watcher/index.ts'
import type { Changes } from './changes.ts'
import type { Jobs } from './jobs.ts'

/** What the server is built from. `ctx` is the server's own (the system acts); a call has one for whoever asks. */
export type Deps = {
  readonly ctx: Ctx
  readonly config: Config
  readonly auth: Auth
  readonly log: Logger
  /** The bytes of what was seen, by their hash. */
  readonly evidence: EvidenceStore
  /** Where the engine's database is, for the queue's own connections. */
  readonly databaseUrl: string
  /** Folder of the built console; null serves the API alone. */
  readonly consoleFolder: string | null
  /** Work that outlasts a request. */
  readonly jobs: Jobs
  /** What changes in the register, for those who listen. */
  readonly changes: Changes
  /** How the watcher is, now. Asked by several at once, it looks once. */
  readonly watcher: () => Promise<WatcherLook>
}

/** What buildApp is given; the rest it makes. */
export type Given = Omit<Deps, 'jobs' | 'watcher' | 'changes'>
