import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { ROLES } from '../../../src/domain/actor.ts'
import { ROUTES } from '../../../src/server/api/index.ts'
import type { Caller } from '../../../src/server/auth/types.ts'
import type { AnyRoute } from '../../../src/server/route.ts'
import { testDatabase } from '../../helpers/postgres.ts'
import type { TestDatabase } from '../../helpers/postgres.ts'
import { ADMINISTRATOR, knownCaller, testServer } from '../../helpers/server.ts'

const routes = ROUTES as readonly AnyRoute[]
const named = routes.map((r) => [`${r.method} ${r.url}`, r] as const)
const filled = (url: string): string => url.replace(/:\w+/g, '1')

/** The ways in. Whoever adds to these opens something to the whole network. */
const OPEN = [
  'GET /api/session', 'POST /api/auth/sign-in', 'POST /api/auth/code', 'POST /api/auth/backup-code', 'POST /api/auth/sign-out', 'POST /api/auth/password', 'POST /api/setup',
]

/** Whole addresses out of the tree that Fastify prints: four columns a level. */
function addressesOf(tree: string): string[] {
  const above: string[] = []
  return tree.split('\n').flatMap((line) => {
    const [, lead = '', part = '', methods] = /^([│├└─\s]*)(\S+)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? []
    if (part === '') return []
    const depth = Math.floor(lead.length / 4)
    above.length = depth
    above.push(`${above[depth - 1] ?? ''}${part}`)
    return methods === undefined ? [] : [above[depth] ?? '']
  })
}

/** What is served beside the table of routes: the API's document, health, figures, the console. */
const BESIDE = /^(\/healthz|\/metrics|\/assets\/\*|\/api\/docs(\/.*)?|\/api\/queue-board(\/.*)?|\*)$/

describe('every route’s door, from the table of routes', () => {
  let t: TestDatabase
  let app: FastifyInstance
  let caller: Caller | null = null
  beforeAll(async () => {
    t = await testDatabase()
    app = await testServer(t, { auth: { ...knownCaller(() => null), callerOf: async () => caller } })
    await app.ready()
  })
  afterAll(async () => { await app.close(); await t.close() })

  const call = (r: AnyRoute, headers: Record<string, string> = {}) => app.inject({ method: r.method, url: filled(r.url), headers: { host: 'localhost', ...headers }, ...(r.method === 'GET' ? {} : { payload: {} }) })
  const as = (role: Caller['actor']['role'], scopes: string[] | null = null): Caller => ({ actor: { ...ADMINISTRATOR, role }, username: 'x', scopes, mustChangePassword: false })

  test('the table is not empty, and only the ways in are open to anyone', () => {
    expect(routes.length).toBeGreaterThan(50)
    expect(named.filter(([, r]) => r.door === 'anyone').map(([name]) => name).sort()).toEqual([...OPEN].sort())
  })

  test('nothing is served beside the table but what is known', () => {
    const table = new Set(routes.map((r) => r.url))
    const served = addressesOf(app.printRoutes({ commonPrefix: false, includeHooks: false }))
    expect(served.length).toBeGreaterThan(50)
    expect(served.filter((url) => !table.has(url) && !BESIDE.test(url) && !BESIDE.test(url.replace(/\/$/, '')))).toEqual([])
  })

  test.each(named.filter(([, r]) => r.door !== 'anyone'))('%s denies whoever is not signed in', async (_name, r) => {
    caller = null
    expect((await call(r)).statusCode).toBe(401)
  })

  test.each(named.filter(([, r]) => r.door !== 'anyone'))('%s denies a first password that was not changed', async (_name, r) => {
    caller = { ...as('administrator'), mustChangePassword: true }
    const answer = await call(r)
    expect([answer.statusCode, answer.json().error.code]).toEqual([403, 'password_change'])
  })

  test.each(named.filter(([, r]) => Array.isArray(r.door)))('%s denies every role that it does not name', async (_name, r) => {
    for (const role of ROLES) {
      caller = as(role)
      const { statusCode, body } = await call(r)
      const refused = statusCode === 403 && body.includes('your role may not do this')
      expect([role, refused]).toEqual([role, role !== 'administrator' && !(r.door as readonly string[]).includes(role)])
    }
  })

  test.each(named.filter(([, r]) => r.door !== 'anyone'))('%s denies a token without its scope', async (_name, r) => {
    for (const scopes of [[], ['read'], ['export'], ['read', 'export', 'admin', '*']]) {
      if (r.token !== undefined && scopes.includes(r.token)) continue
      caller = as('administrator', scopes)
      const answer = await call(r)
      expect([scopes, answer.statusCode, answer.json().error?.message?.en]).toEqual([scopes, 403, 'this token may not be used here'])
    }
  })

  test('tokens open nothing that changes anything', () => {
    expect(named.filter(([, r]) => r.token !== undefined && r.method !== 'GET').map(([name]) => name)).toEqual([])
  })

  test.each(named.filter(([, r]) => r.method !== 'GET'))('%s denies what a foreign page sends', async (_name, r) => {
    caller = as('administrator')
    const cookie = 'huoshui.session_token=x'
    for (const headers of [
      { origin: 'https://evil.example', cookie }, { origin: 'https://evil.example' }, { origin: 'null', cookie }, { origin: 'http://localhost.evil.example', cookie },
      { origin: 'http://localhost:8081', cookie }, { origin: 'not an origin', cookie }, { cookie }, { origin: 'http://localhost', cookie, 'sec-fetch-site': 'cross-site' }, { origin: 'http://localhost', cookie, 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[]) {
      const answer = await call(r, headers)
      expect([headers, answer.statusCode, answer.json().error.code]).toEqual([headers, 403, 'foreign_origin'])
    }
    expect((await call(r, { origin: 'http://localhost', cookie, 'content-type': 'application/json' })).json().error?.code).not.toBe('foreign_origin')
  })

  test.each(['/api', '/api/', '/api/nothing', '/api/users/../nothing', '/API/users', '/api/users/1/nothing', '/api//users', '/api/auth/sign-up/email', '/api/auth/get-session', '/api/auth/list-sessions', '/api/auth/update-user', '/api/auth/two-factor/enable', '/api/auth/is-username-available'])('%s, which is no route, denies', async (url) => {
    caller = null
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const) expect((await app.inject({ method, url })).statusCode).toBeGreaterThanOrEqual(400)
  })
})
