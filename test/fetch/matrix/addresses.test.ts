import { describe, expect, it } from 'vitest'
import { whyDenied } from '../../../src/fetch/address.ts'
import { createGuard } from '../../../src/fetch/index.ts'
import { blockOf, INSIDE, IPV4, IPV6, METADATA, textOf } from './registry.ts'

const blocks = [...Object.entries(IPV4), ...Object.entries(IPV6)].map(([cidr, name]) => ({ ...blockOf(cidr), name }))
const ends = blocks.flatMap((b) => {
  const middle = (b.first + b.last) / 2n
  return [...new Set([b.first, b.first + (b.last > b.first ? 1n : 0n), middle, b.last])].map((n) => [b.cidr, b.name, textOf(n, b.family)] as const)
})
const within = (n: bigint, family: 4 | 6): boolean => blocks.some((b) => b.family === family && n >= b.first && n <= b.last)
/** 2000::/3, the only part of IPv6 that is given out for the public Internet. */
const global = { first: 1n << 125n, last: (1n << 125n) + (1n << 125n) - 1n }
/** The addresses just outside every block, but for those that lie in another one; of IPv6 those that are global unicast. */
const neighbours = blocks.flatMap((b) => [b.first - 1n, b.last + 1n]
  .filter((n) => n >= 0n && n < 1n << (b.family === 4 ? 32n : 128n) && !within(n, b.family) && (b.family === 4 || (n >= global.first && n <= global.last)))
  .map((n) => [b.cidr, textOf(n, b.family)] as const))

describe('every block of the special-purpose registries', () => {
  it.each(ends)('%s (%s): %s is denied, written in any way', (_cidr, _name, ip) => {
    expect(whyDenied(ip, [])).not.toBeNull()
    const host = ip.includes(':') ? `[${ip}]` : ip
    for (const url of [`http://${host}/`, `https://${host}:8443/x`, `http://${host}:80`]) expect(() => createGuard().checkUrl(url)).toThrow(/may not be reached/)
  })

  it.each(neighbours)('just outside %s: %s is allowed', (_cidr, ip) => {
    expect(whyDenied(ip, [])).toBeNull()
    expect(createGuard().checkUrl(`http://${ip.includes(':') ? `[${ip}]` : ip}/`).protocol).toBe('http:')
  })

  it('has neighbours to be held against: the guard does not deny all', () => {
    expect(neighbours.length).toBeGreaterThan(40)
    expect(neighbours.filter(([, ip]) => ip.includes(':')).length).toBeGreaterThan(8)
  })

  it.each(['1fff:ffff::1', '4000::1', '8000::1', 'fbff::1', 'fe00::1', '::2', '64:ff9b:2::1', '0100:0:0:2::', '100:0:0:ffff::1'])('outside global unicast: %s is denied', (ip) => expect(whyDenied(ip, [])).not.toBeNull())
})

describe('metadata services', () => {
  it.each(Object.entries(METADATA))('%s (%s) is denied', (ip) => {
    expect(whyDenied(ip, [])).not.toBeNull()
    if (ip.includes('.')) for (const inside of Object.values(INSIDE(ip))) expect([inside, whyDenied(inside, [])]).not.toEqual([inside, null])
  })
})

describe('an IPv4 address written inside an IPv6 one', () => {
  const hidden = blocks.filter((b) => b.family === 4).flatMap((b) => [b.first, b.last].map((n) => textOf(n, 4)))
  it.each([...new Set(hidden)])('%s is denied in every form', (four) => {
    for (const [form, six] of Object.entries(INSIDE(four))) {
      expect([form, six, whyDenied(six, [])]).not.toEqual([form, six, null])
      expect(() => createGuard().checkUrl(`http://[${six}]/`)).toThrow()
    }
  })

  it('is judged as what it leads to where that is told, and tunnels are denied whole', () => {
    const forms = INSIDE('8.8.8.8')
    const open = Object.entries(forms).filter(([, six]) => whyDenied(six, []) === null).map(([form]) => form)
    expect(open).toEqual(['IPv4-mapped', 'IPv4-mapped in hex', 'IPv4-mapped written out', 'NAT64', 'NAT64 with dots'])
  })

  it('is opened by no range but as itself or mapped', () => {
    const guard = createGuard({ allowNets: ['127.0.0.0/8'] })
    const open = Object.entries(INSIDE('127.0.0.1')).filter(([, six]) => {
      try {
        guard.checkAddress(six)
        return true
      } catch {
        return false
      }
    })
    expect(open.map(([form]) => form)).toEqual(['IPv4-mapped', 'IPv4-mapped in hex', 'IPv4-mapped written out'])
  })
})
