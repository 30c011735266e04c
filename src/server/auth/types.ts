import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Actor } from '../../domain/actor.ts'

/** Who a request comes from, by its session's cookie or its API token. */
export type Caller = {
  readonly actor: Extract<Actor, { kind: 'user' }>
  readonly username: string
  /** Scopes of the API token; null for a person's session, which has all. */
  readonly scopes: readonly string[] | null
  /** The first password must be changed before anything else. */
  readonly mustChangePassword: boolean
}

/** The sign-in behind the server. */
export type Auth = {
  /** Nobody has an account yet: the first start. */
  needsSetup(): Promise<boolean>
  /** null where nobody is signed in. */
  callerOf(request: FastifyRequest): Promise<Caller | null>
  /** Opens the sign-in's own routes under /api/auth/. */
  mount(app: FastifyInstance): Promise<void>
}
