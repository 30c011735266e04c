import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { whyDenied } from '../../src/fetch/address.ts'
import { AddressDenied, createFetcher, createGuard } from '../../src/fetch/index.ts'
import { HuoshuiError } from '../../src/domain/error.ts'
import { site } from './servers.ts'
import type { Site } from './servers.ts'

const DENIED = {
  'this network': '0.0.0.0', 'this network, other': '0.1.2.3', 'private 10': '10.0.0.1', 'private 172': '172.16.0.1', 'private 172 end': '172.31.255.254',
  'private 192': '192.168.1.1', loopback: '127.0.0.1', 'loopback, other': '127.8.9.10', 'link-local': '169.254.1.1', 'metadata AWS': '169.254.169.254',
  'metadata Alibaba (CGNAT)': '100.100.100.200', 'metadata Azure': '168.63.129.16', CGNAT: '100.64.0.1', 'IETF protocol': '192.0.0.8', 'TEST-NET-1': '192.0.2.1',
  'TEST-NET-2': '198.51.100.7', 'TEST-NET-3': '203.0.113.7', '6to4 relay': '192.88.99.1', benchmark: '198.18.0.1', 'benchmark end': '198.19.255.255',
  multicast: '224.0.0.1', 'multicast end': '239.255.255.255', reserved: '240.0.0.1', broadcast: '255.255.255.255',
  'v6 unspecified': '::', 'v6 loopback': '::1', 'v6 link-local': 'fe80::1', 'v6 unique local': 'fd00::1', 'v6 metadata AWS': 'fd00:ec2::254',
  'v6 site-local': 'fec0::1', 'v6 multicast': 'ff02::1', 'v6 documentation': '2001:db8::1', 'v6 documentation 2': '3fff::1', 'v6 discard': '100::1',
  'v6 benchmark': '2001:2::1', 'v6 ORCHID': '2001:20::1', 'v6 unassigned': '4000::1', 'v6 segment routing': '5f00::1',
  'mapped loopback': '::ffff:127.0.0.1', 'mapped private': '::ffff:10.0.0.1', 'mapped, hex': '::ffff:7f00:1', 'compatible loopback': '::127.0.0.1',
  'translated (RFC 6145)': '::ffff:0:7f00:1', 'NAT64 loopback': '64:ff9b::7f00:1', 'NAT64 private': '64:ff9b::a00:1', 'NAT64 local': '64:ff9b:1::7f00:1',
  '6to4 loopback': '2002:7f00:1::', '6to4 public': '2002:808:808::1', Teredo: '2001:0:7f00:1::1', zoned: 'fe80::1%eth0',
}

describe('addresses', () => {
  it.each(Object.entries(DENIED))('denies %s (%s)', (_name, ip) => {
    expect(whyDenied(ip, [])).not.toBeNull()
  })

  it.each(['8.8.8.8', '223.5.5.5', '172.32.0.1', '172.15.255.255', '11.0.0.1', '126.255.255.255', '128.0.0.1', '2400:3200::1', '::ffff:8.8.8.8', '64:ff9b::808:808'])('allows %s', (ip) => {
    expect(whyDenied(ip, [])).toBeNull()
  })

  it('opens only the ranges it is told to', () => {
    const guard = createGuard({ allowNets: ['127.0.0.0/8', 'fd12::/16', '10.1.2.3'] })
    for (const ip of ['127.0.0.1', '127.255.0.1', '::ffff:127.0.0.1', 'fd12::5', '10.1.2.3']) expect(() => guard.checkAddress(ip)).not.toThrow()
    for (const ip of ['10.1.2.4', '169.254.169.254', '::1', 'fd13::5', '64:ff9b::7f00:1', '2002:7f00:1::']) expect(() => guard.checkAddress(ip)).toThrow(AddressDenied)
  })

  it.each(['127.0.0.0/33', 'localhost/8', '0x7f.1/8', '', '10.0.0.0/8/8', '1.2.3'])('refuses to start with the range %j', (range) => {
    expect(() => createGuard({ allowNets: [range] })).toThrow(HuoshuiError)
  })
})

const SPELLINGS = [
  'http://127.0.0.1/', 'http://127.0.0.1./', 'http://2130706433/', 'http://0x7f000001/', 'http://017700000001/', 'http://0x7f.0.0.1/', 'http://0177.0.0.1/',
  'http://127.1/', 'http://127.0.1/', 'http://127.0x1/', 'http://127。0。0。1/', 'http://127.0.0.1/', 'http://①②⑦.0.0.1/', 'http://127.0.0.1/', 'http://0/',
  'http://[::1]/', 'http://[::ffff:127.0.0.1]/', 'http://[::ffff:7f00:1]/', 'http://[0:0:0:0:0:ffff:7f00:0001]/', 'http://[64:ff9b::127.0.0.1]/', 'http://[2002:7f00:1::]/',
  'http:127.0.0.1/', 'http:\\\\127.0.0.1\\', 'http://\t127.0.0.1/', 'HTTP://127.0.0.1', 'http://%31%32%37.0.0.1/', 'http://169.254.169.254/latest/meta-data/',
  'http://user@127.0.0.1/', 'http://www.gov.cn@127.0.0.1/', 'http://user:pw@www.gov.cn/', 'http://www.gov.cn:80@127.0.0.1/',
]

describe('addresses in every spelling', () => {
  it.each(SPELLINGS)('denies %s', (url) => {
    expect(() => createGuard().checkUrl(url)).toThrow(AddressDenied)
  })

  it.each(['file:///etc/passwd', 'ftp://www.gov.cn/', 'javascript:alert(1)', 'data:text/html,x', 'gopher://127.0.0.1:25/', 'http://', 'nonsense', 'blob:http://x/', 'ws://www.gov.cn/', 'http://[fe80::1%25eth0]/'])('denies %s', (url) => {
    expect(() => createGuard().checkUrl(url)).toThrow(AddressDenied)
  })

  it('lets public addresses through in their normal form', () => {
    expect(createGuard().checkUrl('HTTP://WWW.Jiangxi.gov.cn:80/a b').href).toBe('http://www.jiangxi.gov.cn/a%20b')
    expect(createGuard().checkUrl('//b.gov.cn/x', 'https://a.gov.cn/').href).toBe('https://b.gov.cn/x')
    expect(createGuard().checkUrl('http://中文.cn:8080/').href).toBe('http://xn--fiq228c.cn:8080/')
  })
})

describe('a listener on loopback', () => {
  let listener: Site
  beforeAll(async () => void (listener = await site((_req, res) => res.end('private'))))
  afterAll(() => listener.close())

  const closed = createFetcher({ guard: createGuard({ resolve: () => Promise.resolve(['127.0.0.1']) }) })
  afterAll(() => closed.close())

  it.each(['127.0.0.1', '2130706433', '0x7f.1', '127.1', '[::ffff:127.0.0.1]', '127。0。0。1', 'localhost', 'localhost.', 'www.gov.cn', 'www.gov.cn.'])('is never touched as %s', async (host) => {
    const result = await closed.fetch({ url: `http://${host}:${listener.port}/` })
    expect(result.outcome).toBe('address_denied')
    expect(result.status).toBeNull()
    expect(listener.connections).toBe(0)
  })

  it('is never touched by a redirect, a relative or foreign Location, or another scheme', async () => {
    const locations = [`http://127.0.0.1:${listener.port}/`, `//2130706433:${listener.port}/`, `http://inner.gov.cn:${listener.port}/`, 'file:///etc/passwd', 'http://u:p@x.gov.cn/']
    const open = await site((req, res) => res.writeHead(302, { location: locations[Number(req.url?.slice(1))] }).end(), { host: '127.0.0.9' })
    const guard = createGuard({ allowNets: ['127.0.0.9'], resolve: () => Promise.resolve(['127.0.0.1']) })
    const fetcher = createFetcher({ guard })
    for (const i of locations.keys()) {
      const result = await fetcher.fetch({ url: `${open.url}/${i}` })
      expect([i, result.outcome]).toEqual([i, 'address_denied'])
      expect(result.redirects).toHaveLength(1)
    }
    expect(listener.connections).toBe(0)
    await fetcher.close()
    await open.close()
  })

  it('is never touched by a name that answers public first and private later', async () => {
    const answers = [['8.8.8.8'], ['127.0.0.1']]
    const asked: string[] = []
    const guard = createGuard({ resolve: (name) => Promise.resolve((asked.push(name), answers[Math.min(asked.length, 2) - 1]!)) })
    await expect(guard.resolve('rebind.example.cn')).resolves.toEqual(['8.8.8.8'])
    const fetcher = createFetcher({ guard })
    const result = await fetcher.fetch({ url: `http://rebind.example.cn:${listener.port}/` })
    expect(asked).toHaveLength(2)
    expect(result.outcome).toBe('address_denied')
    expect(listener.connections).toBe(0)
    await fetcher.close()
  })

  it('is dropped from a mixed answer, and the allowed address is used', async () => {
    const open = await site((_req, res) => res.end('hello'), { host: '127.0.0.9' })
    const guard = createGuard({ allowNets: ['127.0.0.9/32'], resolve: () => Promise.resolve(['127.0.0.1', '10.0.0.1', '127.0.0.9']) })
    const fetcher = createFetcher({ guard })
    const result = await fetcher.fetch({ url: `http://mixed.example.cn:${open.port}/` })
    expect(result).toMatchObject({ outcome: 'ok', remoteAddress: '127.0.0.9' })
    expect(listener.connections).toBe(0)
    await fetcher.close()
    await open.close()
  })
})
