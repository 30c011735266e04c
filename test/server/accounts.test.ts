import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { seedRegions } from '../../src/registry/index.ts'
import { GOOD_PASSWORD, realAuth, signedIn, Visitor } from '../helpers/accounts.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { testServer } from '../helpers/server.ts'

/** RFC 6238, six digits of thirty seconds, from the address that an authenticator is shown. */
function codeOf(uri: string, at = Date.now()): string {
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  const bits = [...secret.replaceAll('=', '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(Array.from({ length: Math.floor(bits.length / 8) }, (_, i) => Number.parseInt(bits.slice(i * 8, i * 8 + 8), 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const offset = mac[19]! & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

describe('accounts over the wire', () => {
  let t: TestDatabase
  let app: FastifyInstance
  let chief: Visitor
  beforeAll(async () => {
    t = await testDatabase()
    await seedRegions(t.ctx)
    app = await testServer(t, { auth: await realAuth(t) })
    chief = await signedIn(t, app, { username: 'chief', role: 'administrator' })
  })
  afterAll(async () => { await app.close(); await t.close() })

  const make = async (by: Visitor, body: object) => (await by.ask('POST', '/api/users', body))

  test('an account is entered, changed, disabled and let in again; its rights follow at once', async () => {
    const made = (await make(chief, { username: '赵六', name: '赵六', role: 'read_only', region: '360100' })).json()
    expect(made.password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
    const visitor = new Visitor(app)
    await visitor.signIn('赵六', made.password)
    await visitor.ask('POST', '/api/auth/password', { currentPassword: made.password, newPassword: GOOD_PASSWORD })
    expect((await visitor.ask('GET', '/api/session')).json().me).toMatchObject({ role: 'read_only', region: { code: '360100', name: '南昌市' } })
    expect((await visitor.ask('GET', '/api/policies')).statusCode).toBe(200)
    expect((await visitor.ask('GET', '/api/engine-room')).statusCode).toBe(403)
    await chief.ask('PUT', `/api/users/${made.id}`, { role: 'operations' })
    expect((await visitor.ask('GET', '/api/engine-room')).statusCode).toBe(200)
    expect((await chief.ask('POST', `/api/users/${made.id}/disable`, { disabled: true })).json()).toEqual({ changed: true })
    expect((await visitor.ask('GET', '/api/channels')).statusCode).toBe(401)
    expect((await visitor.signIn('赵六', GOOD_PASSWORD)).json().error.code).toBe('disabled')
    expect((await visitor.signIn('赵六', 'wrong')).json().error.code).toBe('wrong_password')
    await chief.ask('POST', `/api/users/${made.id}/disable`, { disabled: false })
    expect((await visitor.signIn('赵六', GOOD_PASSWORD)).statusCode).toBe(200)
    const reset = (await chief.ask('POST', `/api/users/${made.id}/reset-password`, {})).json()
    expect((await visitor.ask('GET', '/api/session')).json().state).toBe('signed_out')
    expect((await visitor.signIn('赵六', GOOD_PASSWORD)).statusCode).toBe(401)
    expect((await visitor.signIn('赵六', reset.password)).statusCode).toBe(200)
  })

  test('names are one whatever their case or width, and taken once', async () => {
    expect((await make(chief, { username: 'Wang.Wu', name: '王五', role: 'read_only' })).json().username).toBe('wang.wu')
    expect((await make(chief, { username: 'WANG.WU', name: '王五', role: 'read_only' })).statusCode).toBe(409)
    for (const username of ['', 'a', '.dot', 'has space', '<b>', 'x'.repeat(31), 'a\nb']) expect((await make(chief, { username, name: 'x', role: 'read_only' })).statusCode).toBe(400)
    expect((await make(chief, { username: 'nobody', name: 'x', role: 'emperor' })).statusCode).toBe(400)
    expect((await make(chief, { username: 'nobody', name: 'x', role: 'read_only', region: '999999' })).statusCode).toBe(404)
  })

  test('an administrator of a region gives out nothing beyond it, and the last of all stays', async () => {
    const local = await signedIn(t, app, { username: 'local', role: 'administrator', region: '360100' })
    expect((await make(local, { username: 'escalated', name: 'x', role: 'administrator' })).statusCode).toBe(403)
    expect((await make(local, { username: 'elsewhere', name: 'x', role: 'read_only', region: '360200' })).statusCode).toBe(403)
    const below = (await make(local, { username: 'below', name: 'x', role: 'read_only', region: '360102' })).json()
    expect((await local.ask('PUT', `/api/users/${below.id}`, { region: null })).statusCode).toBe(403)
    expect((await local.ask('GET', '/api/users')).json().users.map((u: { username: string }) => u.username)).toEqual(['below', 'local', '赵六'])
    const me = (await chief.ask('GET', '/api/session')).json().me
    expect((await local.ask('POST', `/api/users/${me.id}/reset-password`, {})).statusCode).toBe(403)
    expect((await chief.ask('POST', `/api/users/${me.id}/disable`, { disabled: true })).statusCode).toBe(409)
    expect((await chief.ask('PUT', `/api/users/${me.id}`, { role: 'read_only' })).statusCode).toBe(409)
  })

  test('sessions are listed and ended, one’s own only', async () => {
    const first = await signedIn(t, app, { username: 'two.places', role: 'read_only' })
    const second = new Visitor(app, '10.1.2.3')
    await second.signIn('two.places', GOOD_PASSWORD)
    const sessions = (await first.ask('GET', '/api/sessions')).json() as { id: string; here: boolean; address: string }[]
    expect(sessions).toHaveLength(2)
    const other = sessions.find((s) => !s.here)
    expect(other?.address).toBe('10.1.2.3')
    expect((await chief.ask('POST', `/api/sessions/${other?.id}/revoke`, {})).statusCode).toBe(404)
    expect((await first.ask('POST', `/api/sessions/${other?.id}/revoke`, {})).json()).toEqual({ ended: 1 })
    expect((await second.ask('GET', '/api/channels')).statusCode).toBe(401)
    await second.signIn('two.places', GOOD_PASSWORD)
    expect((await first.ask('POST', '/api/sessions/revoke-others', {})).json()).toEqual({ ended: 1 })
    expect((await second.ask('GET', '/api/channels')).statusCode).toBe(401)
    expect((await first.ask('GET', '/api/channels')).statusCode).toBe(200)
  })

  test('a token does what its scopes name, as its maker stands, until it is revoked or he is disabled', async () => {
    const maker = await signedIn(t, app, { username: 'maker', role: 'administrator', region: '360100' })
    const token = (await maker.ask('POST', '/api/tokens', { name: '报表', scopes: ['read'], days: 30 })).json()
    const by = (method: 'GET' | 'POST', url: string) => app.inject({ method, url, headers: { authorization: `Bearer ${token.token}` }, ...(method === 'POST' ? { payload: {} } : {}) })
    expect((await by('GET', '/api/audit')).statusCode).toBe(200)
    expect((await by('GET', '/api/audit/export')).statusCode).toBe(403)
    expect((await by('GET', '/api/users')).statusCode).toBe(403)
    expect((await by('GET', '/api/tokens')).statusCode).toBe(403)
    expect((await by('POST', '/api/sessions/revoke-others')).statusCode).toBe(403)
    expect(JSON.stringify((await maker.ask('GET', '/api/tokens')).json())).not.toContain(token.token.split('_')[2])
    const [kept] = await t.db.sql`select digest from api_token where id = ${token.id}`
    expect(kept!['digest']).not.toContain(token.token.split('_')[2])
    for (const wrong of [`Bearer ${token.token.slice(0, -1)}x`, `Bearer ${token.token}\tx`, 'Bearer ', `Basic ${token.token}`, token.token]) {
      expect((await app.inject({ url: '/api/audit', headers: { authorization: wrong } })).statusCode).toBe(401)
    }
    // A wrong token is not helped by the cookie beside it.
    expect((await maker.ask('GET', '/api/audit', undefined, { authorization: 'Bearer nonsense' })).statusCode).toBe(401)
    const me = (await maker.ask('GET', '/api/session')).json().me
    await chief.ask('PUT', `/api/users/${me.id}`, { role: 'read_only' })
    expect((await by('GET', '/api/audit')).statusCode).toBe(403)
    expect((await by('GET', '/api/channels')).statusCode).toBe(200)
    await chief.ask('POST', `/api/users/${me.id}/disable`, { disabled: true })
    expect((await by('GET', '/api/channels')).statusCode).toBe(401)
    await chief.ask('POST', `/api/users/${me.id}/disable`, { disabled: false })
    expect((await by('GET', '/api/channels')).statusCode).toBe(200)
    await maker.signIn('maker', GOOD_PASSWORD)
    expect((await chief.ask('POST', `/api/tokens/${token.id}/revoke`, {})).statusCode).toBe(404)
    expect((await maker.ask('POST', `/api/tokens/${token.id}/revoke`, {})).json()).toEqual({ revoked: true })
    expect((await by('GET', '/api/channels')).statusCode).toBe(401)
  })

  test('an expired token opens nothing', async () => {
    const maker = await signedIn(t, app, { username: 'expiring', role: 'read_only' })
    const { id, token } = (await maker.ask('POST', '/api/tokens', { name: '短', scopes: ['read'], days: 1 })).json()
    await t.db.sql`update api_token set expires_at = now() - interval '1 second' where id = ${id}`
    expect((await app.inject({ url: '/api/channels', headers: { authorization: `Bearer ${token}` } })).statusCode).toBe(401)
    expect((await maker.ask('GET', '/api/tokens')).json()).toMatchObject([{ id, state: 'expired' }])
  })

  test('a second factor is asked once it was proved, and a backup code opens once', async () => {
    const visitor = await signedIn(t, app, { username: '双因子', role: 'operations' })
    expect((await visitor.ask('POST', '/api/auth/second-factor', { password: 'wrong' })).json().error.code).toBe('wrong_password')
    const { uri, backupCodes } = (await visitor.ask('POST', '/api/auth/second-factor', { password: GOOD_PASSWORD })).json()
    expect(decodeURIComponent(uri)).toContain('otpauth://totp/Huoshui:双因子?')
    expect((await visitor.signIn('双因子', GOOD_PASSWORD)).json()).toEqual({ state: 'signed_in' })
    expect((await visitor.ask('POST', '/api/auth/code', { code: codeOf(uri) })).statusCode).toBe(200)
    const next = new Visitor(app)
    const half = await next.signIn('双因子', GOOD_PASSWORD)
    expect(half.json()).toEqual({ state: 'second_factor' })
    expect(String(half.headers['set-cookie'])).not.toMatch(/session_token=[^;]{10}/)
    expect((await next.ask('GET', '/api/channels')).statusCode).toBe(401)
    // The code that proved the device is used up; its successor is taken early, as clocks differ.
    const right = codeOf(uri, Date.now() + 30_000)
    expect((await next.ask('POST', '/api/auth/code', { code: right === '000000' ? '000001' : '000000' })).json().error.code).toBe('wrong_code')
    expect((await next.ask('POST', '/api/auth/code', { code: right })).statusCode).toBe(200)
    expect((await next.ask('GET', '/api/channels')).statusCode).toBe(200)
    const sessions = async (): Promise<number> => (await t.db.sql`select 1 from session`).length
    const before = await sessions()
    const watchers = [new Visitor(app), new Visitor(app)]
    for (const watcher of watchers) await watcher.signIn('双因子', GOOD_PASSWORD)
    for (const answer of await Promise.all(watchers.map((w) => w.ask('POST', '/api/auth/code', { code: right })))) {
      expect([answer.statusCode, answer.json().error.code]).toEqual([401, 'sign_in_again'])
      expect(String(answer.headers['set-cookie'])).not.toContain('session_token')
    }
    for (const watcher of watchers) expect((await watcher.ask('GET', '/api/channels')).statusCode).toBe(401)
    expect(await sessions()).toBe(before)
    const lost = new Visitor(app)
    await lost.signIn('双因子', GOOD_PASSWORD)
    expect((await lost.ask('POST', '/api/auth/backup-code', { code: backupCodes[0] })).statusCode).toBe(200)
    expect((await lost.ask('GET', '/api/channels')).statusCode).toBe(200)
    const again = new Visitor(app)
    await again.signIn('双因子', GOOD_PASSWORD)
    expect((await again.ask('POST', '/api/auth/backup-code', { code: backupCodes[0] })).json().error.code).toBe('wrong_code')
    expect((await next.ask('POST', '/api/auth/second-factor/disable', { password: GOOD_PASSWORD })).statusCode).toBe(200)
    expect((await new Visitor(app).signIn('双因子', GOOD_PASSWORD)).json()).toEqual({ state: 'signed_in' })
    const [row] = await t.db.sql`select id from person where username = '双因子'`
    const verbs = (await chief.ask('GET', `/api/audit?entity=user&entityId=${row!['id']}&size=500`)).json().acts.map((a: { verb: string }) => a.verb)
    expect(verbs).toEqual(expect.arrayContaining(['second_factor.enable', 'second_factor.disable', 'user.change_password', 'session.start']))
  })
})
