import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cachedResolver, createFetcher, createGuard, createRobots, guardedSocket, memoryPacer, nameServers, probeCanaries } from '../../../src/fetch/index.ts'
import type { Fetcher, FetcherOptions, Guard } from '../../../src/fetch/index.ts'
import { PAIR } from '../certificate.ts'
import { site, tcp } from '../servers.ts'
import type { Site } from '../servers.ts'
import { trap } from './trap.ts'
import type { Trap } from './trap.ts'

/** Sites stand on 127.0.0.9, which is open; what may not be touched stands on 127.0.0.1 and ::1. */
const OPEN = '127.0.0.9'
const SHUT = ['127.0.0.1', '::1'] as const
let private_: Trap
const closing: (() => Promise<void>)[] = []
beforeAll(async () => void (private_ = await trap()))
beforeEach(() => private_.reset())
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(() => private_.close())

function fetcher(guard: Guard, more: Partial<FetcherOptions> = {}): Fetcher {
  const made = createFetcher({ guard, timeouts: { connect: 1000, headers: 2000, total: 3000 }, ...more })
  closing.push(() => made.close())
  return made
}
async function web(handler: Parameters<typeof site>[0], options: Parameters<typeof site>[1] = {}): Promise<Site> {
  const made = await site(handler, { host: OPEN, ...options })
  closing.push(() => made.close())
  return made
}
/** Answers one after the other; the last one for good. */
const turning = (...answers: (readonly string[])[]): { resolve: (host: string) => Promise<readonly string[]>; asked: () => number } => {
  let n = 0
  return { resolve: () => Promise.resolve(answers[Math.min(n++, answers.length - 1)] ?? []), asked: () => n }
}

describe('a name that answers public first and private later', () => {
  it.each(SHUT)('%s: checked when it was public, it is judged again when connected', async (ip) => {
    const { resolve } = turning(['93.184.216.34'], [ip])
    const guard = createGuard({ resolve })
    expect(await guard.resolve('rebind.example.cn')).toEqual(['93.184.216.34'])
    for (const scheme of ['http', 'https']) expect(await fetcher(guard).fetch({ url: `${scheme}://rebind.example.cn:${private_.port}/` })).toMatchObject({ outcome: 'address_denied', status: null })
    await expect(guardedSocket(guard)('rebind.example.cn', private_.port)).rejects.toThrow(/may not be reached/)
    expect(private_.touched).toBe(0)
    const open = fetcher(createGuard({ resolve, allowNets: [ip] }))
    expect(await open.fetch({ url: `http://rebind.example.cn:${private_.port}/` })).toMatchObject({ outcome: 'ok' })
    expect(private_.touched).toBe(1)
  })

  it('between the pacer’s question and the connection', async () => {
    const { resolve, asked } = turning([OPEN], ['127.0.0.1'])
    const paced = fetcher(createGuard({ allowNets: [OPEN], resolve }), { pacer: memoryPacer(), pacing: { pace: 1, atOnce: 2, organisationAtOnce: 8 } })
    expect(await paced.fetch({ url: `http://rebind.example.cn:${private_.port}/` })).toMatchObject({ outcome: 'address_denied' })
    expect(asked()).toBe(2)
    expect(private_.touched).toBe(0)
  })

  it('between the strict and the forgiving reading of one page', async () => {
    const broken = await tcp((socket) => void socket.end('HTTP/1.1 200 OK\r\nbad header: x\r\nContent-Length : 2\r\n\r\nhi'))
    closing.push(() => broken.close())
    // The first reading goes to the open site's port; the second one would go to the same port of a turned name.
    const { resolve } = turning(['127.0.0.1'], ['::1'])
    const guard = createGuard({ allowNets: ['127.0.0.1'], resolve })
    const result = await fetcher(guard).fetch({ url: `http://rebind.example.cn:${broken.port}/` })
    expect(result.outcome).toBe('address_denied')
  })

  it('between TLS trouble and the try without it', async () => {
    const secure = await web((_req, res) => void res.end('x'), { tls: PAIR })
    const { resolve } = turning([OPEN], ['127.0.0.1'])
    const guard = createGuard({ allowNets: [OPEN], resolve })
    expect(await fetcher(guard).fetch({ url: `https://rebind.example.cn:${secure.port}/` })).toMatchObject({ outcome: 'tls' })
    expect(await fetcher(guard).fetch({ url: `http://rebind.example.cn:${private_.port}/` })).toMatchObject({ outcome: 'address_denied' })
    expect(private_.touched).toBe(0)
  })

  it('is not hidden by a kept answer: what is kept is judged each time', async () => {
    let now = 0
    const { resolve } = turning(['93.184.216.34'], ['127.0.0.1'])
    const guard = createGuard({ resolve: cachedResolver({ lookup: resolve, ttl: 1000, now: () => now }) })
    expect(await guard.resolve('a.cn')).toEqual(['93.184.216.34'])
    now = 1001
    await expect(guard.resolve('a.cn')).rejects.toThrow(/may not be reached/)
  })
})

describe('answers of many addresses', () => {
  it.each([[['127.0.0.1', '::1', OPEN]], [[OPEN, '127.0.0.1']], [['::ffff:127.0.0.1', '10.0.0.1', OPEN, '169.254.169.254']]])('%j: only the one that may be reached is tried', async (answer) => {
    const s = await web((_req, res) => void res.end('public'))
    const result = await fetcher(createGuard({ allowNets: [OPEN], resolve: () => Promise.resolve(answer) })).fetch({ url: `http://mixed.example.cn:${s.port}/` })
    expect(result).toMatchObject({ outcome: 'ok', remoteAddress: OPEN })
    // At the port of the private service the open address has nothing, and the others are not fallen back to.
    expect((await fetcher(createGuard({ allowNets: [OPEN], resolve: () => Promise.resolve(answer) })).fetch({ url: `http://mixed.example.cn:${private_.port}/` })).outcome).toBe('refused')
    expect(private_.touched).toBe(0)
  })

  it.each([[[]], [['127.0.0.1', '::1']], [['not an address', '127.1', '0x7f000001']]])('%j: none of them is one, and nothing is touched', async (answer) => {
    expect(await fetcher(createGuard({ resolve: () => Promise.resolve(answer) })).fetch({ url: `http://mixed.example.cn:${private_.port}/` })).toMatchObject({ outcome: 'address_denied' })
    expect(private_.touched).toBe(0)
  })
})

describe('what a name server says', () => {
  let server: Socket
  const name = (text: string): Buffer => Buffer.concat([...text.split('.').map((l) => Buffer.concat([Buffer.from([l.length]), Buffer.from(l)])), Buffer.from([0])])
  const record = (owner: Buffer, type: number, data: Buffer): Buffer => {
    const head = Buffer.alloc(10)
    head.writeUInt16BE(type, 0)
    head.writeUInt16BE(1, 2)
    head.writeUInt16BE(data.length, 8)
    return Buffer.concat([owner, head, data])
  }
  /** alias → www.public.cn → inner.public.cn, which has the private address; six is the same by AAAA. */
  beforeAll(() => new Promise<void>((done) => {
    server = createSocket('udp4').on('message', (query, from) => {
      let end = 12
      while (query[end] !== 0) end += (query[end] ?? 0) + 1
      const type = query[end + 2] ?? 0
      const asked = query.subarray(12, end + 5)
      const six = query.subarray(13, 16).toString() === 'six'
      const address = type === 1 && !six ? record(name('inner.public.cn'), 1, Buffer.from([127, 0, 0, 1])) : type === 28 && six ? record(name('inner.public.cn'), 28, Buffer.from([...Array.from({ length: 15 }, () => 0), 1])) : null
      const answers = [record(asked.subarray(0, -4), 5, name('www.public.cn')), record(name('www.public.cn'), 5, name('inner.public.cn')), ...(address === null ? [] : [address])]
      const head = Buffer.from(query.subarray(0, 12))
      head.writeUInt16BE(0x8180, 2)
      head.writeUInt16BE(answers.length, 6)
      head.writeUInt16BE(0, 8)
      head.writeUInt16BE(0, 10)
      server.send(Buffer.concat([head, asked, ...answers]), from.port, from.address)
    })
    server.bind(0, OPEN, done)
  }))
  afterAll(() => new Promise<void>((done) => void server.close(done)))

  it.each(['alias.example.cn', 'six.example.cn'])('%s: an alias of an alias of loopback is judged by its end', async (host) => {
    const resolve = nameServers({ servers: [`${OPEN}:${server.address().port}`], timeout: 5000, tries: 1 })
    expect(SHUT).toContain((await resolve(host))[0])
    expect(await fetcher(createGuard({ resolve })).fetch({ url: `http://${host}:${private_.port}/` })).toMatchObject({ outcome: 'address_denied' })
    expect(private_.touched).toBe(0)
    expect(await fetcher(createGuard({ resolve, allowNets: [...SHUT] })).fetch({ url: `http://${host}:${private_.port}/` })).toMatchObject({ outcome: 'ok' })
    expect(private_.touched).toBe(1)
  })
})

describe('redirects', () => {
  const targets = (): string[] => [`http://127.0.0.1:${private_.port}/`, `http://[::1]:${private_.port}/`, `http://0x7f.1:${private_.port}/`, `http://inner.example.cn:${private_.port}/`, `//127.0.0.1:${private_.port}/`, `\\\\127.0.0.1:${private_.port}\\`, `http:127.0.0.1:${private_.port}`]
  const guard = (more: string[] = []): Guard => createGuard({ allowNets: [OPEN, ...more], resolve: () => Promise.resolve(['127.0.0.1']) })

  it.each([301, 302, 303, 307, 308])('%i to loopback, from GET, HEAD and POST, is not followed; it is where that is open', async (status) => {
    const to = targets()
    const s = await web((req, res) => {
      const location = to[Number(req.url?.slice(1))]
      if (location === undefined) res.writeHead(404).end()
      else res.writeHead(status, { location }).end()
    })
    const shut = fetcher(guard())
    for (const i of to.keys()) {
      for (const method of ['GET', 'HEAD', 'POST'] as const) {
        const result = await shut.fetch({ url: `${s.url}/${i}`, method })
        // `http:host` is relative to the page's own scheme: a path of the same site.
        expect([i, method, result.outcome]).toEqual([i, method, i === to.length - 1 ? 'not_found' : 'address_denied'])
      }
    }
    expect(private_.touched).toBe(0)
    expect((await fetcher(guard([...SHUT])).fetch({ url: `${s.url}/0` })).outcome).toBe('ok')
    expect(private_.touched).toBe(1)
  })

  it('at the end of a chain, across hosts and cookies, are refused; nothing before it counts as read', async () => {
    const s = await web((req, res) => {
      const n = Number(req.url?.slice(1))
      res.writeHead(302, { location: n < 4 ? `http://${OPEN}:${s.port}/${n + 1}` : `http://127.0.0.1:${private_.port}/`, 'set-cookie': `n=${n}` }).end('<p>body')
    })
    const result = await fetcher(guard()).fetch({ url: `${s.url}/0` })
    expect([result.outcome, result.redirects.length]).toEqual(['address_denied', 5])
    expect(private_.touched).toBe(0)
  })

  it('of robots.txt and of a canary are refused alike', async () => {
    const s = await web((_req, res) => void res.writeHead(301, { location: `http://127.0.0.1:${private_.port}/robots.txt` }).end())
    const shut = fetcher(guard())
    await createRobots({ fetcher: shut }).check(`${s.url}/a`)
    const [canary] = await probeCanaries(shut, [`http://127.0.0.1:${private_.port}/`])
    expect(canary).toMatchObject({ answered: false, outcome: 'address_denied' })
    expect(private_.touched).toBe(0)
    await createRobots({ fetcher: fetcher(guard([...SHUT])) }).check(`${s.url}/a`)
    expect(private_.paths).toEqual(['/robots.txt'])
  })

  it('by a header or a meta tag are not followed at all by the plain client', async () => {
    const s = await web((_req, res) => void res.writeHead(200, { 'content-type': 'text/html', refresh: `0;url=http://127.0.0.1:${private_.port}/`, link: `<http://127.0.0.1:${private_.port}/>; rel=preload` }).end(`<meta http-equiv=refresh content="0;url=http://127.0.0.1:${private_.port}/">`))
    expect((await fetcher(guard()).fetch({ url: s.url })).outcome).toBe('ok')
    expect(private_.touched).toBe(0)
  })
})

describe('an alternative way that a server names', () => {
  it('(Alt-Svc) leads nowhere', async () => {
    const s = await web((_req, res) => void res.writeHead(200, { 'alt-svc': `h2="127.0.0.1:${private_.port}"; ma=3600, h3="127.0.0.1:${private_.port}"` }).end('x'))
    const f = fetcher(createGuard({ allowNets: [OPEN] }))
    for (let i = 0; i < 3; i += 1) expect((await f.fetch({ url: `${s.url}/${i}` })).outcome).toBe('ok')
    expect(private_.touched).toBe(0)
  })
})
