import { HuoshuiError } from '../domain/error.ts'
import { queueState } from './state.ts'
import { openQueue, within } from './store.ts'
import { jobId } from './types.ts'
import type { QueueLog, QueueStore, VisitQueue } from './types.ts'

const TRIES = 3
const READY_MS = 15_000
const CLOSE_MS = 5000

/**
 * Opens the visits' queue and waits until it answers. A job is tried three times, 5 s and 10 s apart (what visits find is the
 * schedule's matter: only our own faults fail a job), and leaves no trace in the queue when it is done: its row is in `visit`.
 * Throws `unavailable` when the datastore does not answer within 15 s.
 */
export async function openVisitQueue(store: QueueStore, options: { log?: QueueLog; backoffMs?: number } = {}): Promise<VisitQueue> {
  const { queue, release } = openQueue(store)
  let trouble = ''
  queue.on('error', (error) => {
    if (error.message !== trouble) options.log?.warn(`queue: ${error.message}`)
    trouble = error.message
  })
  const close = async (): Promise<void> => {
    await within(CLOSE_MS, queue.close())
    await release()
  }
  let timer: NodeJS.Timeout | undefined
  try {
    await Promise.race([
      queue.waitUntilReady(),
      new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(trouble === '' ? 'no answer' : trouble)), READY_MS) }),
    ])
  } catch (error) {
    void close()
    throw queueError(store, error)
  } finally {
    clearTimeout(timer)
  }
  const opts = {
    attempts: TRIES,
    backoff: { type: 'exponential', delay: options.backoffMs ?? 5000 },
    removeOnComplete: true,
    removeOnFail: true,
    stackTraceLimit: 3,
  }
  return {
    add: async (jobs) => {
      if (jobs.length === 0) return
      await queue.addBulk(jobs.map((data) => ({ name: 'visit', data: { channelId: data.channelId, slotMs: data.slotMs, reason: data.reason }, opts: { ...opts, jobId: jobId(data) } })))
    },
    counts: async () => {
      const n = await queue.getJobCounts('wait', 'prioritized', 'active', 'delayed')
      return { waiting: (n['wait'] ?? 0) + (n['prioritized'] ?? 0), active: n['active'] ?? 0, delayed: n['delayed'] ?? 0 }
    },
    state: () => queueState(queue),
    drain: () => queue.drain(true),
    close,
  }
}

/** Which datastore does not answer; addresses without their passwords. */
export function queueError(store: QueueStore, cause: unknown): HuoshuiError {
  const url = new URL(store.redisUrl ?? store.databaseUrl)
  const where = `${store.redisUrl === undefined ? 'PostgreSQL' : 'Redis'} ${url.host}`
  const why = cause instanceof Error ? cause.message : String(cause)
  const name = store.redisUrl === undefined ? 'DATABASE_URL' : 'REDIS_URL'
  return new HuoshuiError('unavailable', {
    zh: `任务队列(${where})没有应答:${why}。请检查 ${name}。`,
    en: `The queue (${where}) does not answer: ${why}. Check ${name}.`,
  }, { cause })
}
