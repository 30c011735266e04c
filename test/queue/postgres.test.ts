import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openVisitQueue } from '../../src/queue/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { queueConformance } from './conformance.ts'

describe('the queue on PostgreSQL', () => {
  let database: TestDatabase
  beforeAll(async () => { database = await testDatabase() })
  afterAll(() => database.close())
  queueConformance(async () => ({ databaseUrl: database.url }))
})

test('a database that is not there is named, without its password', async () => {
  const opened = openVisitQueue({ databaseUrl: 'postgresql://someone:hush@127.0.0.1:1/none' })
  await expect(opened).rejects.toMatchObject({ code: 'unavailable', text: { en: expect.stringContaining('127.0.0.1:1') } })
  await expect(opened).rejects.not.toMatchObject({ message: expect.stringContaining('hush') })
})
