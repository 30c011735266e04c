import { connect, isIP } from 'node:net'
import type { Socket } from 'node:net'
import { bareHost } from './guard.ts'
import type { Guard } from './guard.ts'

const PATIENCE_MS = 10_000

/**
 * TCP connections for what is not HTTP (mail), to judged addresses only: literal ones are judged before, names by the
 * lookup that the socket itself uses. Rejects with AddressDenied, a network error, or `ETIMEDOUT` after 10 s.
 */
export function guardedSocket(guard: Guard): (host: string, port: number) => Promise<Socket> {
  return async (host, port) => {
    const bare = bareHost(host)
    if (isIP(bare) !== 0) guard.checkAddress(bare)
    return new Promise((done, fail) => {
      const socket = connect({ host: bare, port, lookup: guard.lookup })
      const late = setTimeout(() => socket.destroy(Object.assign(new Error(`no connection to ${host} in time`), { code: 'ETIMEDOUT' })), PATIENCE_MS)
      // Kept: an error before its new owner listens ends the socket, not the process.
      socket.on('error', (error) => {
        clearTimeout(late)
        fail(error)
      })
      socket.once('connect', () => {
        clearTimeout(late)
        done(socket)
      })
    })
  }
}
