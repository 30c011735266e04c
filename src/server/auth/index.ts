import type { FastifyRequest } from 'fastify'
import { findToken, needsSetup } from '../../accounts/index.ts'
import type { Person } from '../../accounts/index.ts'
import { openInstallationSecret } from '../../credentials/index.ts'
import type { Role } from '../../domain/actor.ts'
import { realClock } from '../../domain/clock.ts'
import type { Clock } from '../../domain/clock.ts'
import type { Deps } from '../deps.ts'
import { openLibrary } from './library.ts'
import { performer } from './perform.ts'
import type { Auth, Caller } from './types.ts'

/** However much it is used, a session ends after a week. */
const LONGEST_MS = 7 * 86_400_000

/**
 * The sign-in: better-auth on our tables, behind our own routes. `wall` is the real time, by which sessions, locks and
 * tokens go whatever clock the program runs by. Throws `unavailable` where the installation's key is not at hand.
 */
export async function openAuth({ ctx, config, log }: Pick<Deps, 'ctx' | 'config' | 'log'>, wall: Clock = realClock): Promise<Auth> {
  const secret = await openInstallationSecret({ ctx, keys: config, name: 'session' })
  const make = (secure: boolean) => openLibrary({ db: ctx.db, secret, secure, log })
  const libraries = { plain: make(false), secure: make(true) }
  const libraryFor = (request: FastifyRequest) => (request.protocol === 'https' ? libraries.secure : libraries.plain)
  let started = false

  const callerOf: Auth['callerOf'] = async (request, { renew = true } = {}) => {
    const { authorization } = request.headers
    if (authorization !== undefined) {
      // Whoever shows a token is that token, never the session beside it.
      const [, token] = /^Bearer ([\x21-\x7e]+)$/i.exec(authorization) ?? []
      const found = token === undefined ? null : await findToken({ db: ctx.db, token, now: wall.now() })
      return found === null ? null : callerFrom(found.person, found.scopes, null)
    }
    if (request.headers.cookie === undefined) return null
    const found = await libraryFor(request).api.getSession({ headers: new Headers({ cookie: request.headers.cookie }), query: { disableRefresh: !renew } })
    if (found === null || found.user.disabledAt instanceof Date || found.session.createdAt.getTime() + LONGEST_MS < wall.now().getTime()) return null
    return callerFrom(found.user as unknown as Person, null, found.session.id)
  }

  return {
    callerOf,
    perform: performer({ ctx, libraryFor, callerOf, wall }),
    needsSetup: async () => {
      // Accounts are never deleted: once there is one, there is one for good.
      started ||= !(await needsSetup({ db: ctx.db }))
      return !started
    },
  }
}

function callerFrom(person: Person, scopes: readonly string[] | null, session: string | null): Caller {
  return {
    actor: { kind: 'user', id: person.id, name: person.name, role: person.role as Role, region: person.region ?? null, organisation: person.organisationId ?? null },
    username: person.username,
    scopes,
    mustChangePassword: person.mustChangePassword,
    session,
    secondFactor: person.twoFactorEnabled,
  }
}
