import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { createUser, prepareSetup } from '../../src/accounts/index.ts'
import { GOOD_PASSWORD, realAuth, Visitor } from '../helpers/accounts.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { testServer } from '../helpers/server.ts'

describe('the first start and signing in', () => {
  let t: TestDatabase
  let app: FastifyInstance
  beforeAll(async () => {
    t = await testDatabase()
    app = await testServer(t, { auth: await realAuth(t) })
  })
  afterAll(async () => { await app.close(); await t.close() })

  test('only whoever reads the terminal becomes the first administrator, once', async () => {
    const visitor = new Visitor(app)
    expect((await visitor.ask('GET', '/api/session')).json()).toEqual({ state: 'setup' })
    const first = await prepareSetup({ ctx: t.ctx })
    const code = await prepareSetup({ ctx: t.ctx })
    const given = { username: '王主任', name: '王主任', password: GOOD_PASSWORD }
    expect((await visitor.ask('POST', '/api/setup', { ...given, code: 'aaaa-bbbb-cccc-dddd' })).statusCode).toBe(403)
    expect((await visitor.ask('POST', '/api/setup', { ...given, code: first })).statusCode).toBe(403)
    expect((await visitor.ask('POST', '/api/setup', { ...given, code, password: 'short' })).statusCode).toBe(400)
    expect(await t.db.sql`select 1 from person`).toHaveLength(0)
    expect((await visitor.ask('POST', '/api/setup', { ...given, code: ` ${code?.toUpperCase()} ` })).json()).toEqual({ username: '王主任' })
    expect((await visitor.ask('POST', '/api/setup', { ...given, username: '旁人', code })).statusCode).toBe(403)
    expect(await prepareSetup({ ctx: t.ctx })).toBeNull()
    expect((await visitor.ask('GET', '/api/session')).json()).toEqual({ state: 'signed_out' })
    const [row] = await t.db.sql`select digest from setup_code`
    expect(row).toBeUndefined()
  })

  test('the right password opens a session, a cookie of which no script can read', async () => {
    const visitor = new Visitor(app)
    const answer = await visitor.signIn(' 王主任 ', GOOD_PASSWORD)
    expect(answer.json()).toEqual({ state: 'signed_in' })
    const cookie = String(answer.headers['set-cookie'])
    expect(cookie).toMatch(/^huoshui\.session_token=/)
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/i)
    expect(cookie).not.toMatch(/Secure|Max-Age/)
    expect((await visitor.ask('GET', '/api/session')).json()).toMatchObject({ state: 'signed_in', me: { username: '王主任', role: 'administrator', region: null } })
    expect((await visitor.ask('POST', '/api/auth/sign-out', {})).statusCode).toBe(200)
    expect(visitor.cookies.size).toBe(0)
    expect((await visitor.ask('GET', '/api/channels')).statusCode).toBe(401)
    expect((await t.db.sql`select verb from audit where verb like 'session.%' order by id`).map((r) => r['verb'])).toEqual(['session.start', 'session.end'])
  })

  test('a first password opens nothing but its own change, which ends every other session', async () => {
    const { password } = await createUser({ ctx: t.ctx, input: { username: 'li.si', name: '李四', role: 'read_only' } })
    const [here, there] = [new Visitor(app), new Visitor(app)]
    await here.signIn('LI.SI', password)
    await there.signIn('li.si', password)
    expect((await here.ask('GET', '/api/session')).json()).toEqual({ state: 'change_password', name: '李四', username: 'li.si' })
    expect((await here.ask('GET', '/api/channels')).json().error.code).toBe('password_change')
    expect((await here.ask('POST', '/api/auth/password', { currentPassword: password, newPassword: password })).statusCode).toBe(400)
    expect((await here.ask('POST', '/api/auth/password', { currentPassword: password, newPassword: 'li.si-2026-x' })).statusCode).toBe(400)
    expect((await here.ask('POST', '/api/auth/password', { currentPassword: 'wrong', newPassword: GOOD_PASSWORD })).json().error.message.zh).toBe('当前密码不正确')
    const before = here.cookies.get('huoshui.session_token')
    expect((await here.ask('POST', '/api/auth/password', { currentPassword: password, newPassword: GOOD_PASSWORD })).json()).toEqual({ done: true })
    expect(here.cookies.get('huoshui.session_token')).not.toBe(before)
    expect((await here.ask('GET', '/api/channels')).statusCode).toBe(200)
    expect((await there.ask('GET', '/api/channels')).statusCode).toBe(401)
  })
})
