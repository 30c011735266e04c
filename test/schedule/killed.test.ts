import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { openVisitQueue } from '../../src/queue/index.ts'
import type { QueueStore } from '../../src/queue/index.ts'
import { crawlOnce } from '../../src/schedule/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import { testRedis } from '../helpers/redis.ts'
import { addChannels, makeVisit } from './fixtures.ts'

const redis = await testRedis()
afterAll(async () => { await redis?.close() })

/** Kills a crawl with -9 after `after` visits, crawls again, and expects one visit for each due slot. */
async function killAndResume(redisUrl: string | undefined, after: number): Promise<void> {
  const t = await testDatabase()
  const store: QueueStore = { databaseUrl: t.url, redisUrl, name: `kill-${after}-${process.pid}` }
  await addChannels(t.db, 60, { organisations: 4 })
  const child = spawn(process.execPath, [fileURLToPath(new URL('crawling-child.ts', import.meta.url))], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, CHILD_STORE: JSON.stringify(store) } })
  let seen = 0
  for await (const _ of createInterface({ input: child.stdout })) if (++seen === after) break
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  const queue = await openVisitQueue(store)
  const result = await crawlOnce({ ctx: t.ctx, queue, store, concurrency: 8, timeoutMs: 30_000, lockMs: 4000, stalledMs: 500, visit: ({ channelId, slot }) => makeVisit(t.ctx, channelId, slot) })
  expect(result.done).toBeLessThanOrEqual(60 - after)
  const visits = await t.db.sql<{ n: number }[]>`select count(v.id)::int as n from channel c left join visit v on v.channel_id = c.id group by c.id`
  expect(visits.filter((v) => v.n !== 1)).toEqual([])
  expect(await t.db.sql`select count(*)::int as n from channel where claimed_slot is not null`).toEqual([{ n: 0 }])
  expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0 })
  await queue.close()
  await t.close()
}

describe('a crawl killed with -9 in the middle', () => {
  test.each([1, 17, 42])('on PostgreSQL, after %i visits, ends with one visit for each slot', (after) => killAndResume(undefined, after))
  test.skipIf(redis === null).each([1, 23])('on Redis, after %i visits, ends with one visit for each slot', (after) => killAndResume(redis?.url, after))
})
