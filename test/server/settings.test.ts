import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { configSchema, envName } from '../../src/config/schema.ts'
import type { ConfigKey } from '../../src/config/schema.ts'
import { shownSettings } from '../../src/config/show.ts'
import type { Role } from '../../src/domain/actor.ts'
import { ROLES } from '../../src/domain/actor.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { ADMINISTRATOR, testServer } from '../helpers/server.ts'

const SECRET = 'not-to-be-told'
const KEY = Buffer.alloc(32, 7).toString('base64')

describe('the running configuration', () => {
  let t: TestDatabase
  let app: FastifyInstance
  let role: Role | null = 'administrator'

  beforeAll(async () => {
    t = await testDatabase()
    app = await testServer(t, {
      person: () => (role === null ? null : { ...ADMINISTRATOR, role }),
      env: { HUOSHUI_PACE: '1000', HUOSHUI_CONTACT: 'watch@jiangxi.invalid', HUOSHUI_KEY: KEY, HUOSHUI_SMTP: `smtps://u:${SECRET}@mail.invalid`, HUOSHUI_SECOND_VANTAGE: `http://u:${SECRET}@relay.invalid:3128` },
    })
  })
  afterAll(async () => { await app.close(); await t.close() })

  test.each(ROLES)('%s: shown to administrators alone', async (who) => {
    role = who
    const answer = await app.inject('/api/settings')
    expect(answer.statusCode).toBe(who === 'administrator' ? 200 : 403)
    if (who !== 'administrator') expect(Object.keys(answer.json())).not.toContain('0')
  })

  test('not shown to somebody who is not signed in', async () => {
    role = null
    expect((await app.inject('/api/settings')).statusCode).toBe(401)
  })

  test('names every setting, and nothing secret', async () => {
    role = 'administrator'
    const answer = await app.inject('/api/settings')
    expect(answer.body).not.toContain(SECRET)
    expect(answer.body).not.toContain(KEY)
    const rows = answer.json() as { name: string; about: { zh: string; en: string }; value: string; secret: boolean }[]
    expect(rows.map((r) => r.name)).toEqual((Object.keys(configSchema.shape) as ConfigKey[]).map(envName))
    for (const row of rows) expect([row.about.zh, row.about.en]).not.toContain('')
    expect(rows.find((r) => r.name === 'HUOSHUI_SMTP')).toMatchObject({ secret: true, value: '***' })
    expect(rows.find((r) => r.name === 'DATABASE_URL')).toMatchObject({ secret: true, value: '' })
  })

  test('what was said is told from what holds by default, though it may be the same', async () => {
    role = 'administrator'
    const rows = (await app.inject('/api/settings')).json() as { name: string; value: string; fallback: string; from: string }[]
    expect(rows.find((r) => r.name === 'HUOSHUI_PACE')).toMatchObject({ value: '1000', fallback: '1000', from: 'environment' })
    expect(rows.find((r) => r.name === 'HUOSHUI_CONTACT')).toMatchObject({ value: 'watch@jiangxi.invalid', from: 'environment' })
    expect(rows.find((r) => r.name === 'HUOSHUI_SMTP')).toMatchObject({ from: 'environment' })
    expect(rows.find((r) => r.name === 'HUOSHUI_PORT')).toMatchObject({ value: '8080', from: 'default' })
  })

  test('the command line stands over the environment; an empty word says nothing', () => {
    const rows = new Map(shownSettings(loadConfig({ HUOSHUI_PACE: '5', HUOSHUI_PORT: '', HUOSHUI_CONCURRENCY: '16' }, { pace: '7', data: undefined })).map((r) => [r.name, r]))
    expect(rows.get('HUOSHUI_PACE')).toMatchObject({ value: '7', from: 'command_line' })
    expect(rows.get('HUOSHUI_CONCURRENCY')).toMatchObject({ value: '16', from: 'environment' })
    expect(rows.get('HUOSHUI_PORT')).toMatchObject({ from: 'default' })
    expect(rows.get('HUOSHUI_DATA')).toMatchObject({ from: 'default' })
  })
})
