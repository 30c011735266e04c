import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { seedRegions } from '../../src/registry/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { ADMINISTRATOR, testServer } from '../helpers/server.ts'
import type { Person } from '../helpers/server.ts'

describe('the list of channels', () => {
  let t: TestDatabase
  let app: FastifyInstance
  let person: Person | null = ADMINISTRATOR
  beforeAll(async () => {
    t = await testDatabase()
    await seedRegions(t.ctx)
    await t.db.sql`insert into channel (kind, name, address, address_raw, identity_key, region_code) values
      ('weibo', '南昌发布', 'https://weibo.com/u/1', 'x', 'k1', '360100'), ('website', '景德镇市政府', 'https://a.gov.cn/', 'x', 'k2', '360200')`
    app = await testServer(t, { person: () => person })
  })
  afterAll(async () => { await app.close(); await t.close() })

  test('is filtered and paged', async () => {
    person = ADMINISTRATOR
    const answer = (await app.inject('/api/channels?kinds=weibo,douyin&size=10')).json()
    expect(answer.total).toBe(1)
    expect(answer.channels[0]).toMatchObject({ name: '南昌发布', regionCode: '360100', lastVisitAt: null })
  })
  test('shows a person their own region only', async () => {
    person = { ...ADMINISTRATOR, role: 'read_only', region: '360200' }
    expect((await app.inject('/api/channels')).json().channels.map((c: { name: string }) => c.name)).toEqual(['景德镇市政府'])
  })
  test('is closed to whoever is not signed in', async () => {
    person = null
    const answer = await app.inject('/api/channels')
    expect(answer.statusCode).toBe(401)
    expect(answer.json().error.message.zh).toBe('请先登录')
  })
  test('names the wrong field of a query', async () => {
    person = ADMINISTRATOR
    const answer = await app.inject('/api/channels?size=0')
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error.message.en).toContain('size')
  })
})
