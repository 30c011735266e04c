import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { loadConfig } from '../../src/config/load.ts'
import type { Actor } from '../../src/domain/actor.ts'
import { noEvidence } from '../../src/evidence/index.ts'
import type { EvidenceStore } from '../../src/evidence/index.ts'
import { buildApp } from '../../src/server/app.ts'
import type { Auth } from '../../src/server/auth/types.ts'
import type { TestDatabase } from './postgres.ts'

export type Person = Extract<Actor, { kind: 'user' }>

/** An administrator of the whole register. */
export const ADMINISTRATOR: Person = { kind: 'user', id: 'u-admin', name: '系统管理员', role: 'administrator', region: null }

/** A sign-in that knows who comes without asking: for tests of routes and pages, not of sign-in itself. */
export function knownCaller(person: () => Person | null): Auth {
  return {
    callerOf: async () => {
      const actor = person()
      return actor === null ? null : { actor, username: actor.id, scopes: null, mustChangePassword: false }
    },
    needsSetup: async () => false,
    perform: async () => { throw new Error('a known caller does not sign in') },
  }
}

/** The real server on a test database, called by `app.inject` or, listening, by a browser. Close it in afterAll. */
export async function testServer(t: TestDatabase, options: { person?: () => Person | null; auth?: Auth; consoleFolder?: string | null; env?: Record<string, string>; evidence?: EvidenceStore } = {}): Promise<FastifyInstance> {
  return buildApp({
    ctx: t.ctx,
    config: loadConfig({ HUOSHUI_LOG_LEVEL: 'silent', ...options.env }, {}),
    auth: options.auth ?? knownCaller(options.person ?? (() => ADMINISTRATOR)),
    evidence: options.evidence ?? noEvidence,
    log: pino({ level: process.env['HUOSHUI_TEST_LOG'] ?? 'silent' }),
    databaseUrl: t.url,
    consoleFolder: options.consoleFolder ?? null,
  })
}
