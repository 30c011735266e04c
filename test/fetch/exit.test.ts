import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createFetcher, createGuard } from '../../src/fetch/index.ts'
import type { Fetcher } from '../../src/fetch/index.ts'
import { deadPort, proxy } from '../visit/week/sites.ts'
import type { TestProxy } from '../visit/week/sites.ts'
import { PAIR } from './certificate.ts'
import { site } from './servers.ts'
import type { Site } from './servers.ts'

let way: TestProxy
let web: Site
let secure: Site
const fetchers: Fetcher[] = []
const direct = (target: string) => ({ host: target.slice(0, target.lastIndexOf(':')), port: Number(target.slice(target.lastIndexOf(':') + 1)) })
beforeAll(async () => {
  way = await proxy()
  web = await site((req, res) => {
    if (req.url === '/away') return void res.writeHead(302, { location: 'http://10.0.0.1/' }).end()
    if (req.url === '/by-name') return void res.writeHead(302, { location: 'http://inner.example/' }).end()
    res.end(`hello ${req.headers.host}`)
  })
  secure = await site((_req, res) => res.end('safe'), { tls: PAIR })
})
beforeEach(() => {
  way.asked.length = 0
  way.logins.length = 0
  way.route = direct
})
afterAll(async () => {
  for (const f of fetchers) await f.close()
  await Promise.all([way.close(), web.close(), secure.close()])
})

const NAMES: Readonly<Record<string, readonly string[]>> = { 'www.jingan.gov.cn': ['127.0.0.1'], 'private.example': ['10.1.2.3'] }
const guard = createGuard({
  allowNets: ['127.0.0.0/8'],
  resolve: async (host) => NAMES[host] ?? Promise.reject(Object.assign(new Error(`queryA ENOTFOUND ${host}`), { code: 'ENOTFOUND' })),
})
function through(url = way.url, handOver?: (host: string) => boolean): Fetcher {
  const f = createFetcher({ guard, ca: [PAIR.cert], timeouts: { connect: 2000, total: 3000 }, exit: { url, ...(handOver === undefined ? {} : { handOver }) } })
  fetchers.push(f)
  return f
}
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

test('everything goes through the proxy, to the address that the guard has judged', async () => {
  const got = await through().fetch({ url: `http://www.jingan.gov.cn:${web.port}/` })
  expect(got).toMatchObject({ outcome: 'ok', status: 200 })
  expect(text(got.bytes)).toBe(`hello www.jingan.gov.cn:${web.port}`)
  expect(way.asked).toEqual([`127.0.0.1:${web.port}`])
})

test('TLS is ours from end to end: the proxy sees none of it, and the certificate must hold', async () => {
  const got = await through().fetch({ url: `https://127.0.0.1:${secure.port}/` })
  expect([got.outcome, text(got.bytes)]).toEqual(['ok', 'safe'])
  const other = await through().fetch({ url: `https://www.jingan.gov.cn:${secure.port}/` })
  expect(other.outcome).toBe('tls')
})

test('private addresses are refused here, by whatever way they come, and the proxy is never asked for them', async () => {
  const f = through(way.url, () => true)
  expect(await f.fetch({ url: 'http://10.0.0.1/' })).toMatchObject({ outcome: 'address_denied' })
  expect(await f.fetch({ url: 'http://private.example/' })).toMatchObject({ outcome: 'address_denied' })
  expect(way.asked).toEqual([])
  expect(await f.fetch({ url: `${web.url}/away` })).toMatchObject({ outcome: 'address_denied' })
  expect(way.asked).toEqual([`127.0.0.1:${web.port}`])
})

test('a name unknown here is handed over only where that is said, and never by a redirect', async () => {
  way.route = () => ({ host: '127.0.0.1', port: web.port })
  expect(await through().fetch({ url: 'http://lost.gov.cn/' })).toMatchObject({ outcome: 'dns' })
  expect(way.asked).toEqual([])
  const f = through(way.url, (host) => host === 'lost.gov.cn')
  expect(await f.fetch({ url: 'http://lost.gov.cn/' })).toMatchObject({ outcome: 'ok' })
  expect(way.asked).toEqual(['lost.gov.cn:80'])
  expect(await f.fetch({ url: 'http://lost.gov.cn/by-name' })).toMatchObject({ outcome: 'dns' })
  expect(way.asked.some((a) => a.startsWith('inner'))).toBe(false)
})

test('what the proxy could not reach is unreached; what the proxy itself fails at is our own fault', async () => {
  way.route = () => null
  expect(await through().fetch({ url: web.url })).toMatchObject({ outcome: 'network', status: null })
  way.route = () => 'refuse'
  expect(await through().fetch({ url: web.url })).toMatchObject({ outcome: 'own_fault', status: null })
  expect(await through(`http://127.0.0.1:${await deadPort()}`).fetch({ url: web.url })).toMatchObject({ outcome: 'own_fault', error: expect.stringContaining('proxy cannot be reached') })
})

test('the proxy is told who we are, and the site is not', async () => {
  const f = through(way.url.replace('//', '//user:p%40ss@'))
  expect((await f.fetch({ url: `${web.url}/login` })).outcome).toBe('ok')
  expect(way.logins).toEqual([`Basic ${Buffer.from('user:p@ss').toString('base64')}`])
  expect(web.requests.at(-1)?.headers['proxy-authorization']).toBeUndefined()
})
