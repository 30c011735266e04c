import { expect, test } from 'vitest'
import type { Fetcher, FetchRequest, FetchResult } from '../../../src/fetch/index.ts'
import { openHome } from '../../../src/visit/week/opening.ts'

const PAGE = '<html><head><title>某某县人民政府</title></head><body><p>某某县召开工作会议,部署下一阶段重点工作。</p><a href="/a/1.html">县领导调研</a></body></html>'
const WALL = '<html><head><title>访问异常页面</title></head><body>当前访问可能对网站安全造成威胁，已被网站卫士拦截</body></html>'
let asked: FetchRequest | null = null
const fetcher = (answer: Partial<FetchResult> & { body?: string }): Fetcher => ({
  userAgent: '',
  close: async () => undefined,
  fetch: async (request) => {
    asked = request
    const { body, ...more } = answer
    return {
      outcome: 'ok', status: 200, url: request.url, redirects: [], headers: { 'content-type': 'text/html; charset=utf-8' }, bytes: Buffer.from(body ?? PAGE), truncated: false, ms: 800, waitedMs: 0,
      remoteAddress: null, notModified: false, ...more,
    }
  },
})
const look = (answer: Parameters<typeof fetcher>[0], signal = new AbortController().signal) => openHome(fetcher(answer), 'http://www.x.gov.cn/', { now: new Date('2026-06-01T04:00:00Z'), signal })
const none = { status: null, bytes: new Uint8Array(0) }

test.each([
  ['a page', {}, 'ok', true],
  ['a page after 14.999 s', { ms: 14_999 }, 'ok', true],
  ['a page after 15 s, inclusive', { ms: 15_000 }, 'ok', false],
  ['no whole answer in the time a look has', { ...none, outcome: 'timeout', ms: 15_501 }, 'timeout', false],
  ['a time-out of our own before that', { ...none, outcome: 'timeout', ms: 9000 }, 'timeout', null],
  ['no connection', { ...none, outcome: 'refused', ms: 3 }, 'refused', false],
  ['no such name', { ...none, outcome: 'dns', ms: 3 }, 'dns', false],
  ['a server’s error', { outcome: 'server_error', status: 502, body: '<h1>502 Bad Gateway</h1>' }, 'server_error', false],
  ['a wall under a server’s error', { outcome: 'server_error', status: 503, body: WALL }, 'challenge', null],
  ['a wall that comes with 200', { body: WALL }, 'challenge', null],
  ['a wall by its status', { outcome: 'challenge', status: 412, body: '' }, 'challenge', null],
  ['a page larger than is read', { outcome: 'too_large', body: PAGE.repeat(300), truncated: true }, 'ok', true],
  ['a shell that scripts fill', { body: '<html><head><title>县政府</title></head><body><div id="app"></div><script src="/js/app.js"></script></body></html>' }, 'ok', true],
  ['a domain for sale', { body: '<html><head><title>x.com</title></head><body>该域名正在出售</body></html>' }, 'parked', false],
  ['the default page of a server', { body: '<html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1></body></html>' }, 'default_page', false],
  ['a home page that is not there', { outcome: 'not_found', status: 404, body: '<h1>404</h1>' }, 'not_found', false],
  ['trouble with TLS', { ...none, outcome: 'tls', ms: 20 }, 'tls', null],
  ['a body cut short', { outcome: 'truncated', truncated: true }, 'truncated', null],
  ['an interception for want of a licence', { body: '<html><head><title>网站未备案</title></head><body>该网站未备案</body></html>' }, 'forbidden', null],
  ['what another virtual host shows over http, https having failed', { body: '<html><head><title>x.com</title></head><body>该域名正在出售</body></html>', tlsTrouble: 'CERT_HAS_EXPIRED' }, 'ok', true],
] as const)('%s', async (_, answer, outcome, open) => {
  expect(await look(answer as Parameters<typeof look>[0])).toMatchObject({ outcome, open })
})

test('a look may take a little longer than the limit, reads a bounded part, and says nothing once it is stopped', async () => {
  await look({})
  expect(asked).toMatchObject({ prefix: true, maxBytes: 1_000_000, timeouts: { total: 15_500, headers: 15_500 } })
  const stop = new AbortController()
  stop.abort()
  expect((await look({ ...none, outcome: 'timeout', ms: 15_500 }, stop.signal)).open).toBeNull()
})
