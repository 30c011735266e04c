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
