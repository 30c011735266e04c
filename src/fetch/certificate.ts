import { Resolver } from 'node:dns/promises'
import { connect } from 'node:tls'
import type { Guard } from './guard.ts'

const PATIENCE_MS = 10_000

/**
 * The end of validity of the certificate that a host shows, whether or not it verifies; null where none was shown. The
 * connection is guarded like every other and closed as soon as the certificate is known.
 */
export async function peekCertificate(guard: Guard, host: string, port: number, signal: AbortSignal): Promise<{ validTo: Date } | null> {
  try {
    guard.checkUrl(`https://${host.includes(':') ? `[${host}]` : host}:${port}/`)
  } catch {
    return null
  }
  return new Promise((resolve) => {
    // It is looked at, not trusted: nothing is sent or read over this connection.
    const socket = connect({ host, port, servername: /^[\d.:]+$/.test(host) ? '' : host, rejectUnauthorized: false, lookup: guard.lookup, timeout: PATIENCE_MS })
    const done = (found: { validTo: Date } | null): void => {
      signal.removeEventListener('abort', stop)
      socket.destroy()
      resolve(found)
    }
    const stop = (): void => done(null)
    signal.addEventListener('abort', stop, { once: true })
    socket.once('secureConnect', () => {
      const at = new Date(socket.getPeerCertificate().valid_to)
      done(Number.isNaN(at.getTime()) ? null : { validTo: at })
    })
    socket.once('timeout', stop)
    socket.once('error', stop)
  })
}

/** IPv6 addresses of a name: empty where it has none, null where that could not be asked. */
export async function ipv6Names(host: string): Promise<readonly string[] | null> {
  try {
    return await new Resolver({ timeout: 3000, tries: 2 }).resolve6(host)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    return code === 'ENODATA' || code === 'ENOTFOUND' ? [] : null
  }
}
