import { request } from 'node:http'
import { isIP } from 'node:net'
import type { Socket } from 'node:net'
import type { buildConnector } from 'undici'
import { AddressDenied, bareHost } from './guard.ts'
import type { Guard } from './guard.ts'

/** Another way out: an HTTP proxy of the operator's in another network. */
export type Exit = {
  /** `http://[user:password@]host:port`. */
  readonly url: string
  /**
   * May this name be handed to the proxy as it is, where our own name servers do not know it? Names known here are handed over
   * as the address that the guard has judged, so that nothing is left to the proxy's own names.
   */
  readonly handOver?: (host: string) => boolean
}

/** The way out itself failed: that says nothing of any site. */
export class ExitTrouble extends Error {
  override readonly name = 'ExitTrouble'
  readonly code = 'ERR_EXIT'
}

/** Last labels that mean a private network to whoever resolves them (RFC 6761, 6762, 8375, 9476; ICANN's collision list). */
const INNER = new Set(['local', 'localhost', 'localdomain', 'internal', 'intranet', 'lan', 'home', 'corp', 'mail', 'private', 'alt', 'onion', 'arpa'])

/** A name of the public tree, by its form: what the proxy's own network might make of any other is not asked. */
function isPublicName(host: string): boolean {
  const labels = host.replace(/\.$/, '').toLowerCase().split('.')
  const last = labels.at(-1) ?? ''
  return labels.length > 1 && labels.every((l) => /^[a-z0-9_-]{1,63}$/.test(l)) && /^(?:[a-z]{2,}|xn--[a-z0-9-]+)$/.test(last) && !INNER.has(last)
}

/** What proxies answer where they could not connect: that is what was seen from there. */
const UNREACHED = new Set([502, 503, 504])

/** Connections by CONNECT through the proxy, to judged addresses only; TLS is ours, end to end. */
export function throughExit(guard: Guard, exit: Exit, tls: buildConnector.connector, timeout: number): buildConnector.connector {
  const proxy = new URL(exit.url)
  const login = proxy.username === '' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(`${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`).toString('base64')}` }

  const judged = async (host: string): Promise<string> => {
    try {
      return (await guard.resolve(host))[0] ?? host
    } catch (error) {
      if (error instanceof AddressDenied || !isPublicName(host) || exit.handOver?.(host) !== true) throw error
      return host
    }
  }
  const tunnel = (target: string): Promise<Socket> => new Promise((done, fail) => {
    const going = request({ host: bareHost(proxy.hostname), port: proxy.port === '' ? 80 : Number(proxy.port), method: 'CONNECT', path: target, headers: { host: target, ...login }, agent: false })
    const late = setTimeout(() => going.destroy(Object.assign(new Error('no connection through the proxy in time'), { code: 'ETIMEDOUT' })), timeout)
    let connected = false
    going.on('socket', (socket) => socket.once('connect', () => { connected = true }))
    going.on('connect', (answer, socket) => {
      clearTimeout(late)
      if (answer.statusCode === 200) return done(socket)
      socket.destroy()
      fail(UNREACHED.has(answer.statusCode ?? 0) ? new Error(`the proxy could not connect (${answer.statusCode})`) : new ExitTrouble(`the proxy refused (${answer.statusCode})`))
    })
    going.on('response', (answer) => {
      clearTimeout(late)
      answer.destroy()
      fail(UNREACHED.has(answer.statusCode ?? 0) ? new Error(`the proxy could not connect (${answer.statusCode})`) : new ExitTrouble(`the proxy refused (${answer.statusCode})`))
    })
    going.on('error', (error) => {
      clearTimeout(late)
      fail(connected ? error : new ExitTrouble(`the proxy cannot be reached: ${error.message}`))
    })
    going.end()
  })

  return (wanted, done) => {
    const host = bareHost(wanted.hostname)
    const port = wanted.port === '' ? (wanted.protocol === 'https:' ? 443 : 80) : Number(wanted.port)
    const connect = async (): Promise<Socket> => {
      const address = await judged(host)
      return tunnel(`${isIP(address) === 6 ? `[${address}]` : address}:${port}`)
    }
    const answer = async (): Promise<() => void> => {
      try {
        const socket = await connect()
        return () => (wanted.protocol === 'https:' ? tls({ ...wanted, httpSocket: socket }, done) : done(null, socket))
      } catch (error) {
        return () => done(error as Error, null)
      }
    }
    void answer().then((say) => say())
  }
}
