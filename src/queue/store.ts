import { Redis } from 'ioredis'
import { createPostgresBackend, Queue, Worker } from 'bullmq'
import type { Processor, WorkerOptions } from 'bullmq'
import type { QueueStore, VisitJob } from './types.ts'

export const QUEUE_NAME = 'visits'
/** Nobody reads BullMQ's event stream here: keep it short. */
const EVENTS = { events: { maxLen: 100 } }

/**
 * BullMQ's tables in the database, in a schema of their own. Their commits do not wait for the disk: what a crash of the server may
 * cost is a job's newest state, and a visit that was lost or done twice is found by its slot (schedule/reclaim.ts, visit_slot).
 */
function postgresConnection(url: string, max: number): { connectionString: string; migrate: true; max: number; options: string; application_name: string } {
  return { connectionString: url, migrate: true, max, options: '-c synchronous_commit=off', application_name: 'huoshui-queue' }
}

function redisConnection(url: string): Redis {
  // BullMQ wants its commands retried for as long as it takes; it bounds waiting by itself.
  return new Redis(url, { maxRetriesPerRequest: null, retryStrategy: (times) => Math.min(times * 100, 2000) })
}

export type VisitBullQueue = Queue<VisitJob, unknown, string>
export type VisitBullWorker = Worker<VisitJob, unknown, string>

/** The queue of either datastore, and how to let go of what it is connected by. */
export function openQueue(store: QueueStore): { queue: VisitBullQueue; release(): Promise<void> } {
  const name = store.name ?? QUEUE_NAME
  if (store.redisUrl !== undefined) {
    const connection = redisConnection(store.redisUrl)
    return {
      queue: new Queue(name, { connection, streams: EVENTS }) as VisitBullQueue,
      release: () => quit(connection),
    }
  }
  const queue = new Queue(name, { connection: postgresConnection(store.databaseUrl, 4), streams: EVENTS }, createPostgresBackend)
  return { queue: queue as unknown as VisitBullQueue, release: async () => undefined }
}

type Common = Omit<WorkerOptions, 'connection'>

export function openWorker(store: QueueStore, processor: Processor<VisitJob>, options: Common): { worker: VisitBullWorker; release(): Promise<void> } {
  const name = store.name ?? QUEUE_NAME
  if (store.redisUrl !== undefined) {
    const connection = redisConnection(store.redisUrl)
    return { worker: new Worker(name, processor, { ...options, connection }) as VisitBullWorker, release: () => quit(connection) }
  }
  const connection = postgresConnection(store.databaseUrl, Math.min(10, 2 + Math.ceil((options.concurrency ?? 1) / 8)))
  const worker = new Worker(name, processor, { ...options, connection }, createPostgresBackend)
  return { worker: worker as unknown as VisitBullWorker, release: async () => undefined }
}

async function quit(connection: Redis): Promise<void> {
  if (connection.status === 'ready') await connection.quit().catch(() => undefined)
  connection.disconnect()
}
