import { brotliCompressSync, gzipSync } from 'node:zlib'
import { isGone } from '../../src/domain/outcome.ts'
import { createFetcher, createGuard, createJar } from '../../src/fetch/index.ts'
import type { Fetcher, FetchResult } from '../../src/fetch/index.ts'
import { readPage } from '../../src/read/index.ts'
import type { Rand } from './random.ts'
import { canary, ENOUGH, rawServer } from './raw-server.ts'
import type { Plan, RawServer } from './raw-server.ts'

/** The one address that is open to the fetcher; every other loopback address is shut, as in the product. */
const OPEN = '127.77.0.1'
const MOST = 100_000
const TIMEOUTS = { connect: 2000, headers: 400, body: 400, total: 900 }
/** Nothing may take longer than its time-outs and what a busy machine adds, in milliseconds. */
const LONGEST = 8000
const NOW = new Date('2024-06-20T04:00:00Z')

type Room = { readonly server: RawServer; readonly trap: Awaited<ReturnType<typeof canary>>; readonly fetcher: Fetcher }
let room: Promise<Room> | null = null
let cases = 0

/** Opened with the first case, and left to the process's end: nothing of it keeps the process. */
const opened = (): Promise<Room> => (room ??= open())
async function open(): Promise<Room> {
  const [server, trap] = await Promise.all([rawServer(OPEN), canary()])
  // Every name leads where nothing may go: no name server is asked.
  const guard = createGuard({ allowNets: [`${OPEN}/32`], resolve: async () => ['127.0.0.1'] })
  return { server, trap, fetcher: createFetcher({ guard, maxBytes: MOST, timeouts: TIMEOUTS, idle: 1000 }) }
}

const big = (r: Rand, most: number): number => 1 + r.int(r.chance(0.1) ? most : Math.ceil(most / 20))
const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
const PAGE = '<!doctype html><title>x</title><h1>a</h1>'
const need = (ok: boolean, what: string): string | null => (ok ? null : what)
const first = (...found: (string | null)[]): string | null => found.find((f) => f !== null) ?? null

const STATUS = (r: Rand): string => r.pick([
  'HTTP/1.1 200 OK', 'HTTP/1.1 200 OK', 'HTTP/1.1 200 OK', 'HTTP/1.1 200 OK', 'HTTP/1.1 200 OK', 'HTTP/1.0 200', 'HTTP/1.1 200', 'HTTP/0.9 200 OK', 'HTTP/2 200', 'HTTP/1.1 999 x', 'HTTP/1.1 099 x', 'HTTP/1.1 20 OK', 'HTTP/1.1 2000 OK',
  'HTTP/1.1 -200 OK', 'HTTP/1.1  200 OK', 'ICY 200 OK', '', 'GET / HTTP/1.1', 'HTTP/1.1 204 No', 'HTTP/1.1 304 Not', 'HTTP/1.1 101 Switching Protocols', 'HTTP/1.1 500 x', 'HTTP/1.1 403 \x01\x02', `HTTP/1.1 200 ${'x'.repeat(big(r, 100_000))}`,
])

/** Header lines that may not be there, or not so. Each ends its own line. */
const LINES: Readonly<Record<string, (r: Rand) => string>> = {
  long: (r) => `X-A: ${'a'.repeat(big(r, 200_000))}\r\n`,
  many: (r) => r.times(big(r, 5000), (i) => `X-${i}: 1\r\n`).join(''),
  same: (r) => `${r.pick(['X-A', 'Content-Type', 'Date', 'ETag', 'Server'])}: ${r.pick(['1', '', ',', 'text/html'])}\r\n`.repeat(big(r, 2000)),
  cookies: (r) => r.times(big(r, 8000), (i) => `Set-Cookie: ${r.pick([`c${i}=1`, '__proto__=1', `c=${'x'.repeat(3000)}`, '=', ';;;', 'a=b; domain=.com', 'a=b; domain=gov.cn', `a${i}=b; Max-Age=${'9'.repeat(40)}`, 'a=b\x01'])}\r\n`).slice(0, 3000).join(''),
  lengths: (r) => r.times(1 + r.int(2), () => `Content-Length: ${r.pick(['-1', '-0', '+5', '0x10', '5, 5', '5, 6', ' 5 ', 'NaN', '1e3', '99999999999999999999', '5\t', '', '0', '7', '1000000', `${'0'.repeat(50)}5`])}\r\n`).join(''),
  coding: (r) => `Transfer-Encoding: ${r.pick(['chunked', 'chunked, chunked', 'xchunked', 'gzip, chunked', 'identity', 'chunked\t', ' chunked', 'Chunked', ',', 'chunked; x=1'])}\r\n`,
  both: () => 'Content-Length: 3\r\nTransfer-Encoding: chunked\r\n',
  folded: (r) => `X-A: a\r\n${r.pick([' ', '\t', '  '])}b: c\r\n`.repeat(1 + r.int(50)),
  breaks: (r) => `X-A: a${r.pick(['\n', '\r', '\r\r\n', '\0', '\x0b', '\n\n', '\r\n\r'])}Set-Cookie: injected=1\r\n`,
  names: (r) => `${r.pick([' X', 'X ', '', 'X\0', 'X:Y', '\xff\xfe', 'a b', '"', '(', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'x'.repeat(20_000)])}: 1\r\n`,
  bare: (r) => r.pick(['no colon at all\r\n', ':\r\n', ': value\r\n', '\t\r\n', '=\r\n']),
  bytes: (r) => `X-A: ${String.fromCharCode(...r.times(100, () => 0x80 + r.int(0x80)))}\r\n`,
  encoding: (r) => `Content-Encoding: ${r.pick(['gzip', 'br', 'deflate', 'gzip, gzip, gzip', 'x', 'gzip\t', ',,,', 'GZIP', 'zstd', 'identity, gzip'])}\r\n`,
  charset: (r) => `Content-Type: ${r.pick(['text/html; charset=utf-16', 'text/html; charset=none-such', 'text/html; charset="', 'text/html;'.repeat(500), 'image/png', 'text/html; charset=utf-7', 'text/html; charset=gbk; charset=utf-8', '', 'multipart/x-mixed-replace; boundary=x', 'text/html; charset=\xff'])}\r\n`,
  advice: (r) => `${r.pick(['Retry-After', 'Refresh', 'ETag', 'Last-Modified', 'Connection', 'Keep-Alive', 'Upgrade', 'Trailer', 'Age', 'Content-Range', 'Alt-Svc', 'Link'])}: ${r.pick(['-1', '9'.repeat(400), 'Thu, 99 Foo 2999 99:99:99 GMT', '0;url=http://127.0.0.1/', 'close', 'upgrade', 'timeout=999999999', 'h2=":443"', '</x>; rel=preload', 'bytes 0-1/9', '"', 'W/"'])}\r\n`,
}

type Body = { readonly head: string; readonly pieces: readonly Buffer[]; readonly endless?: Buffer }
const chunk = (bytes: Buffer): Buffer => Buffer.concat([latin(`${bytes.length.toString(16)}\r\n`), bytes, latin('\r\n')])
const BOMB_GZIP = gzipSync(Buffer.alloc(30_000_000), { level: 9 })
const BOMB_BR = brotliCompressSync(Buffer.alloc(30_000_000), { params: { 1: 5 } })

const BODIES: Readonly<Record<string, (r: Rand) => Body>> = {
  fitting: () => ({ head: `Content-Length: ${PAGE.length}\r\n`, pieces: [latin(PAGE)] }),
  untold: () => ({ head: '', pieces: [latin(PAGE)] }),
  short: (r) => ({ head: `Content-Length: ${PAGE.length + 1 + r.int(1e6)}\r\n`, pieces: [latin(PAGE)] }),
  /** More than was told: on a connection that is kept it would be the next one's answer. */
  long: (r) => ({ head: `Content-Length: ${r.int(PAGE.length)}\r\n`, pieces: [latin(PAGE), latin('HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nsmuggled'.repeat(1 + r.int(3)))] }),
  second: () => ({ head: `Content-Length: ${PAGE.length}\r\n`, pieces: [latin(`${PAGE}HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nsmuggled`)] }),
  chunked: (r) => ({ head: 'Transfer-Encoding: chunked\r\n', pieces: [...r.times(1 + r.int(40), () => chunk(latin('x'.repeat(r.int(500) + 1)))), latin('0\r\n\r\n')] }),
  badChunks: (r) => ({ head: 'Transfer-Encoding: chunked\r\n', pieces: [chunk(latin(PAGE)), latin(r.pick(['zz\r\n', '-1\r\nx\r\n', 'ffffffffffffffff\r\nx', '7fffffff\r\nx', '5\nabcde\n0\n\n', '5;x\r\nabcdefgh\r\n', ' 5\r\nabcde\r\n', '\r\n\r\n', '0x5\r\nabcde\r\n', `5;${'x'.repeat(100_000)}\r\nabcde\r\n0\r\n\r\n`, '5\r\nabc', '0\r\n', '5\r\nabcdeXX0\r\n\r\n']))] }),
  tinyChunks: () => ({ head: 'Transfer-Encoding: chunked\r\n', pieces: [latin('1\r\nx\r\n'.repeat(150_000)), latin('0\r\n\r\n')] }),
  trailers: (r) => ({ head: 'Transfer-Encoding: chunked\r\n', pieces: [chunk(latin(PAGE)), latin(`0\r\n${r.pick(['X-T: 1\r\n', 'Content-Length: 1\r\n', 'Set-Cookie: injected=1\r\n']).repeat(big(r, 5000))}\r\n`)] }),
  endless: () => ({ head: '', pieces: [], endless: Buffer.alloc(65_536, 'x') }),
  endlessChunks: () => ({ head: 'Transfer-Encoding: chunked\r\n', pieces: [], endless: Buffer.concat(Array.from({ length: 16 }, () => chunk(Buffer.alloc(4096, 'x')))) }),
  endlessChunkExtension: () => ({ head: 'Transfer-Encoding: chunked\r\n', pieces: [latin('5;')], endless: Buffer.alloc(65_536, 'x') }),
  endlessTrailers: () => ({ head: 'Transfer-Encoding: chunked\r\n', pieces: [latin('0\r\n')], endless: latin('X-Trailer: aaaaaaaaaaaaaaaa\r\n'.repeat(2000)) }),
  gzipBomb: () => ({ head: `Content-Encoding: gzip\r\nContent-Length: ${BOMB_GZIP.length}\r\n`, pieces: [BOMB_GZIP] }),
  brBomb: () => ({ head: `Content-Encoding: br\r\nContent-Length: ${BOMB_BR.length}\r\n`, pieces: [BOMB_BR] }),
  cutEncoding: (r) => {
    const whole = r.chance(0.5) ? gzipSync(latin(PAGE.repeat(50))) : brotliCompressSync(latin(PAGE.repeat(50)))
    const cut = whole.subarray(0, r.int(whole.length))
    return { head: `Content-Encoding: ${r.pick(['gzip', 'br', 'deflate'])}\r\nContent-Length: ${cut.length}\r\n`, pieces: [cut] }
  },
  noise: (r) => ({ head: `Content-Type: text/html; charset=${r.pick(['gbk', 'utf-8', 'utf-16le', 'big5'])}\r\n`, pieces: [Buffer.from(r.times(big(r, 5000), () => r.int(256)))] }),
}

function answerPlan(r: Rand): Plan {
  const lines = r.times(r.int(4), () => LINES[r.pick(Object.keys(LINES))]?.(r) ?? '').join('')
  if (r.chance(0.04)) return { pieces: [latin('HTTP/1.1 200 OK\r\n')], endless: r.pick([latin('X-Header: aaaaaaaaaaaaaaaaaaaaaaaa\r\n'.repeat(2000)), Buffer.alloc(65_536, 'x'), latin('Set-Cookie: a=1\r\n'.repeat(3000))]), end: 'keep' }
  if (r.chance(0.03)) return { pieces: [latin('HTTP/1.1 100 Continue\r\n\r\n'.repeat(big(r, 20_000))), latin(`HTTP/1.1 200 OK\r\nContent-Length: ${PAGE.length}\r\n\r\n${PAGE}`)], end: 'close' }
  if (r.chance(0.02)) return { pieces: [], endless: r.pick([latin('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'.repeat(1000)), Buffer.alloc(65_536), latin('\r\n'.repeat(30_000))]), end: 'keep' }
  const names = Object.keys(BODIES)
  const body = BODIES[r.chance(0.5) ? 'fitting' : r.pick(names)]?.(r) ?? { head: '', pieces: [] }
  const head = latin(`${STATUS(r)}\r\n${r.chance(0.5) ? lines + body.head : body.head + lines}\r\n`)
  const pieces = r.chance(0.2) ? [head, ...body.pieces].flatMap((p) => (p.length > 2 && p.length < 5000 ? [p.subarray(0, p.length >> 1), p.subarray(p.length >> 1)] : [p])) : [Buffer.concat([head, ...body.pieces])]
  return { pieces, ...(body.endless === undefined ? {} : { endless: body.endless }), end: r.chance(0.01) ? 'stall' : r.pick(['close', 'close', 'reset', 'keep'] as const) === 'keep' && /Content-Length: \d|chunked/.test(body.head) ? 'keep' : r.pick(['close', 'close', 'close', 'reset'] as const) }
}

/** One answer, whatever it is, and then a fair one over whatever connections stand. */
export async function wireCase(r: Rand): Promise<string | null> {
  const { server, trap, fetcher } = await opened()
  const path = `/w${cases += 1}`
  const plan = answerPlan(r)
  server.plan(path, plan)
  const jar = createJar()
  const began = performance.now()
  const result = await fetcher.fetch({ url: server.origin + path, jar, ...(r.chance(0.2) ? { etag: '"x"' } : {}), ...(r.chance(0.1) ? { prefix: true } : {}) })
  const took = performance.now() - began
  return first(bounded(result, took, jar.header(server.origin + path)), need(server.sent() < ENOUGH, `${server.sent()} bytes were taken of an endless answer: ${result.outcome} ${result.error} ${took.toFixed(0)} ms`), need(trap.touched() === 0, 'the shut listener was reached'), await fairNext(server, fetcher), read(result))
}

function bounded(result: FetchResult, took: number, cookie: string | null): string | null {
  const headers = Object.entries(result.headers)
  return first(
    need(result.outcome !== 'own_fault', `own fault: ${result.error}`),
    need(!isGone(result.outcome) || result.status === 404 || result.status === 410, `called ${result.outcome}`),
    need(result.bytes.length <= MOST, `${result.bytes.length} bytes`),
    need(headers.reduce((n, [k, v]) => n + k.length + v.length, 0) <= 200_000, 'more headers than are taken'),
    need(headers.every(([k, v]) => typeof v === 'string' && !v.includes('\r') && (k === 'set-cookie' || !v.includes('\n'))), 'a header with a line break in it'),
    need(({} as Record<string, unknown>)['x'] === undefined && Object.getPrototypeOf(result.headers) === Object.prototype, 'a prototype was changed'),
    need((cookie?.length ?? 0) <= 8192, `a cookie header of ${cookie?.length}`),
    need(result.redirects.length <= 6, `${result.redirects.length} redirects`),
    need(took < LONGEST, `took ${took.toFixed(0)} ms`),
    need((result.error?.length ?? 0) < 2000, `an error of ${result.error?.length} characters`),
  )
}

/** What came too much with one answer may never be taken for the next one's. */
async function fairNext(server: RawServer, fetcher: Fetcher): Promise<string | null> {
  const said = `fair ${cases}`
  server.plan('/fair', { pieces: [latin(`HTTP/1.1 200 OK\r\nContent-Length: ${said.length}\r\n\r\n${said}`)], end: 'keep' })
  const next = await fetcher.fetch({ url: `${server.origin}/fair` })
  return need(next.outcome === 'ok' && Buffer.from(next.bytes).toString() === said, `the next answer was ${next.outcome} ${JSON.stringify(Buffer.from(next.bytes).toString().slice(0, 60))} ${next.error ?? ''}`)
}

function read(result: FetchResult): string | null {
  if (result.outcome !== 'ok') return null
  const facts = readPage(result.bytes, { url: result.url, now: NOW, contentType: result.headers['content-type'] ?? null })
  return need(facts.date === null, `a date that the page does not hold: ${facts.date}`)
}

/** Where a redirect may want to lead. `port` is a listener's that is never to be reached. */
const LOCATIONS: readonly ((r: Rand, port: number, path: string) => string)[] = [
  (r, port) => `http://${r.pick(['127.0.0.1', 'localhost', '2130706433', '0177.0.0.1', '0x7f.1', '127.1', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '0.0.0.0', '0', '127.0.0.1.', '127.0.0.2', '127.77.0.2', 'a.gov.cn', '127%2e0.0.1', '\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa6.0.0.1', '[64:ff9b::7f00:1]', '[2002:7f00:1::]'])}:${port}/`,
  (r, port) => `${r.pick(['//', '\\\\', '/\\', 'http:\\\\', 'http:', 'HTTP://', '///', '\t//', ' //'])}127.0.0.1:${port}/`,
  (r, port) => `http://${r.pick(['u:p@', '@', 'u@', '%00@', `${OPEN}@`, `${OPEN}%23@`])}127.0.0.1:${port}/`,
  (r) => r.pick(['file:///etc/passwd', 'javascript:alert(1)', 'data:text/html,<h1>x', 'ftp://127.0.0.1/', 'gopher://127.0.0.1:6379/_INFO', 'about:blank', 'blob:x', 'ws://127.0.0.1/', 'unix:/x', 'view-source:http://a', 'mailto:a@b', 'chrome://x']),
  (r) => r.pick(['', ' ', '\t', '#', '?', '.', '..', '../../../..', './', '%', '%zz', '%00', '//', '///', 'http://', 'http:///', 'https://', 'http://[', 'http://]', 'http://a b/', ':', '://', '\x7f', 'http://%', 'http://-', 'http://.']),
  (_, __, path) => path, (r, _, path) => `${path}?${r.int(1e9)}`, (r, _, path) => `${path}#${r.int(1e9)}`,
  (r) => `/${'x'.repeat(big(r, 200_000))}`, (r) => `/${String.fromCharCode(...r.times(60, () => 0x80 + r.int(0x80)))}`, () => '/x%0d%0aSet-Cookie:%20injected=1', () => '/x\x00y', () => '/x\ty',
  (r, port) => `https://${r.pick(['127.0.0.1', '[::1]'])}:${port}/`,
]

/** A redirect, or a chain of them, into whatever a Location may say. */
export async function redirectCase(r: Rand): Promise<string | null> {
  const { server, trap, fetcher } = await opened()
  const path = `/r${cases += 1}`
  const where = r.times(r.chance(0.1) ? 2 : 1, () => r.pick(LOCATIONS)(r, trap.port, path))
  const status = r.pick([301, 302, 303, 307, 308, 302, 300, 304, 305, 399])
  const cookies = r.chance(0.2) ? `Set-Cookie: n=${r.int(1e9)}\r\n` : ''
  const body = r.chance(0.2) ? 'x'.repeat(big(r, 300_000)) : ''
  server.plan(path, { pieces: [latin(`HTTP/1.1 ${status} x\r\n${where.map((w) => `Location: ${w}\r\n`).join('')}${cookies}Content-Length: ${body.length}\r\n\r\n${body}`)], end: r.pick(['keep', 'close'] as const) })
  const jar = createJar()
  const began = performance.now()
  const method = r.pick(['GET', 'GET', 'HEAD', 'POST'] as const)
  const result = await fetcher.fetch({ url: server.origin + path, method, jar, ...(method === 'POST' ? { body: 'a=b' } : {}), headers: { authorization: 'Basic secret' } })
  return first(bounded(result, performance.now() - began, jar.header(server.origin + path)), need(trap.touched() === 0, `${JSON.stringify(where)} reached the shut listener`), need(!Buffer.from(result.bytes).toString().includes('secret'), 'what is shut was read'), await fairNext(server, fetcher))
}
