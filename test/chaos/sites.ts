import type { Province, Served } from '../province/index.ts'
import { openProxy } from './proxy.ts'
import type { Proxy } from './proxy.ts'

/**
 * Puts a proxy before every site and feed of a served province, each on its own address, and names the proxies' port in the
 * province's addresses: call it before the ledger is written. Where a site refuses, nothing listens there either.
 */
export async function proxySites(province: Province, served: Served): Promise<Proxy[]> {
  const proxies: Proxy[] = []
  let port = 0
  const hosts = new Set(province.channels.flatMap((c) => (c.site === null || c.site.traps.includes('refused') ? [] : [c.site.host])))
  for (const c of province.channels) if (c.feed !== null) hosts.add(c.feed.host)
  for (const host of hosts) {
    const proxy = await openProxy({ host, port, to: { host, port: served.port } })
    port = proxy.port
    proxies.push(proxy)
  }
  for (const c of province.channels) {
    if (c.site !== null || c.feed !== null) c.address = c.address.replace(`:${served.port}/`, `:${port}/`)
  }
  return proxies
}
