import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../../domain/actor.ts'
import type { SignInAct } from './acts.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null
    /** Asks the route's door again, for an answer that goes on; null where none was asked. */
    mayGoOn: (() => Promise<boolean>) | null
  }
}

/** Who a request comes from, by its session's cookie or its API token. */
export type Caller = {
  readonly actor: Extract<Actor, { kind: 'user' }>
  readonly username: string
  /** Scopes of the API token; null for a person's session, which has all. */
  readonly scopes: readonly string[] | null
  /** The first password must be changed before anything else. */
  readonly mustChangePassword: boolean
  /** The session's number, for a person who looks at their own; null for a token. */
  readonly session?: string | null
  /** A second factor is asked of this account. */
  readonly secondFactor?: boolean
}

/** The sign-in behind the server. */
export type Auth = {
  /** Nobody has an account yet: the first start. */
  needsSetup(): Promise<boolean>
  /** null where nobody is signed in. A session that is used is prolonged, unless `renew` is false. */
  callerOf(request: FastifyRequest, options?: { readonly renew?: boolean }): Promise<Caller | null>
  /** One step of signing in or out, or of one's own password and second factor; sets the session's cookies. Throws HuoshuiError. */
  perform(call: { request: FastifyRequest; reply: FastifyReply }, act: SignInAct, body: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>
}
