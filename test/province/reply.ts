import { encodeGb18030 } from './gb18030.ts'
import { hex } from './random.ts'

/** What a server of the province was asked. Header names in lower case. */
export type Asked = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

/** What it answers, as data: the server carries it out. */
export type Reply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Waits before the first byte: as long as the server's `slowMs`, or, for a page behind a function, its `functionMs`. */
  readonly slow?: true | 'function'
  /** Bytes that Content-Length promises beyond the body; the connection is then cut. */
  readonly missing?: number
}

export type PageOptions = {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly charset?: 'utf-8' | 'gb18030'
  /** The whole Content-Type; by default it names the charset. */
  readonly contentType?: string
  readonly lastModified?: Date
}

/** An HTML page. */
export function page(html: string, options: PageOptions = {}): Reply {
  const charset = options.charset ?? 'utf-8'
  const body = charset === 'utf-8' ? Buffer.from(html, 'utf8') : encodeGb18030(html)
  const headers: Record<string, string> = {
    'content-type': options.contentType ?? `text/html; charset=${charset}`,
    ...(options.lastModified === undefined ? {} : { 'last-modified': options.lastModified.toUTCString(), etag: `"${hex(16, html)}"` }),
    ...options.headers,
  }
  return { status: options.status ?? 200, headers, body }
}

export function json(value: unknown, contentType = 'application/json; charset=utf-8'): Reply {
  return { status: 200, headers: { 'content-type': contentType }, body: Buffer.from(JSON.stringify(value), 'utf8') }
}

export function text(value: string, contentType: string, status = 200): Reply {
  return { status, headers: { 'content-type': contentType }, body: Buffer.from(value, 'utf8') }
}

export function redirect(to: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 302, headers: { location: to, ...headers }, body: Buffer.alloc(0) }
}

/** The answer to a conditional request: 304 where the page is as the asker has it. */
export function conditional(asked: Asked, reply: Reply): Reply {
  const etag = reply.headers['etag']
  const modified = reply.headers['last-modified']
  if (reply.status !== 200 || etag === undefined || modified === undefined) return reply
  const none = asked.headers['if-none-match']
  const since = asked.headers['if-modified-since']
  const same = none === undefined ? since !== undefined && Date.parse(since) >= Date.parse(modified) : none === etag
  return same ? { status: 304, headers: { etag, 'last-modified': modified }, body: Buffer.alloc(0) } : reply
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export function escape(s: string): string {
  return s.replace(/[&<>"]/g, (c) => ENTITIES[c] ?? c)
}
