import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

export type Answering = { readonly port: number; close(): Promise<void> }

/** One server on every loopback address: a site is an address of its own, told apart by the Host header. */
export async function everySite(answer: RequestListener): Promise<Answering> {
  const sockets = new Set<Socket>()
  const server = createServer(answer)
  server.on('connection', (s) => {
    sockets.add(s)
    s.on('close', () => sockets.delete(s))
  })
  await new Promise<void>((done) => server.listen(0, '0.0.0.0', done))
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((done) => {
      for (const s of sockets) s.destroy()
      server.close(() => done())
    }),
  }
}

export const hostOf = (n: number): string => `127.80.${Math.floor(n / 200)}.${1 + (n % 200)}`

export type TestProxy = {
  readonly url: string
  /** What was asked to be connected to, in order, and with which login. */
  readonly asked: string[]
  readonly logins: (string | undefined)[]
  /** Where a connection leads; null: 502, 'refuse': 403. */
  route: (target: string) => { host: string; port: number } | null | 'refuse'
  close(): Promise<void>
}

/** An HTTP proxy on loopback that knows CONNECT. By default it leads where it is told. */
export async function proxy(): Promise<TestProxy> {
  const sockets = new Set<{ destroy(): void }>()
  const server = createServer((_req, res) => void res.writeHead(405).end())
  const it: TestProxy = {
    url: '', asked: [], logins: [],
    route: (target) => ({ host: target.slice(0, target.lastIndexOf(':')), port: Number(target.slice(target.lastIndexOf(':') + 1)) }),
    close: () => new Promise((done) => {
      for (const s of sockets) s.destroy()
      server.close(() => done())
    }),
  }
  server.on('connection', (s) => sockets.add(s))
  server.on('connect', (req, client, head) => {
    const target = req.url ?? ''
    it.asked.push(target)
    it.logins.push(req.headers['proxy-authorization'])
    const to = it.route(target)
    client.on('error', () => client.destroy())
    if (to === null || to === 'refuse') return void client.end(`HTTP/1.1 ${to === null ? '502 Bad Gateway' : '403 Forbidden'}\r\n\r\n`)
    const up = connect(to.port, to.host, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      if (head.length > 0) up.write(head)
      up.pipe(client).pipe(up)
    })
    sockets.add(up)
    up.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'))
    up.on('close', () => client.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  Object.assign(it, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  return it
}

/** A port on loopback that nothing listens on. */
export async function deadPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

