/**
 * Serves the sites and the platform, and keeps the other side's book of politeness: how many requests each host saw at once, and
 * how far apart they began. Started with its options as JSON; answers `report` with the book and its own cost, `reset` empties it.
 * Pages are made once for some sites and worn by all (each with bytes of its own), so that serving costs little.
 */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createWeibo } from '../../test/platforms/weibo.ts'
import type { WeiboAccount } from '../../test/platforms/weibo.ts'
import { COLUMNS, columnPath, pageAt, random } from '../crawl/sites.ts'
import { latency, PLATFORM, siteAt, temperOf, uidOf } from './sites.ts'
import type { Temper } from './sites.ts'

export type ServeOptions = {
  readonly now: number
  /** Accounts on the platform. */
  readonly accounts: number
  /** Do sites fail and dawdle as drawn? Otherwise all answer well after `latencyMs`. */
  readonly tempers: boolean
  readonly latencyMs?: number
  /** Ports served; a site on a shared host has its own. */
  readonly ports?: number
}

export type Book = {
  readonly requests: number
  readonly hosts: number
  /** Most requests one host had in hand at once. */
  readonly atOnce: number
  /** Milliseconds between two requests' beginnings at one host: least, and the 1st and 5th of a hundred. */
  readonly leastGap: number
  readonly p1Gap: number
  readonly p5Gap: number
  /** Gaps counted, and the most requests one host saw in any ten seconds. */
  readonly gaps: number
  readonly mostIn10s: number
  readonly cpu: number
}

const MADE = 200
const PATHS = new Set(['/', ...COLUMNS.map((_, c) => columnPath(c))])
const options = JSON.parse(process.argv[2] ?? '{}') as ServeOptions
const made = new Map<string, Buffer>()
for (let i = 0; i < MADE; i++) for (const path of PATHS) made.set(`${i}${path}`, Buffer.from(pageAt(i, path, options.now) ?? ''))

type Seen = { last: number; inHand: number; recent: number[] }
let hosts = new Map<string, Seen>()
let gaps: number[] = []
let requests = 0
let atOnce = 0
let mostIn10s = 0
let cpu = process.cpuUsage()

function enter(host: string, res: ServerResponse): void {
  const now = performance.now()
  requests++
  let seen = hosts.get(host)
  if (seen === undefined) hosts.set(host, seen = { last: Number.NaN, inHand: 0, recent: [] })
  else gaps.push(now - seen.last)
  seen.last = now
  seen.recent.push(now)
  while ((seen.recent[0] ?? now) < now - 10_000) seen.recent.shift()
  mostIn10s = Math.max(mostIn10s, seen.recent.length)
  atOnce = Math.max(atOnce, ++seen.inHand)
  const mine = seen
  res.once('close', () => { mine.inHand-- })
}

function accounts(): Record<string, WeiboAccount> {
  const out: Record<string, WeiboAccount> = {}
  for (let n = 0; n < options.accounts; n++) {
    const age = random(n + 3)() ** 3 * 200
    const posts = Array.from({ length: 8 }, (_, i) => ({ id: String(5_000_000_000_000_000 + n * 10 + i), title: `第${n}号发布第${i}条`, at: new Date(options.now - (age + i * 3) * 86_400_000) }))
    out[uidOf(n)] = { id: uidOf(n), name: `第${n}号发布`, posts }
  }
  return out
}
const weibo = createWeibo({ mode: 'ok', accounts: accounts() })

const HTML = { 'content-type': 'text/html; charset=utf-8' }
const rnd = random(options.now % 1e9)

function answer(temper: Temper, key: string, req: IncomingMessage, res: ServerResponse): void {
  if (res.destroyed) return
  if (temper === 'silent') return
  if (temper === 'reset') return void req.socket.resetAndDestroy()
  if (temper === 'error') return void res.writeHead(502, HTML).end('<h1>502 Bad Gateway</h1>')
  if (temper === 'challenge') return void res.writeHead(412, HTML).end('<html><head><script>var _0x1=["\\x63"];function go(){document.cookie="a=b";location.reload()}</script></head><body onload="go()"></body></html>')
  const site = siteAt(key)
  const path = req.url ?? '/'
  const body = temper === 'gone' ? undefined : made.get(`${((site % MADE) + MADE) % MADE}${path}`)
  if (body === undefined) return void res.writeHead(404, HTML).end('<h1>404 Not Found</h1>')
  const tail = `<!-- ${req.headers.host} -->`
  res.writeHead(200, { ...HTML, 'content-length': body.length + tail.length })
  res.write(body)
  res.end(tail)
}

const serve = (req: IncomingMessage, res: ServerResponse): void => {
  const host = (req.headers.host ?? '').replace(/:\d+$/, '')
  enter(host, res)
  const temper = options.tempers && siteAt(host) >= 0 ? temperOf(siteAt(host)) : 'ok'
  const ms = options.tempers ? latency(temper, rnd) : (options.latencyMs ?? 5)
  setTimeout(() => (host === PLATFORM ? weibo(req, res) : answer(temper, host, req, res)), ms)
}

const ports: number[] = []
for (let i = 0; i < (options.ports ?? 1); i++) {
  const server = createServer(serve)
  server.keepAliveTimeout = 30_000
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
  ports.push((server.address() as AddressInfo).port)
}
process.on('message', (asked) => {
  if (asked === 'reset') {
    hosts = new Map()
    gaps = []
    requests = atOnce = mostIn10s = 0
    cpu = process.cpuUsage()
    return void process.send?.('reset')
  }
  const sorted = Float64Array.from(gaps).sort()
  const at = (share: number): number => sorted[Math.floor(share * sorted.length)] ?? Number.NaN
  const used = process.cpuUsage(cpu)
  process.send?.({ requests, hosts: hosts.size, atOnce, leastGap: at(0), p1Gap: at(0.01), p5Gap: at(0.05), gaps: sorted.length, mostIn10s, cpu: (used.user + used.system) / 1e6 } satisfies Book)
})
process.on('disconnect', () => process.exit(0))
process.send?.({ ports })
