import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createFetcher, createGuard, guardedSocket, peekCertificate } from '../../../src/fetch/index.ts'
import { guardedProxy } from '../../../src/fetch/proxy.ts'
import type { GuardedProxy } from '../../../src/fetch/proxy.ts'
import { trap } from './trap.ts'
import type { Trap } from './trap.ts'

const FULL = '０１２３４５６７８９'
const wide = (s: string): string => s.replace(/\d/g, (d) => FULL[Number(d)] ?? d)

/** How a host that leads to loopback may be written. What is no host at all must lead nowhere either. */
const HOSTS: Readonly<Record<string, string>> = {
  plain: '127.0.0.1', 'another of the block': '127.8.9.10', 'the first of the block': '127.0.0.0', zero: '0.0.0.0', 'one zero': '0', decimal: '2130706433', octal: '017700000001', hex: '0x7f000001',
  'hex, upper case': '0X7F000001', 'hex parts': '0x7f.0x0.0x0.0x1', 'octal parts': '0177.0.0.01', 'long zeros': '000000000000000177.0.0.1', 'mixed parts': '0x7f.0.0.01',
  'two parts': '127.1', 'three parts': '127.0.1', 'two parts, hex': '0x7f.1', 'two parts, big': '127.65537', 'empty hex': '127.0.0x.1', 'over the top': '4294967297.', 'trailing dot': '127.0.0.1.', 'decimal, trailing dot': '2130706433.',
  'two trailing dots': '127.0.0.1..', 'an empty label': '127..0.0.1', 'a leading dot': '.127.0.0.1', 'five parts': '127.0.0.1.1', 'too large': '127.0.0.256',
  'full-width digits': wide('127.0.0.1'), 'full-width dots': '127．0．0．1', 'ideographic dots': '127。0。0。1', 'half-width ideographic dots': '127｡0｡0｡1', 'all full-width': '１２７。０．０｡１', 'circled digits': '①②⑦.⓪.⓪.①',
  superscript: '¹²⁷.⁰.⁰.¹', 'mathematical digits': '𝟏𝟐𝟕.𝟎.𝟎.𝟏', 'arabic digits': '١٢٧.٠.٠.١', 'soft hyphen': '127.0.0\u00ad.1', 'zero-width space': '127.0.0\u200b.1', 'word joiner': '127\u2060.0.0.1', 'full-width decimal': wide('2130706433'),
  'percent-encoded': '%31%32%37.%30.%30.%31', 'percent-encoded dots': '127%2e0%2e0%2e1', 'percent-encoded ideographic dots': '127%E3%80%820%E3%80%820%E3%80%821', 'twice encoded': '%2531%2532%2537.0.0.1', 'encoded slash': '127.0.0.1%2f.gov.cn', 'a null': '127.0.0.1%00.gov.cn',
  'user name': 'www.gov.cn@127.0.0.1', 'user and password': 'www.gov.cn:80@127.0.0.1', 'empty user': '@127.0.0.1', 'user on a name': 'u@www.gov.cn', 'two at signs': 'a@b@127.0.0.1', 'encoded at sign': 'www.gov.cn%40127.0.0.1', 'backslash': 'www.gov.cn\\@127.0.0.1', 'question mark': '127.0.0.1?.gov.cn', 'number sign': '127.0.0.1#.gov.cn',
  localhost: 'localhost', 'localhost, upper case': 'LOCALHOST', 'localhost, trailing dot': 'localhost.', 'localhost, full-width': 'ｌｏｃａｌｈｏｓｔ', 'a name below localhost': 'a.localhost', 'a name below localhost, dotted': 'a.localhost.', 'localhost with a domain': 'localhost.localdomain', ip6: 'ip6-localhost',
  v6: '[::1]', 'v6 long': '[0:0:0:0:0:0:0:1]', 'v6 longer': '[0000:0000:0000:0000:0000:0000:0000:0001]', 'v6 any': '[::]', 'v6 mapped': '[::ffff:127.0.0.1]', 'v6 mapped, hex': '[::ffff:7f00:1]', 'v6 mapped any': '[::ffff:0:0]', 'v6 compatible': '[::127.0.0.1]', 'v6 NAT64': '[64:ff9b::7f00:1]',
  'v6 with a zone': '[::1%25lo]', 'v6 with a plain zone': '[::1%lo]', 'link-local with a zone': '[fe80::1%25lo]', 'v6 without brackets': '::1', 'v6 unclosed': '[::1', 'v6 in two brackets': '[[::1]]', 'v6 percent-encoded': '%5B::1%5D', 'v4 in brackets': '[127.0.0.1]', 'v6 full-width': '[：：１]',
  'a name that leads there': 'inner.gov.cn', 'a name that leads there by v6': 'inner6.gov.cn', 'a name that leads there, dotted': 'inner.gov.cn.', 'a name in full-width': 'ｉｎｎｅｒ。ｇｏｖ。ｃｎ', 'a name for any address': 'any.gov.cn', 'a name for the mapped one': 'mapped.gov.cn', 'a name for decimal': 'odd.gov.cn', 'a name with a zone': 'zoned.gov.cn',
}
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'inner.gov.cn': ['127.0.0.1'], 'inner6.gov.cn': ['::1'], 'any.gov.cn': ['0.0.0.0', '::'], 'mapped.gov.cn': ['::ffff:127.0.0.1'], 'odd.gov.cn': ['2130706433', '127.1', 'localhost', ''], 'zoned.gov.cn': ['::1%lo', 'fe80::1%lo'],
}
/** The worst that a name server could say: whatever is taken for a name leads to loopback. */
const resolve = (host: string): Promise<readonly string[]> => Promise.resolve(NAMES[host.replace(/\.$/, '')] ?? ['127.0.0.1', '::1'])

let private_: Trap
let shut: GuardedProxy
const guard = createGuard({ resolve })
const fetcher = createFetcher({ guard, timeouts: { connect: 1000, headers: 1000, total: 2000 } })
beforeAll(async () => {
  private_ = await trap()
  shut = await guardedProxy(guard)
})
beforeEach(() => private_.reset())
afterAll(() => Promise.all([fetcher.close(), private_.close(), shut.close()]).then(() => undefined))

/** Puts the port where a host ends: before what follows it in a spelling that runs on. */
const at = (host: string, port: number, scheme = 'http'): string => `${scheme}://${/[?#\\]/.test(host) && !host.includes('@') ? host.replace(/[?#]/, (c) => `:${port}/${c}`) : `${host}:${port}`}/`
const say = (proxy: GuardedProxy, text: string): Promise<string> => new Promise((done) => {
  let heard = ''
  const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1', () => socket.write(text))
  socket.on('data', (c) => (heard += c.toString('latin1'))).on('close', () => done(heard)).on('error', () => done(heard))
})

describe('a host that leads to loopback, however it is written', () => {
  it.each(Object.entries(HOSTS))('%s (%s): nothing is touched by HTTP, by TLS, by the browser’s proxy, by mail or by a look at its certificate', async (_name, host) => {
    for (const scheme of ['http', 'https']) {
      const result = await fetcher.fetch({ url: at(host, private_.port, scheme) })
      expect([result.outcome, result.status]).toEqual(['address_denied', null])
    }
    const raw = Buffer.from(host).toString('latin1')
    expect(await say(shut, `GET http://${raw}:${private_.port}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).not.toContain(' 200 ')
    expect(await say(shut, `CONNECT ${raw}:${private_.port} HTTP/1.1\r\n\r\n`)).not.toContain(' 200 ')
    await expect(guardedSocket(guard)(host, private_.port)).rejects.toThrow()
    expect(await peekCertificate(guard, host.replace(/^\[|\]$/g, ''), private_.port, AbortSignal.timeout(2000))).toBeNull()
    expect(private_.touched).toBe(0)
  })

  it('is counted where it is opened: the listener sees what reaches it', async () => {
    const open = createFetcher({ guard: createGuard({ resolve, allowNets: ['127.0.0.0/8', '::1'] }) })
    const reached: string[] = []
    for (const [name, host] of Object.entries(HOSTS)) {
      private_.reset()
      await open.fetch({ url: at(host, private_.port), httpFallback: false })
      if (private_.paths.length > 0) reached.push(name)
    }
    await open.close()
    for (const name of ['plain', 'decimal', 'octal', 'hex', 'two parts', 'trailing dot', 'all full-width', 'circled digits', 'percent-encoded', 'percent-encoded ideographic dots', 'soft hyphen', 'localhost', 'localhost, trailing dot', 'v6', 'v6 long', 'v6 mapped', 'a name that leads there', 'a name that leads there by v6', 'a name in full-width']) {
      expect(reached).toContain(name)
    }
    // An address with a user name is refused even there.
    expect(reached).not.toContain('user name')
    private_.reset()
    const mail = await guardedSocket(createGuard({ allowNets: ['127.0.0.1'] }))('127.0.0.1', private_.port)
    mail.destroy()
    await expect.poll(() => private_.touched).toBe(1)
  })

  it.each([1, 22, 25, 80, 443, 3306, 5432, 6379, 8080, 11_211, 65_535])('is denied at port %i as at any', (port) => {
    for (const host of ['127.0.0.1', '[::1]', '0x7f.1', '169.254.169.254']) expect(() => guard.checkUrl(`http://${host}:${port}/`)).toThrow(/may not be reached/)
  })
})
