import type { z } from 'zod'
import type { ApiRoute } from '../../server/api/index.ts'
import type { Method } from '../../server/route.ts'

/** The route behind a method and an address; the API's own declaration is the only source of these types. */
export type RouteOf<M extends Method, U extends string> = Extract<ApiRoute, { method: M; url: U }>
export type UrlsOf<M extends Method> = Extract<ApiRoute, { method: M }>['url']

type Input<S> = S extends z.ZodType ? z.input<S> : never
type Slot<Name extends string, S> = [S] extends [never] ? unknown : [S] extends [z.ZodType] ? (Record<string, never> extends Input<S> ? { [K in Name]?: Input<S> } : { [K in Name]: Input<S> }) : unknown

/** What a call must bring: path parameters, query and body, as the route declares them. */
export type ArgsOf<R> = R extends { params?: infer P; query?: infer Q; body?: infer B }
  ? Slot<'params', Exclude<P, undefined>> & Slot<'query', Exclude<Q, undefined>> & Slot<'body', Exclude<B, undefined>>
  : never
export type AnswerOf<R> = R extends { answer: infer A } ? (A extends z.ZodType ? z.output<A> : never) : never
