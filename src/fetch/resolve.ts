import { lookup, Resolver } from 'node:dns'
import type { LookupAddress } from 'node:dns'
import { promisify } from 'node:util'

/** A name to its addresses, in the order they should be tried. Rejects with a DNS error code (`ENOTFOUND`…). */
export type Resolve = (hostname: string) => Promise<readonly string[]>

export type ResolverOptions = {
  /** Milliseconds an answer is kept; default 60 s. A failure is kept for a tenth of that. */
  readonly ttl?: number
  /** Answers kept at most; default 20,000. */
  readonly size?: number
  readonly lookup?: Resolve
  readonly now?: () => number
}

const systemLookup = promisify(lookup) as (name: string, o: { all: true; verbatim: true }) => Promise<LookupAddress[]>

const ASK_SYSTEM = new Set(['ENOTFOUND', 'ENODATA', 'ECONNREFUSED', 'EBADNAME'])

/**
 * Asks the name servers without libuv's thread pool, where four dead names would hold up every other lookup and file
 * access; names the servers do not know, and names without a dot, are left to the system (hosts file, localhost).
 */
export function nameServers(options: { timeout?: number; tries?: number; servers?: readonly string[] } = {}): Resolve {
  const resolver = new Resolver({ timeout: options.timeout ?? 3000, tries: options.tries ?? 2 })
  if (options.servers !== undefined) resolver.setServers(options.servers)
  const ask = (name: string, type: 'A' | 'AAAA'): Promise<string[]> =>
    new Promise((done, fail) => {
      const answer = (error: Error | null, addresses: string[]): void => (error ? fail(error) : done(addresses))
      if (type === 'A') resolver.resolve4(name, answer)
      else resolver.resolve6(name, answer)
    })
  return async (hostname) => {
    const name = hostname.endsWith('.') ? hostname.slice(0, -1) : hostname
    if (name.includes('.') && !name.endsWith('.localhost')) {
      const [four, six] = await Promise.allSettled([ask(name, 'A'), ask(name, 'AAAA')])
      const found = [...(four.status === 'fulfilled' ? four.value : []), ...(six.status === 'fulfilled' ? six.value : [])]
      if (found.length > 0) return found
      // A name server that is silent or broken is its own failure: the system would only ask it again, in a thread.
      if (four.status === 'rejected' && !ASK_SYSTEM.has(String((four.reason as { code?: unknown }).code))) throw four.reason
    }
    const found = await systemLookup(name, { all: true, verbatim: true })
    return found.map((a) => a.address)
  }
}

/** A resolver with a bounded memory: one question at a time for a name, answers kept for `ttl`. */
export function cachedResolver(options: ResolverOptions = {}): Resolve {
  const { ttl = 60_000, size = 20_000, now = Date.now } = options
  const ask = options.lookup ?? nameServers()
  const known = new Map<string, { until: number; answer: Promise<readonly string[]> }>()
  return (hostname) => {
    const held = known.get(hostname)
    if (held !== undefined && held.until > now()) return held.answer
    const entry = { until: Infinity, answer: ask(hostname) }
    known.delete(hostname)
    known.set(hostname, entry)
    if (known.size > size) {
      const oldest = known.keys().next()
      if (!oldest.done) known.delete(oldest.value)
    }
    entry.answer.then(
      () => void (entry.until = now() + ttl),
      () => void (entry.until = now() + ttl / 10),
    )
    return entry.answer
  }
}
