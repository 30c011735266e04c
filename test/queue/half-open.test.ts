import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openVisitQueue, runWorker } from '../../src/queue/index.ts'
import type { QueueStore } from '../../src/queue/index.ts'
import { openProxy } from '../chaos/proxy.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { testRedis } from '../helpers/redis.ts'
import type { TestRedis } from '../helpers/redis.ts'

let t: TestDatabase
let redis: TestRedis | null = null
beforeAll(async () => {
  t = await testDatabase()
  redis = await testRedis()
})
afterAll(async () => {
  await redis?.close()
  await t.close()
})

/** Found by the chaos suite: a worker told to stop while its Redis connections were half-open waited for ever for the answer to QUIT. */
describe.each(['PostgreSQL', 'Redis'] as const)('a queue on %s whose connections go half-open', (size) => {
  test('is let go of when the process is told to stop', async ({ skip }) => {
    if (size === 'Redis' && redis === null) return skip('no Redis on this machine')
    const direct = new URL(size === 'Redis' ? (redis?.url ?? '') : t.url)
    const proxy = await openProxy({ to: { host: direct.hostname, port: Number(direct.port) } })
    direct.port = String(proxy.port)
    const store: QueueStore = { databaseUrl: direct.href, redisUrl: size === 'Redis' ? direct.href : undefined, name: `half-${process.pid}` }
    const queue = await openVisitQueue(store)
    let begun: () => void = () => undefined
    const first = new Promise<void>((resolve) => { begun = resolve })
    const worker = await runWorker({ store, concurrency: 2, timeoutMs: 30_000, handler: async () => { begun() } })
    await queue.add([{ channelId: 1, slotMs: 1, reason: 'first' }])
    await first
    proxy.set('silent')
    await worker.close(0)
    await queue.close()
    expect(worker.running()).toBe(0)
    await proxy.close()
  }, 120_000)
})
