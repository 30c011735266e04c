import { afterAll, describe } from 'vitest'
import { testRedis } from '../helpers/redis.ts'
import { queueConformance } from './conformance.ts'

const redis = await testRedis()
afterAll(async () => { await redis?.close() })

describe.skipIf(redis === null)('the queue on Redis', () => {
  queueConformance(async () => ({ databaseUrl: 'postgresql://unused@127.0.0.1:1/unused', redisUrl: redis?.url }))
})
