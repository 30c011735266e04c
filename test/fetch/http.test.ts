import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createFetcher, createGuard, createJar } from '../../src/fetch/index.ts'
import { site, tcp } from './servers.ts'
import type { Site } from './servers.ts'

const fetcher = createFetcher({ allowNets: ['127.0.0.0/8'], contact: 'it@example.gov.cn', timeouts: { connect: 2000 } })
const sites: Site[] = []
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')

async function serve(...given: Parameters<typeof site>): Promise<Site> {
  const made = await site(...given)
  sites.push(made)
  return made
}
async function speak(given: Parameters<typeof tcp>[0]): Promise<Site> {
  const made = await tcp(given)
  sites.push(made)
  return made
}
afterEach(() => Promise.all(sites.splice(0).map((s) => s.close())).then(() => undefined))
afterAll(() => fetcher.close())

describe('an answer', () => {
  it('is given with final address, lower-case headers, bytes and who answered', async () => {
    const s = await serve((_req, res) => res.writeHead(200, { 'Content-Type': 'text/html; charset=gb2312', 'X-Two': ['a', 'b'] }).end('正文'))
    const result = await fetcher.fetch({ url: `${s.url}/a#part` })
    expect(result).toMatchObject({ outcome: 'ok', status: 200, url: `${s.url}/a`, redirects: [], truncated: false, remoteAddress: '127.0.0.1', notModified: false, waitedMs: 0 })
    expect(result.headers).toMatchObject({ 'content-type': 'text/html; charset=gb2312', 'x-two': 'a, b' })
    expect(text(result.bytes)).toBe('正文')
    expect(result.error).toBeUndefined()
  })

  it('is asked for under one name with a contact address, in Chinese first', async () => {
    const s = await serve((_req, res) => res.end('x'))
    await fetcher.fetch({ url: s.url, headers: { accept: 'application/json', 'x-more': '1' } })
    expect(s.requests[0]?.headers).toMatchObject({
      'user-agent': 'Mozilla/5.0 (compatible; HuoshuiBot/0.1; +it@example.gov.cn)', 'accept-language': 'zh-CN,zh;q=0.9', 'accept-encoding': 'gzip, deflate, br', accept: 'application/json', 'x-more': '1',
    })
  })

  it('comes over one kept connection', async () => {
    const s = await serve((_req, res) => res.end('x'))
    for (let i = 0; i < 5; i += 1) await fetcher.fetch({ url: `${s.url}/${i}` })
    expect(s.connections).toBe(1)
  })

  it('posts a form', async () => {
    let body = ''
    const s = await serve((req, res) => req.on('data', (c) => (body += c)).on('end', () => res.end('ok')))
    const result = await fetcher.fetch({ url: s.url, method: 'POST', body: 'page=1&size=20' })
    expect(result.outcome).toBe('ok')
    expect(body).toBe('page=1&size=20')
    expect(s.requests[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded')
  })
})

describe('a conditional request', () => {
  it('sends validators, and 304 is unchanged', async () => {
    const s = await serve((req, res) => res.writeHead(req.headers['if-none-match'] === '"v1"' && req.headers['if-modified-since'] === 'Mon, 01 Jun 2026 00:00:00 GMT' ? 304 : 200).end())
    const result = await fetcher.fetch({ url: s.url, etag: '"v1"', lastModified: 'Mon, 01 Jun 2026 00:00:00 GMT' })
    expect(result).toMatchObject({ outcome: 'unchanged', status: 304, notModified: true })
  })

  it('never sends them to another page that a redirect leads to', async () => {
    const s = await serve((req, res) => (req.url === '/' ? res.writeHead(302, { location: '/closed' }).end() : res.end('closed')))
    const result = await fetcher.fetch({ url: `${s.url}/`, etag: '"v1"' })
    expect(result.outcome).toBe('ok')
    expect(s.requests.map((r) => r.headers['if-none-match'])).toEqual(['"v1"', undefined])
    await fetcher.fetch({ url: `${s.url}/`, etag: '"v1"', validatedUrl: `${s.url}/closed` })
    expect(s.requests.slice(2).map((r) => r.headers['if-none-match'])).toEqual([undefined, '"v1"'])
  })
})

describe('a status', () => {
  it.each([
    [200, 'ok'], [202, 'ok'], [204, 'ok'], [404, 'not_found'], [410, 'not_found'], [401, 'forbidden'], [403, 'forbidden'], [405, 'challenge'], [412, 'challenge'], [418, 'challenge'],
    [429, 'rate_limited'], [432, 'challenge'], [461, 'challenge'], [471, 'challenge'], [493, 'challenge'], [521, 'challenge'], [500, 'server_error'], [502, 'server_error'], [503, 'server_error'],
    [400, 'unreadable'], [300, 'unreadable'],
  ])('%i is %s, and the body is kept for the reader', async (status, outcome) => {
    const s = await serve((_req, res) => res.writeHead(status).end(status === 204 ? undefined : 'why'))
    const result = await fetcher.fetch({ url: s.url })
    expect(result).toMatchObject({ outcome, status })
    expect(text(result.bytes)).toBe(status === 204 ? '' : 'why')
  })

  it('503 with Retry-After is rate limiting', async () => {
    const s = await serve((_req, res) => res.writeHead(503, { 'retry-after': '120' }).end())
    expect((await fetcher.fetch({ url: s.url })).outcome).toBe('rate_limited')
  })
})

describe('a redirect', () => {
  it('is followed and remembered, relative and in raw UTF-8 or GB18030 bytes', async () => {
    const raw = Buffer.from('/公告/').toString('latin1')
    const s = await serve((req, res) => {
      if (req.url === '/') res.writeHead(301, { location: 'a/b?x=1' }).end()
      else if (req.url === '/a/b?x=1') res.writeHead(302, { location: raw }).end()
      else res.end(req.url)
    })
    const result = await fetcher.fetch({ url: `${s.url}/` })
    expect(text(result.bytes)).toBe('/%E5%85%AC%E5%91%8A/')
    expect(result.redirects.map((r) => [r.url, r.status])).toEqual([[`${s.url}/`, 301], [`${s.url}/a/b?x=1`, 302]])
  })

  it('to itself with a cookie is passed by keeping the cookie', async () => {
    const s = await serve((req, res) => (req.headers.cookie?.includes('COLLCK=7') ? res.end('inside') : res.writeHead(302, { location: '/', 'set-cookie': 'COLLCK=7; Path=/' }).end()))
    const result = await fetcher.fetch({ url: `${s.url}/` })
    expect([result.outcome, text(result.bytes)]).toEqual(['ok', 'inside'])
    expect(s.requests).toHaveLength(2)
  })

  it('keeps cookies for the visit in the jar it is given, and nowhere else', async () => {
    const s = await serve((req, res) => res.writeHead(200, { 'set-cookie': 'sid=1' }).end(req.headers.cookie ?? 'none'))
    const jar = createJar()
    expect(text((await fetcher.fetch({ url: s.url, jar })).bytes)).toBe('none')
    expect(text((await fetcher.fetch({ url: s.url, jar })).bytes)).toBe('sid=1')
    expect(text((await fetcher.fetch({ url: s.url })).bytes)).toBe('none')
  })

  it('in a circle is a loop, after one round', async () => {
    const s = await serve((req, res) => res.writeHead(302, { location: req.url === '/a' ? '/b' : '/a' }).end())
    const result = await fetcher.fetch({ url: `${s.url}/a` })
    expect(result).toMatchObject({ outcome: 'redirect_loop' })
    expect(s.requests).toHaveLength(2)
  })

  it('without end is a loop too, even with a new cookie each time', async () => {
    let n = 0
    const s = await serve((_req, res) => res.writeHead(302, { location: '/', 'set-cookie': `n=${(n += 1)}` }).end())
    expect((await fetcher.fetch({ url: `${s.url}/` })).outcome).toBe('redirect_loop')
    expect(s.requests).toHaveLength(6)
  })

  it('turns a POST into a GET, and drops credentials when it leaves the origin', async () => {
    const other = await serve((req, res) => res.end(`${req.method} ${req.headers.authorization ?? 'none'}`))
    const s = await serve((_req, res) => res.writeHead(302, { location: other.url }).end())
    const result = await fetcher.fetch({ url: s.url, method: 'POST', body: 'a=1', headers: { authorization: 'secret' } })
    expect(text(result.bytes)).toBe('GET none')
  })

  it('without a Location is not read as a page', async () => {
    const s = await serve((_req, res) => res.writeHead(302).end('x'))
    expect((await fetcher.fetch({ url: s.url })).outcome).toBe('unreadable')
  })
})

describe('a compressed body', () => {
  const page = '江西省人民政府'.repeat(500)
  it.each([
    ['gzip', gzipSync(page)], ['x-gzip', gzipSync(page)], ['deflate', deflateSync(page)], ['deflate', deflateRawSync(page)], ['br', brotliCompressSync(page)], ['gzip, br', brotliCompressSync(gzipSync(page))], ['gzip', Buffer.from(page)], ['identity', Buffer.from(page)],
  ])('in %s is undone', async (coding, bytes) => {
    const s = await serve((_req, res) => res.writeHead(200, { 'content-encoding': coding }).end(bytes))
    const result = await fetcher.fetch({ url: s.url })
    expect(result.outcome).toBe('ok')
    expect(text(result.bytes)).toBe(page)
  })

  const varied = page + Array.from({ length: 2000 }, (_, i) => (i * 2654435761).toString(36)).join('')
  it.each([['gzip', gzipSync(varied)], ['br', brotliCompressSync(varied)]])('in %s that was cut gives what it held, as truncated', async (coding, bytes) => {
    const s = await serve((_req, res) => res.writeHead(200, { 'content-encoding': coding }).end(bytes.subarray(0, bytes.length - 12)))
    const result = await fetcher.fetch({ url: s.url })
    expect(result).toMatchObject({ outcome: 'truncated', truncated: true, status: 200 })
    expect(text(result.bytes)).toContain('江西省')
  })

  it('in a coding nobody asked for, or broken, is unreadable', async () => {
    const broken = gzipSync(page)
    broken.fill(0xff, 12, 40)
    for (const [coding, bytes] of [['zstd', Buffer.from('x')], ['gzip', broken]] as const) {
      const s = await serve((_req, res) => res.writeHead(200, { 'content-encoding': coding }).end(bytes))
      expect((await fetcher.fetch({ url: s.url })).outcome).toBe('unreadable')
    }
  })

  it.each(['gzip', 'br'])('that is a %s bomb stops at the limit', async (coding) => {
    const zeros = Buffer.alloc(200_000_000)
    const bomb = coding === 'gzip' ? gzipSync(zeros) : brotliCompressSync(zeros, { params: { 1: 1 } })
    const before = process.memoryUsage().rss
    const s = await serve((_req, res) => res.writeHead(200, { 'content-encoding': coding }).end(bomb))
    const result = await fetcher.fetch({ url: s.url, maxBytes: 1_000_000 })
    expect(result).toMatchObject({ outcome: 'too_large', status: 200 })
    expect(result.bytes.length).toBeLessThanOrEqual(1_000_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
  })
})

describe('a body', () => {
  it('beyond the limit is too large, announced or not, and reading stops', async () => {
    let sent = 0
    const endless = await serve((_req, res) => {
      const more = (): void => {
        if (res.destroyed || sent > 50_000_000) return
        sent += 65_536
        if (res.write(Buffer.alloc(65_536, 97))) setImmediate(more)
        else res.once('drain', more)
      }
      more()
    })
    const result = await fetcher.fetch({ url: endless.url, maxBytes: 200_000 })
    expect(result).toMatchObject({ outcome: 'too_large', truncated: true })
    expect(result.bytes.length).toBe(200_000)
    expect(sent).toBeLessThan(50_000_000)
    const announced = await serve((_req, res) => void res.writeHead(200, { 'content-length': '900000000' }).write('x'))
    expect((await fetcher.fetch({ url: announced.url, maxBytes: 200_000 })).outcome).toBe('too_large')
  })

  it.each([
    ['a Content-Length not reached', 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<html>half'],
    ['a chunk that breaks off', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n<html>half'],
    ['no last chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n<html>half\r\n'],
  ])('with %s is truncated, and what came is kept', async (_name, bytes) => {
    const s = await speak((socket) => socket.once('data', () => socket.end(bytes)))
    const result = await fetcher.fetch({ url: s.url })
    expect(result).toMatchObject({ outcome: 'truncated', truncated: true, status: 200 })
    expect(text(result.bytes)).toBe('<html>half')
  })

  it('ended by closing the connection is whole (HTTP/1.0)', async () => {
    const s = await speak((socket) => socket.once('data', () => socket.end('HTTP/1.0 200 OK\r\n\r\n<html>all')))
    expect(await fetcher.fetch({ url: s.url })).toMatchObject({ outcome: 'ok', truncated: false })
  })
})

describe('time', () => {
  it('without headers ends in a timeout', async () => {
    const s = await serve(() => undefined)
    const result = await fetcher.fetch({ url: s.url, timeouts: { headers: 50 } })
    expect(result).toMatchObject({ outcome: 'timeout', status: null })
  })

  it('without more of the body ends in a timeout, not in half a page', async () => {
    const s = await serve((_req, res) => void res.writeHead(200, { 'content-length': '100' }).write('<html>half'))
    const result = await fetcher.fetch({ url: s.url, timeouts: { body: 50 } })
    expect(result).toMatchObject({ outcome: 'timeout', status: 200, truncated: true })
  })

  it('that trickles on for ever ends with the total', async () => {
    let drip: NodeJS.Timeout | undefined
    const s = await serve((_req, res) => void (drip = setInterval(() => res.write('.'), 5)))
    const result = await fetcher.fetch({ url: s.url, timeouts: { total: 100 } })
    clearInterval(drip)
    expect(result).toMatchObject({ outcome: 'timeout', truncated: true })
  })

  it('is shared by all redirects', async () => {
    let n = 0
    const s = await serve((_req, res) => void setTimeout(() => res.writeHead(302, { location: `/${(n += 1)}` }).end(), 60))
    const result = await fetcher.fetch({ url: s.url, timeouts: { total: 100 } })
    expect(result.outcome).toBe('timeout')
    expect(s.requests.length).toBeLessThanOrEqual(2)
  })

  it('ends when the visit does', async () => {
    const s = await serve(() => undefined)
    const visit = new AbortController()
    const going = fetcher.fetch({ url: s.url, signal: visit.signal })
    visit.abort()
    expect((await going).outcome).toBe('timeout')
    expect((await fetcher.fetch({ url: s.url, signal: visit.signal })).outcome).toBe('timeout')
  })

  it('leaves the next request on that host unharmed', async () => {
    const s = await serve((req, res) => (req.url === '/slow' ? undefined : void res.end('quick')))
    await fetcher.fetch({ url: `${s.url}/slow`, timeouts: { total: 50 } })
    expect((await fetcher.fetch({ url: `${s.url}/quick` })).outcome).toBe('ok')
  })
})

describe('no answer', () => {
  it('because nobody listens is refused', async () => {
    const s = await site((_req, res) => res.end())
    await s.close()
    expect(await fetcher.fetch({ url: s.url })).toMatchObject({ outcome: 'refused', status: null, bytes: new Uint8Array(0) })
  })

  it('because the connection is dropped is network', async () => {
    const s = await speak((socket) => socket.once('data', () => socket.destroy()))
    expect((await fetcher.fetch({ url: s.url })).outcome).toBe('network')
  })

  it('because it is not HTTP is network', async () => {
    const s = await speak((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.2\r\n')))
    expect((await fetcher.fetch({ url: s.url })).outcome).toBe('network')
  })

  it.each(['ENOTFOUND', 'EAI_AGAIN', 'ETIMEOUT', 'ESERVFAIL'])('because of the name server (%s) is dns', async (code) => {
    const guard = createGuard({ resolve: () => Promise.reject(Object.assign(new Error(`query ${code}`), { code })) })
    const lost = createFetcher({ guard })
    expect((await lost.fetch({ url: 'http://nowhere.example.cn/' })).outcome).toBe('dns')
    await lost.close()
  })
})

describe('TLS', () => {
  const dir = mkdtempSync(join(tmpdir(), 'huoshui-tls-'))
  let pair: { key: string; cert: string }
  beforeAll(() => {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', join(dir, 'k'), '-out', join(dir, 'c')], { stdio: 'ignore' })
    pair = { key: readFileSync(join(dir, 'k'), 'utf8'), cert: readFileSync(join(dir, 'c'), 'utf8') }
  })
  afterAll(() => rmSync(dir, { recursive: true }))

  it('with a certificate nobody vouches for is tls, never down', async () => {
    const s = await serve((_req, res) => res.end('x'), { tls: pair })
    const result = await fetcher.fetch({ url: s.url })
    expect(result).toMatchObject({ outcome: 'tls', status: null })
    expect(s.requests).toHaveLength(0)
  })

  it('spoken to a server that has none is tls', async () => {
    const s = await serve((_req, res) => res.end('x'))
    expect((await fetcher.fetch({ url: s.url.replace('http:', 'https:') })).outcome).toBe('tls')
  })
})
