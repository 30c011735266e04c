import { randomUUID } from 'node:crypto'
import { Agent, createServer, request as httpRequest } from 'node:http'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { failureOf } from './failure.ts'
import type { Failure } from './failure.ts'
import { AddressDenied, bareHost } from './guard.ts'
import type { Guard } from './guard.ts'

export type GuardedProxy = {
  /** `http://127.0.0.1:PORT`, for the browser alone. */
  readonly url: string
  /** Why the last connection to this host failed, if it did. */
  failure(host: string): Failure | null
  /** Is this answer the proxy's own word, not the site's? */
  isOurs(headers: Readonly<Record<string, string>>): boolean
  close(): Promise<void>
}

const HOP_BY_HOP = ['connection', 'proxy-connection', 'keep-alive', 'proxy-authorization', 'te', 'trailer', 'upgrade']
const MOST_BYTES = 100_000_000

/**
 * A forward proxy on loopback through which a browser must go, so that every connection a page causes (redirects, frames,
 * images, fetch, WebSocket) is judged by the guard at the moment of connecting, by the address connected to. The browser
 * resolves no name itself, so there is nothing to rebind.
 */
export async function guardedProxy(guard: Guard, options: { connectTimeout?: number } = {}): Promise<GuardedProxy> {
  const connectTimeout = options.connectTimeout ?? 10_000
  const mark = randomUUID()
  const failures = new Map<string, Failure>()
  const sockets = new Set<Duplex>()
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 16, timeout: 60_000 })
  let own = 0

  const track = <S extends Duplex>(socket: S): S => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    return socket
  }
  const failed = (host: string, error: unknown): Failure => {
    const failure = failureOf(error)
    if (failures.size > 1000) failures.clear()
    failures.set(bareHost(host), failure)
    return failure
  }
  /** The address in normal form; the proxy itself is nobody's target, even where loopback is opened. */
  const check = (address: string): URL => {
    const url = guard.checkUrl(address)
    if (Number(url.port) === own && /^(127\.|localhost$|\[)/.test(url.hostname)) throw new AddressDenied('the proxy itself')
    return url
  }

  const plain = (req: IncomingMessage, res: ServerResponse): void => {
    const refuse = (host: string, error: unknown): void => {
      const failure = failed(host, error)
      if (res.headersSent) res.destroy()
      else res.writeHead(failure.outcome === 'address_denied' ? 403 : 502, { 'x-huoshui': mark, 'content-type': 'text/plain' }).end(failure.outcome)
    }
    let url: URL
    try {
      url = check(req.url ?? '')
    } catch (error) {
      refuse(URL.parse(req.url ?? '')?.hostname ?? '', error)
      return
    }
    const host = bareHost(url.hostname)
    const headers: OutgoingHttpHeaders = { ...req.headers }
    for (const name of HOP_BY_HOP) delete headers[name]
    const going = httpRequest({
      agent, host, port: url.port === '' ? 80 : url.port, path: url.pathname + url.search, method: req.method ?? 'GET', headers, lookup: guard.lookup, insecureHTTPParser: true,
    }, (answer) => {
      failures.delete(host)
      let size = 0
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > MOST_BYTES) res.destroy()
      })
      for (const name of HOP_BY_HOP) delete answer.headers[name]
      delete answer.headers['x-huoshui']
      res.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(res)
      answer.on('error', () => res.destroy())
    })
    going.setTimeout(60_000, () => going.destroy(new Error('no answer')))
    going.on('error', (error) => refuse(host, error))
    res.on('close', () => going.destroy())
    req.on('error', () => going.destroy())
    req.pipe(going)
  }

  const tunnel = (req: IncomingMessage, client: Duplex, head: Buffer): void => {
    track(client)
    const refuse = (host: string, error: unknown): void => {
      const failure = failed(host, error)
      client.end(`HTTP/1.1 ${failure.outcome === 'address_denied' ? '403 Forbidden' : '502 Bad Gateway'}\r\nx-huoshui: ${mark}\r\n\r\n`)
    }
    let url: URL
    try {
      url = check(`http://${req.url ?? ''}`)
    } catch (error) {
      refuse(URL.parse(`http://${req.url ?? ''}`)?.hostname ?? '', error)
      return
    }
    const host = bareHost(url.hostname)
    const upstream = track(connect({ host, port: url.port === '' ? 80 : Number(url.port), lookup: guard.lookup }))
    const late = setTimeout(() => upstream.destroy(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' })), connectTimeout)
    let open = false
    upstream.on('connect', () => {
      open = true
      clearTimeout(late)
      failures.delete(host)
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      if (head.length > 0) upstream.write(head)
      upstream.pipe(client).pipe(upstream)
    })
    upstream.on('error', (error) => {
      if (!open) refuse(host, error)
    })
    upstream.on('close', () => {
      clearTimeout(late)
      if (open) client.destroy()
    })
    client.on('close', () => upstream.destroy())
  }

  const server = createServer({ maxHeaderSize: 65_536 }, plain)
  server.on('connection', (socket: Socket) => track(socket))
  server.on('connect', tunnel)
  server.on('clientError', (_error, socket) => socket.destroy())
  server.maxConnections = 512
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', () => done()))
  own = (server.address() as AddressInfo).port

  return {
    url: `http://127.0.0.1:${own}`,
    failure: (host) => failures.get(bareHost(host)) ?? null,
    isOurs: (headers) => headers['x-huoshui'] === mark,
    close: () => new Promise((done) => {
      agent.destroy()
      for (const socket of sockets) socket.destroy()
      server.close(() => done())
    }),
  }
}
