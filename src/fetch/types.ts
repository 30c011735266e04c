import type { Outcome } from '../domain/outcome.ts'
import type { Jar } from './cookies.ts'
import type { PacingPolicy } from './pacing.ts'

/** Milliseconds each phase may take. */
export type Timeouts = {
  /** Until the connection (name, TCP, TLS) stands. Default 10 s; one value a fetcher, not a request. */
  readonly connect: number
  /** From the request until its headers are complete. Default 30 s. */
  readonly headers: number
  /** Between two pieces of the body. Default 15 s. */
  readonly body: number
  /** Everything, redirects included, waiting for a slot excluded. Default 45 s. */
  readonly total: number
}

export type FetchRequest = {
  readonly url: string
  readonly method?: 'GET' | 'HEAD' | 'POST'
  /** Sent as `application/x-www-form-urlencoded` unless `headers` say otherwise. */
  readonly body?: string
  /** Lower-case names. Authorization and cookie are dropped when a redirect leaves the origin. */
  readonly headers?: Readonly<Record<string, string>>
  /** Validators of what we hold, and the address they belong to (by default `url`): a 304 counts only for that. */
  readonly etag?: string | null
  readonly lastModified?: string | null
  readonly validatedUrl?: string | null
  /** Largest body after decompression, in bytes. */
  readonly maxBytes?: number
  /** The first `maxBytes` are wanted even of a body announced as larger (attachments, robots.txt); `too_large` still says there was more. */
  readonly prefix?: boolean
  readonly timeouts?: Partial<Omit<Timeouts, 'connect'>>
  readonly accept?: string
  /** Cookies of this visit; without one, cookies live for this request and its redirects only. */
  readonly jar?: Jar
  /** Redirects followed at most; default 5, 0 gives the redirect itself. */
  readonly maxRedirects?: number
  /** After TLS trouble at an https address try http once. Default true for GET and HEAD. */
  readonly httpFallback?: boolean
  /** Ends the request, the waiting for a slot included. */
  readonly signal?: AbortSignal
  /** Whose site it is, for the caps of an organisation. */
  readonly organisation?: string | number
  /** What differs from the fetcher's pacing for this request (a crawl delay, an organisation's own sites). */
  readonly pacing?: Partial<PacingPolicy>
}

export type FetchResult = {
  readonly outcome: Outcome
  /** Of the last answer; null when there was none. */
  readonly status: number | null
  /** The address that gave the last answer or failed to. */
  readonly url: string
  /** Every hop that led there, the first address first; empty without redirects. */
  readonly redirects: readonly Redirect[]
  /** Lower-case names; several of one name joined by ", ", cookies by a line feed. */
  readonly headers: Readonly<Record<string, string>>
  /** Decompressed, at most `maxBytes`. */
  readonly bytes: Uint8Array
  /** The body is not whole: cut short on the way or at our limit. */
  readonly truncated: boolean
  /** Milliseconds from the first byte sent to the last received, redirects included, waiting for a slot excluded. */
  readonly ms: number
  /** Milliseconds waited for a slot. */
  readonly waitedMs: number
  readonly remoteAddress: string | null
  readonly notModified: boolean
  /** The https address failed with this, and http was read in its place: what is absent there proves nothing. */
  readonly tlsTrouble?: string
  /** What went wrong, technically and in one line. */
  readonly error?: string
}

export type Redirect = { readonly url: string; readonly status: number; readonly location: string }

export type Fetcher = {
  /** Never rejects: what went wrong is in the outcome. */
  fetch(request: FetchRequest): Promise<FetchResult>
  /** The whole User-Agent that is sent. */
  readonly userAgent: string
  close(): Promise<void>
}
