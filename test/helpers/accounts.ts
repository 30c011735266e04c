import type { FastifyInstance, InjectOptions } from 'fastify'
import { pino } from 'pino'
import { createUser } from '../../src/accounts/index.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { Role } from '../../src/domain/actor.ts'
import type { Clock } from '../../src/domain/clock.ts'
import { openAuth } from '../../src/server/auth/index.ts'
import type { Auth } from '../../src/server/auth/types.ts'
import type { TestDatabase } from './postgres.ts'

/** A key of no installation, so that tests write no key file. */
export const TEST_KEY = Buffer.alloc(32, 7).toString('base64')

/** The real sign-in on a test database. */
export function realAuth(t: TestDatabase, wall?: Clock): Promise<Auth> {
  return openAuth({ ctx: t.ctx, config: loadConfig({ HUOSHUI_LOG_LEVEL: 'silent', HUOSHUI_KEY: TEST_KEY }, {}), log: pino({ level: 'silent' }) }, wall)
}

export const GOOD_PASSWORD = '活水-nachalny-2026'

/** A browser's side of the talk: keeps the cookies it is given, names its own origin. */
export class Visitor {
  readonly cookies = new Map<string, string>()
  readonly app: FastifyInstance
  readonly from: string
  constructor(app: FastifyInstance, from = '127.0.0.1') {
    this.app = app
    this.from = from
  }

  async ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown, headers: Record<string, string> = {}) {
    const cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; ')
    const options: InjectOptions = {
      method, url, remoteAddress: this.from,
      headers: { ...(method === 'GET' ? {} : { origin: 'http://localhost' }), host: 'localhost', ...(cookie === '' ? {} : { cookie }), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    }
    const answer = await this.app.inject(options)
    for (const { name, value, maxAge } of answer.cookies) {
      if (maxAge === 0) this.cookies.delete(name)
      else this.cookies.set(name, encodeURIComponent(value))
    }
    return answer
  }

  signIn(username: string, password: string) {
    return this.ask('POST', '/api/auth/sign-in', { username, password })
  }
}

/** An account that has changed its first password already, signed in. */
export async function signedIn(t: TestDatabase, app: FastifyInstance, who: { username: string; role: Role; region?: string | null }): Promise<Visitor> {
  const made = await createUser({ ctx: t.ctx, input: { name: who.username, region: null, ...who } })
  const visitor = new Visitor(app)
  await visitor.signIn(made.username, made.password)
  const changed = await visitor.ask('POST', '/api/auth/password', { currentPassword: made.password, newPassword: GOOD_PASSWORD })
  if (changed.statusCode !== 200) throw new Error(`password: ${changed.body}`)
  return visitor
}
