/** A command that crawls, to be killed in the middle: says each visit it has stored. Its store comes as JSON in CHILD_STORE. */
import { setTimeout as wait } from 'node:timers/promises'
import { openDb } from '../../db/client.ts'
import { stoppedClock } from '../../src/domain/clock.ts'
import { openVisitQueue } from '../../src/queue/index.ts'
import type { QueueStore } from '../../src/queue/index.ts'
import { crawlOnce } from '../../src/schedule/index.ts'
import { makeVisit } from './fixtures.ts'

const store = JSON.parse(process.env['CHILD_STORE'] ?? '{}') as QueueStore
const ctx = { db: openDb(store.databaseUrl), clock: stoppedClock(new Date('2026-06-01T12:00:00+08:00')), actor: { kind: 'cli', name: 'test' } } as const
const queue = await openVisitQueue(store)
await crawlOnce({
  ctx, queue, store, concurrency: 4, timeoutMs: 60_000, lockMs: 1000, stalledMs: 500,
  visit: async ({ channelId, slot }) => {
    await wait(20)
    await makeVisit(ctx, channelId, slot)
    process.stdout.write(`${channelId}\n`)
  },
})
