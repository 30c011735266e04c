import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { openVisitQueue } from '../../src/queue/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { ADMINISTRATOR, testServer } from '../helpers/server.ts'
import type { Person } from '../helpers/server.ts'

describe('the queue board', () => {
  let t: TestDatabase
  let app: FastifyInstance
  let person: Person | null = ADMINISTRATOR
  beforeAll(async () => {
    t = await testDatabase()
    const queue = await openVisitQueue({ databaseUrl: t.url })
    await queue.add([{ channelId: 7, slotMs: 1, reason: 'first' }])
    await queue.close()
    app = await testServer(t, { person: () => person })
  })
  afterAll(async () => { await app.close(); await t.close() })

  test('shows an administrator what waits, under a policy of its own', async () => {
    person = ADMINISTRATOR
    const page = await app.inject('/api/queue-board')
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-security-policy']).toContain("script-src 'self'")
    const jobs = (await app.inject('/api/queue-board/api/queues?activeQueue=visits&status=waiting&page=1&jobsPerPage=10')).json()
    expect(jobs.queues[0]).toMatchObject({ name: 'visits', readOnlyMode: true, jobs: [{ id: 'visit-7-1' }] })
  })
  test('lets nobody else in, and nobody change anything', async () => {
    for (const [who, code] of [[null, 401], [{ ...ADMINISTRATOR, role: 'operations' }, 403], [{ ...ADMINISTRATOR, region: '360100' }, 403]] as const) {
      person = who
      expect((await app.inject('/api/queue-board')).statusCode).toBe(code)
      expect((await app.inject('/api/queue-board/api/queues')).statusCode).toBe(code)
    }
    person = ADMINISTRATOR
    expect((await app.inject({ method: 'PUT', url: '/api/queue-board/api/queues/visits/visit-7-1/clean' })).statusCode).toBe(403)
  })
})
