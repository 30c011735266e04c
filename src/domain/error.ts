import type { Text } from './text.ts'

/** The handful of things that can go wrong for a caller; each has one exit code and one HTTP status. */
export const ERROR_CODES = {
  bad_input: { exit: 2, http: 400 },
  not_found: { exit: 3, http: 404 },
  conflict: { exit: 4, http: 409 },
  forbidden: { exit: 5, http: 403 },
  unavailable: { exit: 6, http: 503 },
} as const

export type ErrorCode = keyof typeof ERROR_CODES

/**
 * The one error a service throws on purpose: what went wrong, in both languages, and what to do about it.
 * `details` holds machine-readable rows (a ledger's bad cells, for one).
 */
export class HuoshuiError extends Error {
  override readonly name = 'HuoshuiError'
  readonly code: ErrorCode
  readonly text: Text
  readonly details: readonly unknown[]

  constructor(code: ErrorCode, text: Text, options: { details?: readonly unknown[]; cause?: unknown } = {}) {
    super(text.en, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.text = text
    this.details = options.details ?? []
  }
}

/** What the database's driver adds to a failed statement: the values that were sent with it, to the end of its message. */
const PARAMS = /\nparams: [\s\S]*/

/**
 * An error in words and with its place, without the values that a failed statement was sent: they hold sessions' tokens,
 * digests and what people wrote, and belong in no log.
 */
export function plainError(error: unknown): { readonly message: string; readonly stack: string } {
  if (!(error instanceof Error)) return { message: String(error), stack: '' }
  const { cause } = error
  const own = error.message.replace(PARAMS, '')
  const why = cause instanceof Error && own !== error.message ? `: ${plainError(cause).message}` : ''
  const stack = error.stack ?? ''
  // A stack repeats the message in full; what stands above the first frame after it is left out.
  const frames = stack.startsWith(`${error.name}: ${error.message}`) ? stack.slice(`${error.name}: ${error.message}`.length) : stack.slice(Math.max(0, stack.indexOf(error.message)) + error.message.length)
  return { message: `${own}${why}`, stack: `${error.name}: ${own}${why}${frames}` }
}

/** A line of the log without such values. */
export function plainText(text: string): string {
  return text.replace(PARAMS, '')
}
