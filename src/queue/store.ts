import { Socket } from 'node:net'
import { Redis } from 'ioredis'
import { createPostgresBackend, Queue, Worker } from 'bullmq'
import type { Processor, WorkerOptions } from 'bullmq'
import { answered } from '../../db/answered.ts'
import type { QueueStore, VisitJob } from './types.ts'

export const QUEUE_NAME = 'visits'
/** Nobody reads BullMQ's event stream here: keep it short. */
const EVENTS = { events: { maxLen: 100 } }
/** The queue's commands are short, and none waits longer than 10 s for work: a connection silent for so long is dead. */
const SILENCE_MS = 30_000
/** How long letting go may take, in milliseconds; a connection whose other end has gone never ends by itself. */
const LEAVE_MS = 2000

/**
 * BullMQ's tables in the database, in a schema of their own. Their commits do not wait for the disk: what a crash of the server may
 * cost is a job's newest state, and a visit that was lost or done twice is found by its slot (schedule/reclaim.ts, visit_slot).
 */
function postgresConnection(url: string, max: number) {
  return {
    connectionString: url, migrate: true as const, max, options: '-c synchronous_commit=off -c idle_in_transaction_session_timeout=60000', application_name: 'huoshui-queue',
    stream: () => answered(new Socket(), SILENCE_MS),
  }
}

function redisConnection(url: string): Redis {
  // BullMQ wants its commands retried for as long as it takes; it bounds waiting by itself.
  return new Redis(url, { maxRetriesPerRequest: null, socketTimeout: SILENCE_MS, retryStrategy: (times) => Math.min(times * 100, 2000) })
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
  if (connection.status === 'ready') await within(LEAVE_MS, connection.quit())
  connection.disconnect()
}

/** Waits for something that may fail, and at most so many milliseconds. */
export async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([work.catch(() => undefined), new Promise((resolve) => { timer = setTimeout(resolve, ms) })])
  clearTimeout(timer)
}
