import { constants } from 'node:crypto'
import { isIP } from 'node:net'
import { rootCertificates } from 'node:tls'
import { Agent, buildConnector } from 'undici'
import { throughExit } from './exit.ts'
import type { Exit } from './exit.ts'
import type { Guard } from './guard.ts'
import { bareHost } from './guard.ts'
import { metered } from './metered.ts'

/**
 * Old government servers speak TLS 1.0, weak keys or legacy renegotiation, which browsers' readers still reach. What is
 * read is public and nothing secret is sent, so old protocols are accepted (the newest both know is used); the
 * certificate itself must hold.
 */
const OLD_SERVERS = {
  minVersion: 'TLSv1',
  ciphers: 'DEFAULT@SECLEVEL=0',
  secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
} as const

export type GuardedAgent = {
  readonly agent: Agent
  /** The address a host was last connected at. */
  addressOf(hostname: string): string | null
}

/**
 * Keep-alive connections that can only lead where the guard allows: literal addresses are checked before connecting,
 * names by the lookup that the socket itself uses, and the peer once more when connected. Idle ones close by themselves.
 */
export function guardedAgent(guard: Guard, options: { connectTimeout: number; connections: number; idle: number; ca: readonly string[]; mostOnWire: number; exit?: Exit }): GuardedAgent {
  const peers = new Map<string, string>()
  const plain = buildConnector({
    ...OLD_SERVERS, lookup: guard.lookup, timeout: options.connectTimeout, allowH2: false, maxCachedSessions: 1000, autoSelectFamily: true,
    ...(options.ca.length === 0 ? {} : { ca: [...rootCertificates, ...options.ca] }),
  })
  const direct: buildConnector.connector = (target, done) => {
    const host = bareHost(target.hostname)
    try {
      if (isIP(host) !== 0) guard.checkAddress(host)
    } catch (error) {
      done(error as Error, null)
      return
    }
    plain(target, (error, socket) => {
      if (error !== null) {
        done(error, null)
        return
      }
      const peer = socket.remoteAddress ?? ''
      try {
        guard.checkAddress(peer)
      } catch (denied) {
        socket.destroy()
        done(denied as Error, null)
        return
      }
      if (peers.size >= 10_000) peers.clear()
      peers.set(host, peer)
      done(null, socket)
    })
  }
  const way = options.exit === undefined ? direct : throughExit(guard, options.exit, plain, options.connectTimeout)
  const connect: buildConnector.connector = (target, done) => way(target, (error, socket) => {
    if (error !== null) done(error, null)
    else done(null, metered(socket, options.mostOnWire))
  })
  const agent = new Agent({
    connect, connections: options.connections, allowH2: false, pipelining: 1,
    keepAliveTimeout: options.idle, keepAliveMaxTimeout: options.idle * 2, maxHeaderSize: 65_536,
  })
  return { agent, addressOf: (hostname) => peers.get(bareHost(hostname)) ?? null }
}
