import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { parseNets, whyDenied } from './address.ts'
import { cachedResolver } from './resolve.ts'
import type { Resolve } from './resolve.ts'

/** Thrown (and handed to sockets) where an address may not be reached. */
export class AddressDenied extends Error {
  override readonly name = 'AddressDenied'
  readonly code = 'ERR_ADDRESS_DENIED'
}

export type GuardOptions = {
  /** Ranges opened though they are not public (`HUOSHUI_ALLOW_NETS`), as CIDR. */
  readonly allowNets?: readonly string[]
  /** Names to addresses; by default the name servers, with a cache. */
  readonly resolve?: Resolve
}

export type Guard = {
  /** The address in its one normal spelling; throws AddressDenied with the reason. Names are not resolved yet. */
  checkUrl(url: string, base?: string): URL
  /** Throws AddressDenied unless this IP address may be reached. */
  checkAddress(ip: string): void
  /** Addresses of a host that may be reached, all of them checked; throws AddressDenied when it has none such. */
  resolve(hostname: string): Promise<readonly string[]>
  /** For `net.connect`: gives the socket only addresses that were checked, so it connects to what was checked. */
  readonly lookup: LookupFunction
}

/**
 * The one judge of what may be reached, by HTTP client and browser alike. Whatever the spelling (decimal, octal, hex
 * or short IPv4, full-width digits and dots, trailing dots), WHATWG URL parsing brings it to one form, which is judged;
 * names are judged by the addresses they resolve to, at the moment of connecting.
 */
export function createGuard(options: GuardOptions = {}): Guard {
  const allowed = parseNets(options.allowNets ?? [])
  const ask = options.resolve ?? cachedResolver()
  const judged = new Map<string, string | null>()

  const judge = (ip: string): string | null => {
    const held = judged.get(ip)
    if (held !== undefined) return held
    if (judged.size > 10_000) judged.clear()
    const why = whyDenied(ip, allowed)
    judged.set(ip, why)
    return why
  }
  const checkAddress = (ip: string): void => {
    const why = judge(ip)
    if (why !== null) throw new AddressDenied(`${ip} may not be reached (${why})`)
  }

  const checkUrl = (address: string, base?: string): URL => {
    const url = URL.parse(address, base)
    if (url === null) throw new AddressDenied(`not an address: ${address.slice(0, 200)}`)
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new AddressDenied(`not http or https: ${url.protocol}`)
    if (url.username !== '' || url.password !== '') throw new AddressDenied('an address with a user name or password')
    const host = bareHost(url.hostname)
    if (host === '') throw new AddressDenied('an address without a host')
    if (isIP(host) !== 0) checkAddress(host)
    return url
  }

  const resolve = async (hostname: string): Promise<readonly string[]> => {
    const host = bareHost(hostname)
    if (isIP(host) !== 0) {
      checkAddress(host)
      return [host]
    }
    const found = await ask(host)
    const open = found.filter((ip) => judge(ip) === null)
    if (open.length > 0) return open
    throw new AddressDenied(`${host} leads to ${found.join(', ') || 'no address'}, which may not be reached`)
  }

  const lookup: LookupFunction = (hostname, wanted, tell) => {
    const answer = async (): Promise<() => void> => {
      try {
        const family = wanted.family === 'IPv4' ? 4 : wanted.family === 'IPv6' ? 6 : (wanted.family ?? 0)
        const list = (await resolve(hostname)).map((ip) => ({ address: ip, family: isIP(ip) })).filter((a) => family === 0 || a.family === family)
        const first = list[0]
        if (first === undefined) throw Object.assign(new Error(`${hostname} has no address of that family`), { code: 'ENOTFOUND' })
        return () => (wanted.all === true ? tell(null, list) : tell(null, first.address, first.family))
      } catch (error) {
        return () => tell(error as NodeJS.ErrnoException, [])
      }
    }
    void answer().then((say) => say())
  }

  return { checkUrl, checkAddress, resolve, lookup }
}

/** `[::1]` to `::1`; other hosts as they are. */
export function bareHost(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
}
