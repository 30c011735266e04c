import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openVisitQueue, runWorker } from '../../src/queue/index.ts'
import type { QueueStore, RunningWorker, VisitJob, VisitQueue, WorkerSettings } from '../../src/queue/index.ts'

const job = (channelId: number, slotMs = 1_780_000_000_000): VisitJob => ({ channelId, slotMs, reason: 'first' })

/** Resolves when `n` calls have been made; keeps what they were made with. */
function tally<T>(n: number): { add(value: T): void; all: Promise<T[]>; seen: T[] } {
  const seen: T[] = []
  let done: (all: T[]) => void = () => undefined
  const all = new Promise<T[]>((resolve) => { done = resolve })
  return { seen, all, add: (value) => { if (seen.push(value) === n) done(seen) } }
}

/** What every datastore must do. `open` names a store; each test has a queue of its own in it. */
export function queueConformance(open: () => Promise<Omit<QueueStore, 'name'>>): void {
  let store: QueueStore
  let queue: VisitQueue
  let workers: RunningWorker[]

  const work = async (settings: Partial<WorkerSettings> & Pick<WorkerSettings, 'handler'>): Promise<RunningWorker> => {
    const worker = await runWorker({ store, concurrency: 4, timeoutMs: 30_000, lockMs: 4000, stalledMs: 500, ...settings })
    workers.push(worker)
    return worker
  }

  beforeEach(async () => {
    store = { ...(await open()), name: `t${randomBytes(5).toString('hex')}` }
    queue = await openVisitQueue(store, { backoffMs: 20 })
    workers = []
  })
  afterEach(async () => {
    await Promise.all(workers.map((w) => w.close(0)))
    await queue.close()
  })

  test('what is added is worked on, with its data, once', async () => {
    await queue.add([job(1), job(2), { channelId: 3, slotMs: 5, reason: 'overdue' }])
    expect(await queue.counts()).toEqual({ waiting: 3, active: 0, delayed: 0 })
    const seen = tally<VisitJob>(3)
    await work({ handler: async (j) => seen.add(j) })
    const all = await seen.all
    expect(all.toSorted((a, b) => a.channelId - b.channelId)).toEqual([job(1), job(2), { channelId: 3, slotMs: 5, reason: 'overdue' }])
    await expect.poll(() => queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0 })
  })

  test('the same slot added again is one job, also while it runs; another slot is another', async () => {
    await queue.add([job(1), job(1)])
    await queue.add([job(1)])
    expect((await queue.counts()).waiting).toBe(1)
    const took = tally<VisitJob>(1)
    let finish: () => void = () => undefined
    const gate = new Promise<void>((resolve) => { finish = resolve })
    await work({ handler: async (j) => { took.add(j); await gate } })
    await took.all
    await queue.add([job(1)])
    expect(await queue.counts()).toEqual({ waiting: 0, active: 1, delayed: 0 })
    await queue.add([job(1, 1_780_000_000_001)])
    await expect.poll(() => took.seen.length).toBe(2)
    finish()
  })

  test('a done job leaves nothing behind, so that its id may come again', async () => {
    const seen = tally<VisitJob>(2)
    await work({ handler: async (j) => seen.add(j) })
    await queue.add([job(1)])
    await expect.poll(async () => (await queue.counts()).active + seen.seen.length).toBe(1)
    await expect.poll(() => queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0 })
    await queue.add([job(1)])
    expect(await seen.all).toHaveLength(2)
  })

  test('a failed job is tried again, three times in all, and then given up aloud', async () => {
    const given = tally<{ job: VisitJob; error: string }>(1)
    let tries = 0
    await work({
      handler: () => { tries++; return Promise.reject(new Error('our own fault')) },
      exhausted: async (j, error) => given.add({ job: j, error: error.message }),
    })
    await queue.add([job(7)])
    expect(await given.all).toEqual([{ job: job(7), error: 'our own fault' }])
    expect(tries).toBe(3)
    await expect.poll(() => queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0 })
  })

  test('one failure does not stop the others', async () => {
    const seen = tally<number>(20)
    const failed = new Set<number>()
    await work({
      handler: async (j) => {
        if (j.channelId % 5 === 0 && !failed.has(j.channelId)) {
          failed.add(j.channelId)
          throw new Error('once')
        }
        seen.add(j.channelId)
      },
    })
    await queue.add(Array.from({ length: 20 }, (_, i) => job(i + 1)))
    expect(new Set(await seen.all).size).toBe(20)
  })

  test('a hung job ends at its time-out, and its signal is aborted', async () => {
    const given = tally<string>(1)
    const aborted = tally<boolean>(3)
    await work({
      timeoutMs: 50,
      handler: (_, signal) => {
        signal.addEventListener('abort', () => aborted.add(signal.aborted))
        return new Promise(() => undefined)
      },
      exhausted: async (_, error) => given.add(error.message),
    })
    await queue.add([job(1)])
    expect((await given.all)[0]).toContain('timed out')
    expect(await aborted.all).toEqual([true, true, true])
  })

  test('the job of a worker killed with -9 goes to another one', async () => {
    await queue.add([job(1)])
    const child = spawn(process.execPath, [fileURLToPath(new URL('hanging-worker.ts', import.meta.url))], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, CHILD_STORE: JSON.stringify(store) } })
    const line = await new Promise<string>((resolve) => child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString())))
    expect(line).toContain('took 1')
    expect((await queue.counts()).active).toBe(1)
    const gone = new Promise((resolve) => { child.once('exit', resolve) })
    child.kill('SIGKILL')
    await gone
    const seen = tally<VisitJob>(1)
    await work({ handler: async (j) => seen.add(j) })
    expect(await seen.all).toEqual([job(1)])
    await expect.poll(() => queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0 })
    expect(seen.seen).toHaveLength(1)
  })

  test('says since when the longest one waits, and the longest one runs', async () => {
    expect(await queue.state()).toEqual({ waiting: 0, active: 0, delayed: 0, waitingSince: null, activeSince: null })
    const before = Date.now()
    await queue.add([job(1)])
    const between = Date.now()
    await queue.add([job(2)])
    const waits = await queue.state()
    expect(waits).toMatchObject({ waiting: 2, active: 0, activeSince: null })
    expect(waits.waitingSince).toBeGreaterThanOrEqual(before)
    expect(waits.waitingSince).toBeLessThanOrEqual(between)
    const took = tally<number>(1)
    let finish: () => void = () => undefined
    const gate = new Promise<void>((resolve) => { finish = resolve })
    await work({ concurrency: 1, handler: async (j) => { took.add(j.channelId); await gate } })
    await took.all
    const runs = await queue.state()
    expect(runs).toMatchObject({ waiting: 1, active: 1 })
    expect(runs.activeSince).toBeGreaterThanOrEqual(between)
    finish()
    await expect.poll(() => queue.state()).toEqual({ waiting: 0, active: 0, delayed: 0, waitingSince: null, activeSince: null })
  })

  test('draining drops what waits and what is delayed', async () => {
    await queue.add(Array.from({ length: 50 }, (_, i) => job(i + 1)))
    await queue.drain()
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0 })
  })

  test('closing waits for the job in hand and takes no other', async () => {
    const took = tally<number>(1)
    let finish: () => void = () => undefined
    const gate = new Promise<void>((resolve) => { finish = resolve })
    let ended = 0
    const worker = await work({ concurrency: 1, handler: async (j) => { took.add(j.channelId); await gate; ended++ } })
    await queue.add([job(1), job(2)])
    await took.all
    expect(worker.running()).toBe(1)
    const closed = worker.close()
    finish()
    await closed
    expect(ended).toBe(1)
    expect(await queue.counts()).toEqual({ waiting: 1, active: 0, delayed: 0 })
  })

  test('closing without grace aborts the job in hand, which is then tried again by another', async () => {
    const took = tally<number>(1)
    const worker = await work({ handler: (j) => { took.add(j.channelId); return new Promise(() => undefined) } })
    await queue.add([job(1)])
    await took.all
    await worker.close(0)
    const seen = tally<VisitJob>(1)
    await work({ handler: async (j) => seen.add(j) })
    expect(await seen.all).toEqual([job(1)])
  })

  test('two workers share the jobs and none is done twice', async () => {
    const seen = tally<number>(200)
    await work({ handler: async (j) => seen.add(j.channelId) })
    await work({ handler: async (j) => seen.add(j.channelId) })
    await queue.add(Array.from({ length: 200 }, (_, i) => job(i + 1)))
    expect(new Set(await seen.all).size).toBe(200)
    await expect.poll(() => queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0 })
    expect(seen.seen).toHaveLength(200)
  })
}
