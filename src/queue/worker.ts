import { openWorker } from './store.ts'
import { queueError } from './queue.ts'
import type { QueueLog, QueueStore, VisitJob } from './types.ts'

export type WorkerSettings = {
  readonly store: QueueStore
  /** Jobs at once. */
  readonly concurrency: number
  /** Makes one visit. `signal` is aborted at the time-out and when the worker is told to stop at once. */
  handler(job: VisitJob, signal: AbortSignal): Promise<unknown>
  /** The job failed for the last time (or its workers died of it too often): nothing will try it again but a new claim. */
  exhausted?(job: VisitJob, error: Error): Promise<unknown>
  /** Milliseconds one job may take; then it fails, whatever its handler does. */
  readonly timeoutMs: number
  readonly log?: QueueLog
  /** How long a killed worker's jobs stay locked, and how often others look for them, in milliseconds. */
  readonly lockMs?: number
  readonly stalledMs?: number
}

export type RunningWorker = {
  /** Jobs in hand. */
  running(): number
  /** Takes no more jobs and waits for those in hand, at most `graceMs` (default 30 s); then they are aborted and left to others. */
  close(graceMs?: number): Promise<void>
}

/** A worker that never dies of a job: a hung one is ended at its time-out, a thrown error fails the job and nothing else. */
export async function runWorker(settings: WorkerSettings): Promise<RunningWorker> {
  const { store, log } = settings
  const stop = new AbortController()
  let inHand = 0
  const process = async (job: { data: VisitJob }): Promise<null> => {
    inHand++
    try {
      await bounded(settings, job.data, stop.signal)
      return null
    } finally {
      inHand--
    }
  }
  const { worker, release } = openWorker(store, process, {
    concurrency: settings.concurrency,
    lockDuration: settings.lockMs ?? 15_000,
    stalledInterval: settings.stalledMs ?? 5000,
    maxStalledCount: 3,
    drainDelay: 2,
    runRetryDelay: 1000,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  })
  let trouble = ''
  worker.on('error', (error) => {
    if (error.message !== trouble) log?.warn(`worker: ${error.message}`)
    trouble = error.message
  })
  const last = new Set<Promise<unknown>>()
  worker.on('failed', (job, error) => {
    if (job === undefined) return
    const tries = job.opts.attempts ?? 1
    if (job.attemptsMade < tries && !/stalled more than/.test(error.message)) return
    const ending = (settings.exhausted?.(job.data, error) ?? Promise.resolve()).catch((e: unknown) => log?.warn(`worker: ${String(e)}`))
    last.add(ending)
    void ending.finally(() => last.delete(ending))
  })
  const close = async (graceMs = 30_000): Promise<void> => {
    let timer: NodeJS.Timeout | undefined
    const closed = worker.close().catch(() => undefined)
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        stop.abort(new Error('the worker stops'))
        resolve()
      }, graceMs)
    })
    await Promise.race([closed, late])
    clearTimeout(timer)
    // Aborted jobs fail at once and are tried again; a datastore that is gone must not hold us.
    if (stop.signal.aborted) await Promise.race([closed, new Promise((r) => { setTimeout(r, 5000).unref() })])
    await Promise.allSettled(last)
    await release()
  }
  try {
    await worker.waitUntilReady()
  } catch (error) {
    void close(0)
    throw queueError(store, error)
  }
  return { running: () => inHand, close }
}

/** The handler, raced against its time-out: a promise that never settles does not keep the slot. */
async function bounded(settings: WorkerSettings, job: VisitJob, stop: AbortSignal): Promise<void> {
  const control = new AbortController()
  let cut: (error: Error) => void = () => undefined
  const ended = new Promise<never>((_, reject) => { cut = reject })
  const end = (error: Error): void => {
    control.abort(error)
    cut(error)
  }
  const timer = setTimeout(() => end(new Error(`visit timed out after ${settings.timeoutMs} ms`)), settings.timeoutMs)
  const onStop = (): void => end(stop.reason instanceof Error ? stop.reason : new Error('stopped'))
  stop.addEventListener('abort', onStop, { once: true })
  try {
    const work = settings.handler(job, control.signal)
    // It may fail after the time-out has settled the race: nobody is left to hear it.
    work.catch(() => undefined)
    await Promise.race([work, ended])
  } finally {
    clearTimeout(timer)
    stop.removeEventListener('abort', onStop)
    ended.catch(() => undefined)
  }
}
