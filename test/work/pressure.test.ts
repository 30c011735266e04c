import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { openDb } from '../../db/client.ts'
import type { Ctx } from '../../db/context.ts'
import { openVisitQueue } from '../../src/queue/index.ts'
import { reclaim, runTicker, runVisits, tick } from '../../src/schedule/index.ts'
import type { TickResult } from '../../src/schedule/index.ts'
import { openProxy } from '../chaos/proxy.ts'
import { testDatabase } from '../helpers/postgres.ts'
import { addChannels, makeVisit } from '../schedule/fixtures.ts'

setFlagsFromString('--expose_gc')
const collect = runInNewContext('gc') as () => void
const heap = (): number => {
  collect()
  return process.memoryUsage().heapUsed
}

const CHANNELS = 800
const HIGH_WATER = 40
const CONCURRENCY = 8

/** Back-pressure: what waits, waits in the register, where it costs nothing. */
test('behind a slow database little is claimed and memory stays flat; when it is fast again everything is visited', async () => {
  const t = await testDatabase()
  const direct = new URL(t.url)
  const proxy = await openProxy({ to: { host: direct.hostname, port: Number(direct.port) } })
  direct.port = String(proxy.port)
  const db = openDb(direct.href, { max: 8 })
  const ctx: Ctx = { ...t.ctx, db }
  const store = { databaseUrl: direct.href, name: `pressure-${process.pid}` }
  await addChannels(t.db, CHANNELS, { organisations: 20 })
  const queue = await openVisitQueue(store)
  const heaps: number[] = []
  let most = 0
  let visits = 0
  let reached: () => void = () => undefined
  const slowPart = new Promise<void>((resolve) => { reached = resolve })
  proxy.set('slow', 40)
  const worker = await runVisits({
    ctx, store, concurrency: CONCURRENCY, timeoutMs: 60_000,
    visit: async ({ channelId, slot }) => {
      const [row] = await t.db.sql<{ n: number }[]>`select count(*)::int as n from channel where claimed_slot is not null`
      most = Math.max(most, row?.n ?? 0)
      await makeVisit(ctx, channelId, slot)
      visits++
      if (visits === 20 || visits === 120) heaps.push(heap())
      if (visits === 120) reached()
    },
  })
  const ticker = runTicker({ ctx, queue, highWater: HIGH_WATER, everyMs: 50 })
  try {
    await slowPart
    const [claimed] = await t.db.sql<{ n: number }[]>`select count(*)::int as n from channel where claimed_slot is not null or last_visit_at is not null`
    expect(claimed?.n).toBeLessThan(CHANNELS / 2)
    proxy.set('fair')
    await expect.poll(async () => (await t.db.sql<{ n: number }[]>`select count(*)::int as n from visit`)[0]?.n, { timeout: 90_000, interval: 100 }).toBe(CHANNELS)
    expect(most).toBeGreaterThan(CONCURRENCY)
    expect(most).toBeLessThanOrEqual(HIGH_WATER + CONCURRENCY)
    expect((heaps[1] ?? Infinity) - (heaps[0] ?? 0)).toBeLessThan(12_000_000)
  } finally {
    await ticker.close()
    await worker.close(0)
    await queue.close()
    await db.close()
    await proxy.close()
    await t.close()
  }
})

test('a full queue that nobody empties is not filled further, and memory stays flat; what is due waits in the register', async () => {
  const t = await testDatabase()
  const store = { databaseUrl: t.url, name: `full-${process.pid}` }
  await addChannels(t.db, CHANNELS, { organisations: 20 })
  const queue = await openVisitQueue(store)
  let adds = 0
  const counted = { ...queue, add: async (jobs: Parameters<typeof queue.add>[0]) => { adds += jobs.length; await queue.add(jobs) } }
  const ticker = (): Promise<TickResult> => tick({ ctx: t.ctx, queue: counted, highWater: HIGH_WATER })
  let worker: Awaited<ReturnType<typeof runVisits>> | undefined
  try {
    while (!(await ticker()).held) expect(adds).toBeLessThanOrEqual(HIGH_WATER)
    const before = heap()
    for (let i = 0; i < 300; i++) expect(await ticker()).toEqual({ enqueued: 0, deferred: 0, held: true })
    // Claims whose jobs seem lost are handed over again: under the same ids, so that the queue does not grow by them.
    for (let i = 0; i < 50; i++) await reclaim({ ctx: t.ctx, queue, olderThanMs: 0 })
    expect(heap() - before).toBeLessThan(6_000_000)
    expect(adds).toBeLessThanOrEqual(HIGH_WATER)
    expect(await queue.counts()).toEqual({ waiting: adds, active: 0, delayed: 0 })
    const [claimed] = await t.db.sql<{ n: number }[]>`select count(*)::int as n from channel where claimed_slot is not null`
    expect(claimed?.n).toBe(adds)
    worker = await runVisits({ ctx: t.ctx, store, concurrency: CONCURRENCY, timeoutMs: 60_000, visit: ({ channelId, slot }) => makeVisit(t.ctx, channelId, slot) })
    await expect.poll(async () => {
      await ticker()
      return (await t.db.sql<{ n: number }[]>`select count(*)::int as n from visit`)[0]?.n
    }, { timeout: 90_000, interval: 20 }).toBe(CHANNELS)
    expect(adds).toBe(CHANNELS)
  } finally {
    await worker?.close(0)
    await queue.close()
    await t.close()
  }
})
