import { createSocket } from 'node:dgram'
import type { Socket as Udp } from 'node:dgram'
import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/**
 * A service on loopback, on 127.0.0.1 and ::1 at one port, TCP and UDP, that counts whatever reaches it: the private service that
 * nothing may lead to. It answers HTTP, so that where it is opened a caller goes on as with any site.
 */
export type Trap = {
  readonly port: number
  /** TCP connections and datagrams so far. */
  readonly touched: number
  /** Paths asked for, in order. */
  readonly paths: string[]
  /** What it answers; by default a small page. */
  answer: (req: IncomingMessage) => { type?: string; body: string | Buffer }
  reset(): void
  close(): Promise<void>
}

export async function trap(): Promise<Trap> {
  const closing: (() => Promise<void>)[] = []
  const sockets = new Set<Socket>()
  const it = {
    port: 0, touched: 0, paths: [] as string[],
    answer: (_req: IncomingMessage): { type?: string; body: string | Buffer } => ({ body: '<!DOCTYPE html><title>private</title><p>private' }),
    reset: () => {
      it.touched = 0
      it.paths.length = 0
    },
    close: async () => {
      for (const s of sockets) s.destroy()
      await Promise.all(closing.map((end) => end()))
    },
  }
  const http = (): Server => createServer((req, res) => {
    it.paths.push(req.url ?? '')
    req.resume()
    const { type = 'text/html; charset=utf-8', body } = it.answer(req)
    res.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' }).end(body)
  }).on('connection', (socket: Socket) => {
    it.touched += 1
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
  })
  const tcp = (host: string, port: number): Promise<number> => new Promise((done, fail) => {
    const server = http()
    server.once('error', fail).listen(port, host, () => {
      closing.push(() => new Promise((end) => server.close(() => end())))
      done((server.address() as AddressInfo).port)
    })
  })
  const udp = (host: string, port: number): Promise<void> => new Promise((done, fail) => {
    const socket: Udp = createSocket(host === '::1' ? 'udp6' : 'udp4')
    socket.on('message', () => (it.touched += 1)).once('error', fail).bind(port, host, () => {
      closing.push(() => new Promise((end) => void socket.close(() => end())))
      done()
    })
  })
  // A port free on one address may be taken on the other.
  for (let tries = 0; ; tries += 1) {
    it.port = await tcp('127.0.0.1', 0)
    try {
      await tcp('::1', it.port)
      await udp('127.0.0.1', it.port)
      await udp('::1', it.port)
      return it
    } catch (error) {
      await it.close()
      closing.length = 0
      if (tries >= 20) throw error
    }
  }
}
