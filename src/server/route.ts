import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Ctx } from '../../db/context.ts'
import type { Role } from '../domain/actor.ts'
import type { Text } from '../domain/text.ts'
import type { Deps } from './deps.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Who may come in: anyone, whoever is signed in, or the roles named. The services hold the region's limits. */
export type Door = 'anyone' | 'signed_in' | readonly Role[]

/** What a route of `answer: 'file'` gives: a download with its name. */
export type FileAnswer = { readonly filename: string; readonly type: string; readonly body: Buffer | Uint8Array | Readable | string }

type Read<S, Missing = undefined> = S extends z.ZodType ? z.output<S> : Missing

/** What a handler is given: who asks (`ctx.actor`), what was sent (already checked), and the services' needs. */
export type Call<P, Q, B> = {
  readonly ctx: Ctx
  readonly deps: Deps
  readonly params: Read<P>
  readonly query: Read<Q>
  readonly body: Read<B>
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export type Answer = z.ZodType | 'file' | 'events'
/** Services give readonly rows; the schemas speak of plain ones. */
type Loose<T> = T extends readonly (infer I)[] ? readonly Loose<I>[] : T extends object ? { readonly [K in keyof T]: Loose<T[K]> } : T
type Given<A> = A extends z.ZodType ? Loose<z.input<A>> : A extends 'file' ? FileAnswer : undefined

/**
 * One route of the API: a door, what is taken, what is answered, and the handler, which calls one service verb. The
 * OpenAPI document, the security tests and the console's typed client all read this; nothing else opens a route.
 */
export type Route<M extends Method = Method, U extends string = string, P = unknown, Q = unknown, B = unknown, A = unknown> = {
  readonly method: M
  /** With `:name` for path parameters; begins with /api/. */
  readonly url: U
  readonly summary: Text
  readonly door: Door
  /** The scope that an API token needs for it; without one, tokens are refused. */
  readonly token?: 'read' | 'export'
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  /** Largest body in bytes, where 64 kB do not do. */
  readonly bodyLimit?: number
  readonly answer: A
  readonly handle: (call: Call<P, Q, B>) => Promise<Given<A>>
}

/** Any route, for the code that handles all of them alike. */
export type AnyRoute = Omit<Route, 'handle' | 'params' | 'query' | 'body' | 'answer'> & {
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  readonly answer: Answer
  // Parameters are checked by the schemas above before the handler sees them.
  readonly handle: (call: never) => Promise<unknown>
}

/** Declares a route; it only gives the types their names. */
export function route<const M extends Method, const U extends string, A extends Answer, P extends z.ZodType | undefined = undefined, Q extends z.ZodType | undefined = undefined, B extends z.ZodType | undefined = undefined>(
  r: Route<M, U, P, Q, B, A>,
): Route<M, U, P, Q, B, A> {
  return r
}
