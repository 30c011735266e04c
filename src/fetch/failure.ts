import type { Outcome } from '../domain/outcome.ts'

export type Failure = { readonly outcome: Outcome; readonly error: string }

/** Ends a request that took longer than it may. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong'
}

const BY_CODE: Readonly<Record<string, Outcome>> = {
  ERR_ADDRESS_DENIED: 'address_denied',
  ERR_HOST_RESTING: 'rate_limited',
  ERR_NO_SLOT: 'own_fault',
  ERR_EXIT: 'own_fault',
  ERR_TOO_MUCH: 'too_large',
  ENOTFOUND: 'dns', ENODATA: 'dns', EAI_AGAIN: 'dns', EAI_NODATA: 'dns', EAI_FAIL: 'dns', EAI_NONAME: 'dns',
  ESERVFAIL: 'dns', EREFUSED: 'dns', ETIMEOUT: 'dns', EBADNAME: 'dns', EBADRESP: 'dns', EFORMERR: 'dns', ENONAME: 'dns',
  ECONNREFUSED: 'refused',
  UND_ERR_CONNECT_TIMEOUT: 'timeout', UND_ERR_HEADERS_TIMEOUT: 'timeout', UND_ERR_BODY_TIMEOUT: 'timeout', ETIMEDOUT: 'timeout',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'truncated',
  EPROTO: 'tls', CERT_HAS_EXPIRED: 'tls', CERT_NOT_YET_VALID: 'tls', DEPTH_ZERO_SELF_SIGNED_CERT: 'tls', SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls', UNABLE_TO_GET_ISSUER_CERT: 'tls', UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls', CERT_SIGNATURE_FAILURE: 'tls',
  CERT_REVOKED: 'tls', CERT_UNTRUSTED: 'tls', CERT_REJECTED: 'tls', INVALID_PURPOSE: 'tls', INVALID_CA: 'tls', HOSTNAME_MISMATCH: 'tls', EE_KEY_TOO_SMALL: 'tls',
}

/** What an error of the network means for what was observed. None of these ever counts against a channel. */
export function failureOf(error: unknown): Failure {
  if (error instanceof TookTooLong) return { outcome: 'timeout', error: error.message }
  const e = error as { code?: unknown; message?: unknown; errors?: unknown; cause?: unknown }
  const code = typeof e.code === 'string' ? e.code : ''
  const message = oneLine(code !== '' && !String(e.message).includes(code) ? `${code}: ${String(e.message)}` : String(e.message ?? error))
  const outcome = BY_CODE[code] ?? (/^ERR_(SSL|TLS|OSSL)/.test(code) ? 'tls' : undefined)
  if (outcome !== undefined) return { outcome, error: message }
  // Several addresses were tried and each failed its own way: the first speaks.
  const inner = Array.isArray(e.errors) ? (e.errors[0] as unknown) : e.cause
  if (inner instanceof Error) return failureOf(inner)
  return { outcome: 'network', error: message }
}

function oneLine(s: string): string {
  return s.replace(/\s+/g, ' ').trim().slice(0, 300)
}
