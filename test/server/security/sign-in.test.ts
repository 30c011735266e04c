import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { createUser, LOCKOUT } from '../../../src/accounts/index.ts'
import { GOOD_PASSWORD, realAuth, signedIn, Visitor } from '../../helpers/accounts.ts'
import { testDatabase } from '../../helpers/postgres.ts'
import type { TestDatabase } from '../../helpers/postgres.ts'
import { testServer } from '../../helpers/server.ts'

const COOKIE = 'huoshui.session_token'

describe('attacks on the way in', () => {
  let t: TestDatabase
  let app: FastifyInstance
  let now = Date.now()
  beforeAll(async () => {
    t = await testDatabase()
    app = await testServer(t, { auth: await realAuth(t, { now: () => new Date(now) }) })
    await signedIn(t, app, { username: 'victim', role: 'administrator' })
  })
  beforeEach(async () => { await t.db.sql`delete from sign_in_failure`; await t.db.sql`delete from rate_limit`; now = Date.now() })
  afterAll(async () => { await app.close(); await t.close() })

  const guess = (username: string, password: string, from = '10.0.0.1') => new Visitor(app, from).signIn(username, password)

  test('five wrong passwords lock the name, also for the right one, from wherever; a quarter of an hour opens it', async () => {
    for (let i = 0; i < LOCKOUT.failures; i += 1) expect((await guess('victim', `wrong-${i}`, `10.0.0.${i}`)).statusCode).toBe(401)
    const locked = await guess('VICTIM', GOOD_PASSWORD, '10.9.9.9')
    expect([locked.statusCode, locked.json().error.code]).toEqual([429, 'locked'])
    now += (LOCKOUT.minutes - 1) * 60_000
    expect((await guess('victim', GOOD_PASSWORD)).statusCode).toBe(429)
    now += 61_000
    expect((await guess('victim', GOOD_PASSWORD)).statusCode).toBe(200)
    expect(await t.db.sql`select 1 from audit where verb = 'session.lock'`).toHaveLength(1)
  })

  test('the right password begins the count anew', async () => {
    for (let round = 0; round < 2; round += 1) {
      for (let i = 0; i < LOCKOUT.failures - 1; i += 1) expect((await guess('victim', 'wrong')).statusCode).toBe(401)
      expect((await guess('victim', GOOD_PASSWORD)).statusCode).toBe(200)
    }
  })

  test('guesses sent all at once get no more tries than those sent one by one', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => guess('victim', `wrong-${i}`, `10.1.0.${i}`)))
    expect(answers.filter((a) => a.statusCode === 401)).toHaveLength(LOCKOUT.failures)
    expect(answers.filter((a) => a.statusCode === 429)).toHaveLength(20 - LOCKOUT.failures)
  })

  test('one address may not try name after name without end, whatever headers it makes up', async () => {
    const made = (i: number) => new Visitor(app, '10.2.0.1').ask('POST', '/api/auth/sign-in', { username: `nobody${i}`, password: 'x' }, { 'x-forwarded-for': `1.2.3.${i}` })
    expect((await made(0)).statusCode).toBe(401)
    // The next one is the last that a minute allows.
    expect(await t.db.sql`update rate_limit set count = 59 where key like '%10.2.0.1%' and count = 1 returning 1`).toHaveLength(1)
    expect((await made(1)).statusCode).toBe(401)
    expect((await made(2)).json().error.code).toBe('too_often')
    expect((await guess('victim', GOOD_PASSWORD, '10.2.0.2')).statusCode).toBe(200)
  })

  test('nobody’s name and a wrong password get the same answer and the same work', async () => {
    const [known, unknown] = [await guess('victim', 'wrong'), await guess('no.such.name', 'wrong')]
    expect(unknown.statusCode).toBe(known.statusCode)
    expect(unknown.body).toBe(known.body)
    const names = (headers: object): string[] => Object.keys(headers).filter((h) => h !== 'date').sort()
    expect(names(unknown.headers)).toEqual(names(known.headers))
    // The lock treats a name that nobody bears like one that somebody does.
    for (let i = 0; i < LOCKOUT.failures; i += 1) { await guess('victim', 'wrong'); await guess('no.such.name', 'wrong') }
    const [lockedKnown, lockedUnknown] = [await guess('victim', 'x'), await guess('no.such.name', 'x')]
    expect([lockedUnknown.statusCode, lockedUnknown.body]).toEqual([lockedKnown.statusCode, lockedKnown.body])
    expect(lockedKnown.statusCode).toBe(429)
  })

  test('a password is derived for nobody’s name too', async () => {
    const before = process.cpuUsage().user
    await guess('nobody.at.all', 'wrong')
    const unknown = process.cpuUsage().user - before
    const again = process.cpuUsage().user
    await guess('victim', 'wrong')
    const known = process.cpuUsage().user - again
    // scrypt is nearly all of the work: without it the quotient would be far below.
    expect(unknown / known).toBeGreaterThan(0.4)
  })

  test('signing in gives a new session: one planted before is not taken over, the former one ends', async () => {
    const planted = new Visitor(app)
    planted.cookies.set(COOKIE, 'planted.by-somebody')
    await planted.signIn('victim', GOOD_PASSWORD)
    const first = planted.cookies.get(COOKIE)
    expect(first).not.toContain('planted')
    const thief = new Visitor(app)
    thief.cookies.set(COOKIE, first ?? '')
    expect((await thief.ask('GET', '/api/channels')).statusCode).toBe(200)
    await planted.signIn('victim', GOOD_PASSWORD)
    expect(planted.cookies.get(COOKIE)).not.toBe(first)
    expect((await thief.ask('GET', '/api/channels')).statusCode).toBe(401)
  })

  test('a cookie whose signature was touched, or that was signed elsewhere, is nobody', async () => {
    const visitor = new Visitor(app)
    await visitor.signIn('victim', GOOD_PASSWORD)
    const good = decodeURIComponent(visitor.cookies.get(COOKIE) ?? '')
    const [token = ''] = good.split('.')
    const [stored] = await t.db.sql`select token from session where token = ${token}`
    expect(stored).toBeDefined()
    for (const bad of [token, `${token}.`, `${token}.${'A'.repeat(43)}=`, `${good.slice(0, -3)}AA=`]) {
      const thief = new Visitor(app)
      thief.cookies.set(COOKIE, encodeURIComponent(bad))
      expect((await thief.ask('GET', '/api/channels')).statusCode).toBe(401)
    }
  })

  test('a session left alone ends, and one ends after a week however much it is used', async () => {
    const visitor = new Visitor(app)
    await visitor.signIn('victim', GOOD_PASSWORD)
    now += 8 * 86_400_000
    expect((await visitor.ask('GET', '/api/channels')).statusCode).toBe(401)
    now = Date.now()
    expect((await visitor.ask('GET', '/api/channels')).statusCode).toBe(200)
    await t.db.sql`update session set expires_at = now() - interval '1 second'`
    expect((await visitor.ask('GET', '/api/channels')).statusCode).toBe(401)
  })

  test('no field beside those asked for gives anybody a role', async () => {
    const user = await signedIn(t, app, { username: 'climber', role: 'read_only' })
    const extra = { role: 'administrator', region: null, mustChangePassword: false, disabledAt: null, id: 'x' }
    expect((await user.ask('POST', '/api/auth/sign-in', { username: 'climber', password: GOOD_PASSWORD, ...extra })).statusCode).toBe(400)
    expect((await user.ask('POST', '/api/auth/password', { currentPassword: GOOD_PASSWORD, newPassword: `${GOOD_PASSWORD}!`, ...extra })).statusCode).toBe(400)
    expect((await user.ask('POST', '/api/tokens', { name: 'x', scopes: ['read'], days: 1, userId: 'other', ...extra })).statusCode).toBe(400)
    expect((await user.ask('POST', '/api/setup', { code: 'x', username: 'evil', name: 'x', password: GOOD_PASSWORD, ...extra })).statusCode).toBe(400)
    expect((await user.ask('POST', '/api/tokens', { name: 'x', scopes: ['read', 'admin'], days: 1 })).statusCode).toBe(400)
    const chief = new Visitor(app)
    await chief.signIn('victim', GOOD_PASSWORD)
    expect((await chief.ask('POST', '/api/users', { username: 'made', name: 'x', role: 'read_only', mustChangePassword: false })).statusCode).toBe(400)
    expect((await chief.ask('POST', '/api/users', { username: 'made', name: 'x', role: 'read_only', password: 'chosen' })).statusCode).toBe(400)
    expect((await user.ask('GET', '/api/session')).json().me.role).toBe('read_only')
  })

  test('behind a proxy that ends the TLS the cookie is Secure; a stranger’s header does not make it so', async () => {
    const behind = await testServer(t, { auth: await realAuth(t), env: { HUOSHUI_TRUST_PROXY: 'true' } })
    const answer = await behind.inject({ method: 'POST', url: '/api/auth/sign-in', headers: { host: 'localhost', origin: 'https://huoshui.example.gov.cn', 'x-forwarded-host': 'huoshui.example.gov.cn', 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' }, payload: { username: 'victim', password: GOOD_PASSWORD } })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000')
    expect(String(answer.headers['set-cookie'])).toMatch(/^__Secure-huoshui\.session_token=.*; Secure/)
    await behind.close()
    const direct = await app.inject({ method: 'POST', url: '/api/auth/sign-in', headers: { host: 'localhost', origin: 'http://localhost', 'x-forwarded-proto': 'https' }, payload: { username: 'victim', password: GOOD_PASSWORD } })
    expect(String(direct.headers['set-cookie'])).not.toContain('Secure')
    expect(direct.headers['strict-transport-security']).toBeUndefined()
  })

  test('passwords are kept as scrypt’s results, each with its own salt', async () => {
    await createUser({ ctx: t.ctx, input: { username: 'salt.one', name: 'x', role: 'read_only' } })
    const rows = await t.db.sql`select password from account`
    expect(rows.every((r) => /^scrypt\$15\$8\$3\$[\w-]{22}\$[\w-]{43}$/.test(String(r['password'])))).toBe(true)
    expect(new Set(rows.map((r) => String(r['password']).split('$')[4])).size).toBe(rows.length)
  })

  test('hostile bodies are refused in words, not by a failure', async () => {
    for (const body of [undefined, [], 'x', { username: { $ne: null }, password: 'x' }, { username: 'x' }, { username: 'a\u0000b', password: 'x' }, { username: 'x'.repeat(5000), password: 'x' }, { username: 'x', password: 'x'.repeat(5000) }]) {
      const answer = await new Visitor(app, '10.4.0.1').ask('POST', '/api/auth/sign-in', body)
      expect([JSON.stringify(body)?.slice(0, 40), answer.statusCode >= 400 && answer.statusCode < 500]).toEqual([JSON.stringify(body)?.slice(0, 40), true])
    }
  })
})
