import type { Text } from '../../domain/text.ts'
import type { Method } from '../../server/route.ts'
import type { AnswerOf, ArgsOf, RouteOf, UrlsOf } from './types.ts'

/** A refusal of the server, in both languages; `details` are rows such as a ledger's bad cells. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly text: Text
  readonly details: readonly unknown[]
  constructor(status: number, code: string, text: Text, details: readonly unknown[]) {
    super(text.en)
    this.status = status
    this.code = code
    this.text = text
    this.details = details
  }
}

type Values = Readonly<Record<string, unknown>>
export type Args = { readonly params?: Values; readonly query?: Values; readonly body?: unknown }

/** The address with its parameters filled in; lists are separated by commas, empty values left out. */
export function addressOf(url: string, { params = {}, query = {} }: Args): string {
  const path = url.replace(/:(\w+)/g, (_hole, name: string) => encodeURIComponent(String(params[name] ?? '')))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) continue
    search.set(key, Array.isArray(value) ? value.join(',') : String(value))
  }
  return search.size === 0 ? path : `${path}?${search}`
}

/** Asks the server; a body that is FormData or a Blob goes as it is, all else as JSON. */
export async function ask(method: Method, url: string, args: Args, signal?: AbortSignal): Promise<unknown> {
  const raw = args.body instanceof FormData || args.body instanceof Blob
  const response = await fetch(addressOf(url, args), {
    method,
    credentials: 'same-origin',
    ...(signal === undefined ? {} : { signal }),
    ...(args.body === undefined ? {} : raw ? { body: args.body as BodyInit } : { body: JSON.stringify(args.body), headers: { 'content-type': 'application/json' } }),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError(0, 'unreachable', { zh: '连接不上服务器,请检查网络后重试', en: 'the server cannot be reached; check the network and try again' }, [])
  })
  const type = response.headers.get('content-type') ?? ''
  const answer: unknown = type.includes('json') ? await response.json() : null
  if (response.ok) return answer
  const error = (answer as { error?: { code: string; message: Text; details: unknown[] } } | null)?.error
  throw new ApiError(response.status, error?.code ?? 'failed', error?.message ?? { zh: `服务器返回 ${response.status}`, en: `the server answered ${response.status}` }, error?.details ?? [])
}

type Rest<A> = Record<string, never> extends A ? [args?: A, signal?: AbortSignal] : [args: A, signal?: AbortSignal]

export function get<U extends UrlsOf<'GET'>>(url: U, ...[args, signal]: Rest<ArgsOf<RouteOf<'GET', U>>>): Promise<AnswerOf<RouteOf<'GET', U>>> {
  return ask('GET', url, (args ?? {}) as Args, signal) as never
}
export function post<U extends UrlsOf<'POST'>>(url: U, ...[args, signal]: Rest<ArgsOf<RouteOf<'POST', U>>>): Promise<AnswerOf<RouteOf<'POST', U>>> {
  return ask('POST', url, (args ?? {}) as Args, signal) as never
}
export function put<U extends UrlsOf<'PUT'>>(url: U, ...[args, signal]: Rest<ArgsOf<RouteOf<'PUT', U>>>): Promise<AnswerOf<RouteOf<'PUT', U>>> {
  return ask('PUT', url, (args ?? {}) as Args, signal) as never
}
export function remove<U extends UrlsOf<'DELETE'>>(url: U, ...[args, signal]: Rest<ArgsOf<RouteOf<'DELETE', U>>>): Promise<AnswerOf<RouteOf<'DELETE', U>>> {
  return ask('DELETE', url, (args ?? {}) as Args, signal) as never
}
