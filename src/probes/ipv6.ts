import { isIP } from 'node:net'
import { z } from 'zod'
import type { Probe } from './types.ts'

export const ipv6Value = z.object({ aaaa: z.boolean(), reached: z.boolean().nullable(), addresses: z.array(z.string()) })

/** IPv6改造 (D29): an AAAA record, and an answer over it where this machine has IPv6. */
export const ipv6: Probe = {
  id: 'ipv6',
  serves: ['D29'],
  needs: ['http'],
  budget: { requests: 2, seconds: 30 },
  value: ipv6Value,
  faults: ({ aaaa, reached }: z.infer<typeof ipv6Value>) => (!aaaa ? [{ key: 'aaaa', what: { zh: '域名没有 IPv6 地址', en: 'the name has no IPv6 address' } }]
    : reached === false ? [{ key: 'reached', what: { zh: 'IPv6 无法访问', en: 'no answer over IPv6' } }] : []),
  async run(trial) {
    const { names6, reach6 } = trial.ask
    const host = new URL(trial.home.url).hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) !== 0) return { outcome: 'dns', value: null, note: 'an address without a name has no AAAA record' }
    if (names6 === undefined || names6 === null) return { outcome: 'own_fault', value: null, note: 'names cannot be asked for IPv6 here' }
    const addresses = await names6(host, trial.signal)
    if (addresses === null) return { outcome: 'dns', value: null, note: 'the name could not be asked' }
    const reached = addresses.length === 0 || reach6 === undefined || reach6 === null ? null : await reach6(trial.home.url, trial.signal)
    return { outcome: 'ok', value: { aaaa: addresses.length > 0, reached, addresses: addresses.slice(0, 8) } }
  },
}
