import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { isGone } from '../../src/domain/outcome.ts'
import { withPlainFallback } from '../../src/fetch/fallback.ts'
import { createFetcher, createGuard, createJar } from '../../src/fetch/index.ts'
import type { FetchRequest, FetchResult } from '../../src/fetch/index.ts'
import { PAIR } from './certificate.ts'
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

describe('an unasked 304', () => {
  it('is not taken for unchanged', async () => {
    const s = await serve((_req, res) => res.writeHead(304).end())
    expect(await fetcher.fetch({ url: s.url })).toMatchObject({ outcome: 'unreadable', notModified: false })
  })
})

describe('an answer that breaks the grammar', () => {
  it.each([
    ['a control character in a header', 'HTTP/1.1 200 OK\r\nX-Bad: a\u0001\r\nContent-Length: 12\r\n\r\n<html>fine..'],
    ['both lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nc\r\n<html>fine..\r\n0\r\n\r\n'],
    ['bare line feeds', 'HTTP/1.1 200 OK\nContent-Length: 12\n\n<html>fine..'],
  ])('(%s) is read by the forgiving parser', async (_name, bytes) => {
    const s = await speak((socket) => socket.once('data', () => socket.end(bytes)))
    const result = await fetcher.fetch({ url: s.url })
    expect(result).toMatchObject({ outcome: 'ok', status: 200 })
    expect(text(result.bytes)).toBe('<html>fine..')
  })

  it('is bounded by the forgiving parser as well', async () => {
    const head = 'HTTP/1.1 200 OK\r\nX-Bad: a\u0001\r\n\r\n'
    const large = await speak((socket) => socket.once('data', () => socket.end(head + 'a'.repeat(300_000))))
    expect(await fetcher.fetch({ url: large.url, maxBytes: 10_000 })).toMatchObject({ outcome: 'too_large', truncated: true })
    let calls = 0
    const hung = await speak((socket) => socket.once('data', () => ((calls += 1), socket.write(calls === 1 ? `${head}x` : 'HTTP/1.1 200 OK\r\n'))))
    expect(await fetcher.fetch({ url: hung.url, timeouts: { total: 200 } })).toMatchObject({ outcome: 'timeout' })
    expect(calls).toBe(2)
  })

  it('in any way at all never makes the fetcher reject, hang or keep much', async () => {
    let bytes: Uint8Array = new Uint8Array(0)
    const s = await speak((socket) => socket.once('data', () => socket.end(bytes)))
    const line = fc.oneof(fc.constantFrom('HTTP/1.1 200 OK', 'HTTP/1.1 302 Found', 'HTTP/1.0 404 x', 'Content-Length: 5', 'Content-Length: -1', 'Transfer-Encoding: chunked', 'Content-Encoding: gzip',
      'Content-Encoding: br, gzip', 'Location: //', 'Location: http://[', 'Location: /\u00ff\u0001', 'Set-Cookie: =;;;=\u0001', 'Set-Cookie: a=b; Domain=cn', 'Retry-After: soon', '', '5', '0', 'zzz'), fc.string(), fc.string({ unit: 'binary' }))
    await fc.assert(fc.asyncProperty(fc.array(line, { maxLength: 12 }), fc.uint8Array({ maxLength: 200 }), async (lines, tail) => {
      bytes = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), tail])
      const result = await fetcher.fetch({ url: s.url, maxBytes: 1000, timeouts: { total: 2000 } })
      expect(result.bytes.length).toBeLessThanOrEqual(1000)
      expect(isGone(result.outcome) && result.status !== 404 && result.status !== 410).toBe(false)
    }), { numRuns: 150 })
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
    const result = await fetcher.fetch({ url: s.url, timeouts: { total: 800 } })
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
  it('with a certificate nobody vouches for is tls, never down', async () => {
    const s = await serve((_req, res) => res.end('x'), { tls: PAIR })
    const result = await fetcher.fetch({ url: s.url })
    expect(result).toMatchObject({ outcome: 'tls', status: null })
    expect(s.requests).toHaveLength(0)
  })

  it('spoken to a server that has none is tls', async () => {
    const s = await serve((_req, res) => res.end('x'))
    expect((await fetcher.fetch({ url: s.url.replace('http:', 'https:') })).outcome).toBe('tls')
  })

  it('is spoken as old servers speak it, the certificate still holding', async () => {
    const trusting = createFetcher({ allowNets: ['127.0.0.1'], ca: [PAIR.cert] })
    const modern = await serve((_req, res) => res.end('new'), { tls: PAIR })
    const old = await serve((_req, res) => res.end('old'), { tls: { ...PAIR, maxVersion: 'TLSv1' } })
    expect(await trusting.fetch({ url: modern.url })).toMatchObject({ outcome: 'ok', status: 200 })
    expect(await trusting.fetch({ url: old.url })).toMatchObject({ outcome: 'ok', status: 200 })
    expect(await fetcher.fetch({ url: old.url })).toMatchObject({ outcome: 'tls', status: null })
    await trusting.close()
  })
})

describe('after TLS trouble', () => {
  const result = (r: FetchRequest, more: Partial<FetchResult>): FetchResult => ({
    outcome: 'ok', status: 200, url: r.url, redirects: [], headers: {}, bytes: new Uint8Array(0), truncated: false, ms: 10, waitedMs: 1, remoteAddress: null, notModified: false, ...more,
  })
  const trying = (plain: Partial<FetchResult>) => {
    const asked: FetchRequest[] = []
    const fetch = withPlainFallback(async (r) => {
      asked.push(r)
      return r.url.startsWith('https:') ? result(r, { outcome: 'tls', status: null, error: 'CERT_HAS_EXPIRED' }) : result(r, plain)
    }, 45_000)
    return { asked, fetch }
  }

  it('a page read in plain http speaks, with the trouble beside it', async () => {
    const { asked, fetch } = trying({})
    expect(await fetch({ url: 'https://a.gov.cn/x?y=1' })).toMatchObject({ outcome: 'ok', url: 'http://a.gov.cn/x?y=1', tlsTrouble: 'CERT_HAS_EXPIRED', ms: 20, waitedMs: 2 })
    expect(asked[1]).toMatchObject({ timeouts: { total: 44_990 } })
  })

  it.each([{ outcome: 'not_found', status: 404 }, { outcome: 'refused', status: null }, { outcome: 'server_error', status: 502 }] as const)('$outcome in plain http says nothing: it stays TLS trouble', async (plain) => {
    expect(await trying(plain).fetch({ url: 'https://a.gov.cn/' })).toMatchObject({ outcome: 'tls', url: 'https://a.gov.cn/' })
  })

  it.each([{ url: 'https://a.gov.cn:8443/' }, { url: 'https://a.gov.cn/', httpFallback: false }, { url: 'https://a.gov.cn/', method: 'POST' as const }])('http is not tried for %j', async (request) => {
    const { asked, fetch } = trying({})
    expect((await fetch(request)).outcome).toBe('tls')
    expect(asked).toHaveLength(1)
  })
})
