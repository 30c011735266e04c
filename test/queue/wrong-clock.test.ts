import { afterAll, beforeAll, expect, test } from 'vitest'
import { mendClock, openVisitQueue, runWorker } from '../../src/queue/index.ts'
import type { VisitJob } from '../../src/queue/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

let t: TestDatabase
beforeAll(async () => { t = await testDatabase() })
afterAll(() => t.close())

/** Found by the chaos suite: a clock that was ahead for two seconds, and channels of killed workers that nobody took up for half an hour. */
test('what a worker whose clock was ahead left behind keeps no job of a dead worker, and no retry, from the others', async () => {
  const store = { databaseUrl: t.url }
  await mendClock(t.db.sql)
  const queue = await openVisitQueue(store)
  await queue.add([1, 2, 3].map((channelId) => ({ channelId, slotMs: 1, reason: 'first' })))
  const ahead = Date.now() + 365 * 86_400_000
  await t.db.sql`insert into bullmq.meta (queue, field, value) values ('visits', 'stalled-check', ${String(ahead)})`
  // One of a worker that died, one of a worker that died with the wrong clock, one that it sent to be tried again.
  await t.db.sql`update bullmq.job set state = 'active', lock_token = 'dead', locked_until_ms = ${Date.now() - 60_000} where id like 'visit-1-%'`
  await t.db.sql`update bullmq.job set state = 'active', lock_token = 'dead', locked_until_ms = ${ahead} where id like 'visit-2-%'`
  await t.db.sql`update bullmq.job set state = 'delayed', process_at_ms = ${ahead}, delay_ms = 5000 where id like 'visit-3-%'`
  const done: number[] = []
  const worker = await runWorker({ store, concurrency: 4, timeoutMs: 30_000, lockMs: 2000, stalledMs: 200, handler: async (job: VisitJob) => { done.push(job.channelId) } })
  await queue.add([{ channelId: 4, slotMs: 1, reason: 'first' }])
  await expect.poll(() => done).toEqual([4])
  await mendClock(t.db.sql)
  // The worker would wake for the retry at the time that it was told before: something new wakes it.
  await queue.add([{ channelId: 5, slotMs: 1, reason: 'first' }])
  await expect.poll(() => [...done].sort()).toEqual([1, 2, 3, 4, 5])
  await worker.close()
  await queue.close()
})
