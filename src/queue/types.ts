/** One visit to be made: the channel, and the moment it was due, which is what makes the visit one and no other. */
export type VisitJob = {
  readonly channelId: number
  /** Milliseconds since 1970. */
  readonly slotMs: number
  readonly reason: string
}

export type QueueCounts = { readonly waiting: number; readonly active: number; readonly delayed: number }

/** The counts, and since when (milliseconds since 1970, by the clock of the process that added or took it) the longest one waits or runs. */
export type QueueState = QueueCounts & { readonly waitingSince: number | null; readonly activeSince: number | null }

/** What the schedule asks of the queue. Two datastores stand behind it; test/queue/conformance.ts holds both to it. */
export interface VisitQueue {
  /** Adds jobs; one that is there already (same channel and slot) stays as it is. Returns once they are stored. */
  add(jobs: readonly VisitJob[]): Promise<void>
  /** Jobs not done yet. */
  counts(): Promise<QueueCounts>
  /** The counts with their ages: for watching, not for each tick. */
  state(): Promise<QueueState>
  /** Drops everything that waits; what runs is left to end. */
  drain(): Promise<void>
  close(): Promise<void>
}

/** Where the queue lives: Redis if its address is given, else the database. */
export type QueueStore = { readonly databaseUrl: string; readonly redisUrl?: string | undefined; readonly name?: string }

export type QueueLog = { warn(message: string): void }

/** Deterministic, so that adding twice is adding once. Neither datastore takes ":" in it. */
export function jobId(job: Pick<VisitJob, 'channelId' | 'slotMs'>): string {
  return `visit-${job.channelId}-${job.slotMs}`
}
