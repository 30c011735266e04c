import type { Outcome } from '../domain/outcome.ts'
import type { PacingPolicy } from './pacing.ts'
import type { Redirect } from './types.ts'

export type RenderRequest = {
  readonly url: string
  /** Milliseconds the whole rendering may take, waiting for a page and a slot excluded. Default 45 s. */
  readonly timeout?: number
  /** Milliseconds waited, after the document is there, for scripts to have fetched their lists; three times as long for an answer still on its way. Default 5 s. */
  readonly settle?: number
  /** A selector whose appearance ends the settling. */
  readonly waitFor?: string
  /** A picture of the page, at most 8,000 px high and 2 MB, and a small JPEG of its top. */
  readonly screenshot?: boolean
  /** A picture of the first element that this selector names and that is to be seen, beside that of the page. */
  readonly element?: string
  /** Selectors clicked one after the other before the page is read, at most 5. No form is sent by it. */
  readonly clicks?: readonly string[]
  /** Answers to the page's own requests that are wanted, by address: at most 20 of 1 MB each. */
  readonly capture?: readonly RegExp[]
  /** Largest document read, in characters of HTML. Default 5 million. */
  readonly maxLength?: number
  readonly signal?: AbortSignal
  readonly organisation?: string | number
  readonly pacing?: Partial<PacingPolicy>
}

export type RenderResult = {
  readonly outcome: Outcome
  /** Of the last document of the main frame: a page that passed a challenge by reloading has the later one. */
  readonly status: number | null
  readonly url: string
  readonly redirects: readonly Redirect[]
  /** Headers of that document, lower-case. */
  readonly headers: Readonly<Record<string, string>>
  /** The document as scripts have left it. */
  readonly html: string
  /**
   * The page had drawn what it fetched, and every click asked for was made. Where false, what it shows is true and what it
   * lacks is not known.
   */
  readonly settled: boolean
  /** Frames within it, at most 5, as scripts have left them. */
  readonly frames: readonly { readonly url: string; readonly html: string }[]
  /** PNG, or JPEG where that would be too large. */
  readonly screenshot: Uint8Array | null
  /** JPEG, 320 × 225 pixels, of what a visitor sees first. */
  readonly thumbnail: Uint8Array | null
  readonly element?: Uint8Array | null
  readonly captured: readonly Captured[]
  readonly requests: number
  /** Of them, those by which scripts ask for data (XMLHttpRequest, fetch, JSONP). */
  readonly fetched: number
  /** Scripts, frames and data that did not come, or came as an error: what the page lacks may have been in them. */
  readonly failed: number
  /** Addresses the page asked for and was refused, at most 20. */
  readonly denied: readonly string[]
  readonly ms: number
  readonly waitedMs: number
  readonly error?: string
}

export type Captured = { readonly url: string; readonly status: number; readonly contentType: string; readonly bytes: Uint8Array }
