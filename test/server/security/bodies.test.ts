import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ROUTES } from '../../../src/server/api/index.ts'
import type { AnyRoute } from '../../../src/server/route.ts'
import { testDatabase } from '../../helpers/postgres.ts'
import type { TestDatabase } from '../../helpers/postgres.ts'
import { testServer } from '../../helpers/server.ts'
import { keepSecrets } from './secrets.ts'

const routes = ROUTES as readonly AnyRoute[]
const bodies = routes.filter((r) => r.body !== undefined)

/** Where in a schema an object takes fields that it does not name; a record's keys are its content. */
function loose(schema: z.core.$ZodType, at = ''): string[] {
  const { def } = schema._zod
  const inside = (one: unknown, where: string): string[] => (one instanceof z.core.$ZodType ? loose(one, where) : [])
  const kind = def as unknown as { type: string; shape?: Record<string, unknown>; catchall?: z.core.$ZodType; element?: unknown; options?: unknown[]; items?: unknown[]; innerType?: unknown; valueType?: unknown; in?: unknown; out?: unknown; left?: unknown; right?: unknown; getter?: () => unknown }
  const own = kind.type === 'object' && kind.catchall?._zod.def.type !== 'never' ? [at === '' ? 'body' : at] : []
  return [
    ...own,
    ...Object.entries(kind.shape ?? {}).flatMap(([key, one]) => inside(one, `${at}.${key}`)),
    ...[kind.element, kind.innerType, kind.valueType, kind.in, kind.out, kind.left, kind.right, ...(kind.options ?? []), ...(kind.items ?? [])].flatMap((one) => inside(one, at)),
    ...(kind.type === 'lazy' ? inside(kind.getter?.(), at) : []),
  ]
}

describe('what may be sent', () => {
  test('is checked by a schema wherever something is', () => {
    expect(bodies.length).toBeGreaterThan(40)
    // Without a schema a route takes a file, or nothing at all.
    const none = routes.filter((r) => r.method !== 'GET' && r.body === undefined).map((r) => `${r.method} ${r.url}`)
    expect(none.filter((name) => !/upload|files$|\/(disable|revoke|revoke-others|sign-out|unlock|reset-password|crawled|views\/:id)$/.test(name))).toEqual([])
  })
  test.each(bodies.map((r) => [`${r.method} ${r.url}`, r] as const))('%s takes no field that it does not name, at any depth', (_name, r) => {
    expect(loose(r.body as z.core.$ZodType)).toEqual([])
  })
  test('the search for such places finds them', () => {
    const hole = z.object({ a: z.string() })
    expect(loose(hole)).toEqual(['body'])
    expect(loose(z.strictObject({ a: z.array(z.union([z.string(), hole])).optional().default([]), b: z.record(z.string(), hole), c: z.strictObject({}) }))).toEqual(['.a', '.b'])
    expect(loose(z.looseObject({}))).toEqual(['body'])
  })
})

const PATHS = ['../../../../etc/passwd', '..%2f..%2f..%2f..%2fetc%2fpasswd', '%2e%2e%2f%2e%2e%2fetc%2fpasswd', '..%5c..%5cwindows%5cwin.ini', '%252e%252e%252fetc%252fpasswd', '/etc/passwd', 'file:///etc/passwd', '%00', 'a%00.png', '....//....//etc/passwd', `${'a'.repeat(64)}/../../key`, '%c0%ae%c0%ae/etc/passwd', '-1', '99999999999999999999', '1e3', '0x1', 'NaN', '__proto__', 'constructor', '%F0%9F%92%A9', "1' or '1'='1", '1;select pg_sleep(1)', '${7*7}', '%0d%0aset-cookie:%20x=1']

describe('an address that reaches for what is not its own', () => {
  let t: TestDatabase
  let app: FastifyInstance
  beforeAll(async () => {
    t = await testDatabase()
    const { evidence } = await keepSecrets(t)
    app = await testServer(t, { evidence, env: { HUOSHUI_KEY: Buffer.alloc(32, 7).toString('base64') } })
  })
  afterAll(async () => { await app.close(); await t.close() })

  const harmless = (answer: { statusCode: number; body: string; headers: Record<string, unknown> }, what: string): void => {
    expect([what, answer.statusCode < 500]).toEqual([what, true])
    expect([what, /root:[x*]:0:0|\[fonts\]|"name": "huoshui"|BEGIN [A-Z ]*PRIVATE/.test(answer.body)]).toEqual([what, false])
    expect([what, answer.headers['set-cookie']]).toEqual([what, undefined])
  }
  test.each(routes.filter((r) => r.url.includes(':') && r.answer !== 'events').map((r) => [`${r.method} ${r.url}`, r] as const))('%s by its parameters', async (_name, r) => {
    for (const path of PATHS) {
      const url = r.url.replace(/:\w+/g, path)
      harmless(await app.inject({ method: r.method, url, ...(r.method === 'GET' ? {} : { payload: {} }) }), url)
    }
  })
  test.each(routes.filter((r) => r.query !== undefined && r.answer !== 'events').map((r) => [`${r.method} ${r.url}`, r] as const))('%s by its query', async (_name, r) => {
    const keys = Object.keys((r.query as unknown as { shape?: Record<string, unknown> }).shape ?? {})
    for (const key of keys) {
      for (const path of PATHS) {
        const url = `${r.url.replace(/:\w+/g, '1')}?${key}=${path}`
        harmless(await app.inject({ method: r.method, url, ...(r.method === 'GET' ? {} : { payload: {} }) }), url)
      }
    }
  })
  test.each(bodies.map((r) => [`${r.method} ${r.url}`, r] as const))('%s with a NUL in what is sent is refused, not failed over', async (_name, r) => {
    for (const payload of [{ name: 'a\u0000b', text: '\u0000' }, { a: [{ b: 'x\u0000' }] }, { 'k\u0000': 1 }]) {
      const answer = await app.inject({ method: r.method, url: r.url.replace(/:\w+/g, '1'), payload })
      expect([answer.statusCode, answer.json().error.message.en]).toEqual([400, 'what was sent holds a NUL character'])
    }
  })
})
