import { createServer as createHttp } from 'node:http'
import type { IncomingMessage, RequestListener, Server as HttpServer } from 'node:http'
import { createServer as createTcp } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer as createTls } from 'node:https'

export type Site = { readonly url: string; readonly port: number; readonly requests: IncomingMessage[]; connections: number; close(): Promise<void> }

/** A real HTTP server on loopback that remembers who called. */
export function site(handler: RequestListener, options: { tls?: { key: string; cert: string; maxVersion?: 'TLSv1' }; host?: string } = {}): Promise<Site> {
  const requests: IncomingMessage[] = []
  const listener: RequestListener = (req, res) => {
    requests.push(req)
    handler(req, res)
  }
  const server: HttpServer = options.tls === undefined
    ? createHttp(listener)
    : createTls({ ...options.tls, ...(options.tls.maxVersion ? { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } : {}) }, listener) as unknown as HttpServer
  return listen(server, requests, options.tls === undefined ? 'http' : 'https', options.host)
}

/** A TCP server that speaks what it is told, byte by byte. */
export function tcp(speak: (socket: Socket) => void): Promise<Site> {
  return listen(createTcp((socket) => {
    socket.on('error', () => undefined)
    speak(socket)
  }), [], 'http')
}

function listen(server: Server, requests: IncomingMessage[], scheme: string, host = '127.0.0.1'): Promise<Site> {
  const sockets = new Set<Socket>()
  const it = { url: '', port: 0, requests, connections: 0, close: () => new Promise<void>((done) => {
    for (const s of sockets) s.destroy()
    server.close(() => done())
  }) }
  server.on('connection', (socket: Socket) => {
    it.connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  return new Promise((done) => server.listen(0, host, () => {
    it.port = (server.address() as AddressInfo).port
    it.url = `${scheme}://${host}:${it.port}`
    done(it)
  }))
}
