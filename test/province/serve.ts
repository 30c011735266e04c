import { createServer } from 'node:http'
import { createServer as createNetServer } from 'node:net'
import type { Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:https'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { respond } from './cms/site.ts'
import { CERTIFICATES } from './functions/certificates.ts'
import type { CertificateName } from './functions/certificates.ts'
import { functionsOf } from './functions/plan.ts'
import { respondFeed } from './feeds.ts'
import { servePlatforms } from '../platforms/shared.ts'
import type { ServedPlatforms } from '../platforms/shared.ts'
import { refresh } from './make.ts'
import { platformHandlers } from './platforms.ts'
import { text } from './reply.ts'
import type { Asked, Reply } from './reply.ts'
import { noon } from './streams.ts'
import type { Province } from './types.ts'

const CANARY_HOSTS = ['127.61.0.1', '127.61.0.2'] as const

export type Served = {
  readonly port: number
  /** Requests answered, by host. */
  readonly requests: ReadonlyMap<string, number>
  /** Host of each new-media platform to the base address of its double: for the adapters' configuration. */
  readonly bases: Readonly<Record<string, string>>
  close(): Promise<void>
}

export type ServeOptions = {
  readonly port?: number
  /** The province's clock: what is published, what the clocks show. */
  readonly now: () => Date
  /** How long a slow home page waits before its first byte. */
  readonly slowMs?: number
  /** How long a slow page behind a function waits. */
  readonly functionMs?: number
}

type Waits = { readonly slowMs: number; readonly functionMs: number }

/** What is closed at the end, whatever it speaks. */
type Listening = Pick<Server, 'close' | 'closeAllConnections' | 'address' | 'once' | 'off' | 'listen'>

type Answer = (asked: Asked) => Reply

function listen(host: string, port: number, answer: Answer, waits: Waits, count: () => void, certificate: CertificateName | null): Promise<Listening> {
  const plain = createServer((req, res) => void handle(req, res, answer, waits, count))
  const server = certificate === null ? plain : bothWays(plain, CERTIFICATES[certificate])
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve(server)
    })
  })
}

/** The first byte of a TLS record that opens a handshake (RFC 8446, 5.1). */
const HANDSHAKE = 22

/** One port for both: whoever begins with a handshake is spoken to over TLS. */
function bothWays(plain: Server, pair: { readonly key: string; readonly cert: string }): Listening {
  const secure = createTlsServer(pair, (req, res) => plain.emit('request', req, res))
  const sockets = new Set<Socket>()
  const door = createNetServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.once('error', () => socket.destroy())
    socket.once('data', (first: Buffer) => {
      socket.pause()
      socket.unshift(first)
      const to = first[0] === HANDSHAKE ? secure : plain
      to.emit('connection', socket)
      process.nextTick(() => socket.resume())
    })
  })
  return Object.assign(door, { closeAllConnections: () => { for (const socket of sockets) socket.destroy() } }) as unknown as Listening
}

async function handle(req: IncomingMessage, res: ServerResponse, answer: Answer, waits: Waits, count: () => void): Promise<void> {
  count()
  const chunks: Buffer[] = []
  try {
    for await (const chunk of req) chunks.push(chunk as Buffer)
  } catch {
    return // the asker went away
  }
  const url = new URL(req.url ?? '/', 'http://host')
  const headers = Object.fromEntries(Object.entries(req.headers).map(([k, v]) => [k, Array.isArray(v) ? v.join(', ') : v]))
  const reply = answer({ method: req.method ?? 'GET', path: url.pathname, query: url.searchParams, headers, body: Buffer.concat(chunks).toString('utf8') })
  if (reply.slow === undefined) return send(req, res, reply)
  const timer = setTimeout(() => send(req, res, reply), reply.slow === 'function' ? waits.functionMs : waits.slowMs)
  res.once('close', () => clearTimeout(timer))
}

function send(req: IncomingMessage, res: ServerResponse, reply: Reply): void {
  const missing = reply.missing ?? 0
  res.writeHead(reply.status, { ...reply.headers, ...(reply.status === 304 ? {} : { 'content-length': reply.body.length + missing }) })
  if (req.method === 'HEAD') return void res.end()
  if (missing === 0) return void res.end(reply.body)
  res.write(reply.body, () => res.destroy())
}

/**
 * Serves every website and feed of the province, each on its own loopback address, all on one port; where a site refuses,
 * nothing listens; and the platforms on which its accounts live. Fills in the addresses, the canaries and the truth as of `now`.
 */
export async function serveProvince(province: Province, { port = 0, now, slowMs = 16_000, functionMs = 600 }: ServeOptions): Promise<Served> {
  const requests = new Map<string, number>()
  const answers = new Map<string, Answer>()
  for (const host of CANARY_HOSTS) answers.set(host, () => text('ok\n', 'text/plain'))
  for (const { site, feed } of province.channels) {
    if (site !== null && !site.traps.includes('refused')) answers.set(site.host, (asked) => respond(site, asked, now()))
    if (feed !== null) answers.set(feed.host, (asked) => respondFeed(feed, asked.path, now()))
  }
  const secure = new Map(province.channels.flatMap(({ site }) => (site === null ? [] : [[site.host, functionsOf(site).tls] as const])))
  const servers: Listening[] = []
  let platforms: ServedPlatforms | null = null
  const close = async (): Promise<void> => {
    await platforms?.close()
    await Promise.all(servers.map((s) => new Promise<void>((resolve) => {
      s.close(() => resolve())
      s.closeAllConnections()
    })))
  }
  try {
    for (const [host, answer] of answers) {
      const server = await listen(host, province.port === 0 && servers.length === 0 ? port : province.port, answer, { slowMs, functionMs }, () => void requests.set(host, (requests.get(host) ?? 0) + 1), secure.get(host) ?? null)
      servers.push(server)
      province.port = (server.address() as AddressInfo).port
    }
    platforms = await servePlatforms(platformHandlers(province, now), { port: province.port })
  } catch (error) {
    await close()
    province.port = 0
    throw error
  }
  addressAll(province)
  refresh(province, now(), noon(province.today))
  return { port: province.port, requests, bases: platforms.bases, close }
}

function addressAll(province: Province): void {
  province.canaries = CANARY_HOSTS.map((h) => `http://${h}:${province.port}/`)
  for (const channel of province.channels) {
    if (channel.site !== null) channel.address = `http://${channel.site.host}:${province.port}/`
    if (channel.feed !== null) channel.address = `http://${channel.feed.host}:${province.port}/feed`
  }
}
