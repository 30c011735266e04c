import ipaddr from 'ipaddr.js'
import { isIP } from 'node:net'
import { HuoshuiError } from '../domain/error.ts'

export type Net = readonly [ipaddr.IPv4 | ipaddr.IPv6, number]

/** Global unicast: the only part of IPv6 that is routed on the public Internet (IANA IPv6 Address Space registry). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')

/** Interface identifiers of ISATAP (RFC 5214 §6.1), private and public: the last four bytes are the IPv4 address behind. */
const ISATAP = new Set(['00005efe', '02005efe'])

/** Metadata services that stand on public-looking addresses; the others fall under link-local, CGNAT and unique-local. */
const METADATA = new Set(['168.63.129.16'])

/**
 * Ranges in CIDR (`127.0.0.0/8`, `fd00::/8`) or single addresses, as `HUOSHUI_ALLOW_NETS` gives them.
 * Throws `bad_input` that names the range it could not read.
 */
export function parseNets(ranges: readonly string[]): Net[] {
  return ranges.map((range) => {
    try {
      if (isIP(range) !== 0) {
        const address = ipaddr.parse(range)
        return [address, address.kind() === 'ipv4' ? 32 : 128]
      }
      if (isIP(range.split('/')[0] ?? '') === 0) throw new Error('not an address')
      return ipaddr.parseCIDR(range)
    } catch (cause) {
      throw new HuoshuiError('bad_input', {
        zh: `地址范围有误:“${range}”,应为 CIDR,例如 127.0.0.0/8`,
        en: `Wrong address range "${range}": expected CIDR such as 127.0.0.0/8`,
      }, { cause })
    }
  })
}

/**
 * Why an IP address may not be reached, or null when it may. Everything that is not global unicast is denied; an
 * IPv4 address inside an IPv6 one (mapped, NAT64) is judged as the IPv4 address it leads to; 6to4, Teredo and ISATAP,
 * which tunnel to any IPv4 address, are denied whole (RFC 6890, IANA special-purpose registries).
 */
export function whyDenied(ip: string, allowed: readonly Net[]): string | null {
  const family = isIP(ip)
  if (family === 0) return 'not an IP address'
  const address = ipaddr.parse(ip)
  if (address instanceof ipaddr.IPv6) {
    if (address.zoneId !== undefined) return 'zoned'
    if (address.isIPv4MappedAddress()) return whyDenied(address.toIPv4Address().toString(), allowed)
    if (inside(address, allowed)) return null
    if (address.match(NAT64)) return whyDenied(embedded(address), [])
    const range = address.range()
    if (range !== 'unicast') return range
    if (ISATAP.has(Buffer.from(address.toByteArray().slice(8, 12)).toString('hex'))) return 'isatap'
    return address.match(GLOBAL_UNICAST) ? null : 'unassigned'
  }
  if (inside(address, allowed)) return null
  if (METADATA.has(address.toString())) return 'metadata'
  const range = address.range()
  return range === 'unicast' ? null : range
}

function inside(address: ipaddr.IPv4 | ipaddr.IPv6, nets: readonly Net[]): boolean {
  return nets.some(([net, bits]) => net.kind() === address.kind() && address.match(net, bits))
}

function embedded(address: ipaddr.IPv6): string {
  return address.toByteArray().slice(12).join('.')
}
