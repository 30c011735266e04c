import type { Guard } from '../../fetch/index.ts'
import { NETWORK_OUTCOMES } from '../../fetch/index.ts'
import { isInternalHost } from '../../probes/index.ts'
import type { ProbeReply } from '../../probes/index.ts'

/** Milliseconds in which the name of a host of others must resolve, and for one request to it. */
const RESOLVE_MS = 3000
export const ELSEWHERE_MS = 15_000

export type Elsewhere = {
  /** Null where the host may be asked; else the answer that stands for it in this run. */
  barred(url: string): Promise<ProbeReply | null>
  /** Learns from an answer: a host that gave none is left alone for the rest of the run. */
  learn(url: string, reply: ProbeReply): void
  /** Does the address lie on another host than the site? */
  is(url: string): boolean
}

/**
 * Hosts of others that a site links to. Dead names answer slowly, and each would be asked by several probes: a name is asked
 * once a run, with a time of its own, and one that does not resolve or connect is not observed for the rest of the run.
 */
export function elsewhere(guard: Pick<Guard, 'resolve'>, home: string): Elsewhere {
  const resolved = new Map<string, Promise<string | null>>()
  const silent = new Map<string, ProbeReply>()
  const is = (url: string): boolean => !isInternalHost(url, home)
  return {
    is,
    async barred(url) {
      const host = URL.parse(url)?.hostname
      if (host === undefined || !is(url)) return null
      const held = silent.get(host)
      if (held !== undefined) return { ...held, url, ms: 0 }
      let asked = resolved.get(host)
      if (asked === undefined) {
        asked = inTime(guard.resolve(host))
        resolved.set(host, asked)
      }
      const why = await asked
      return why === null ? null : { outcome: 'dns', status: null, url, redirects: [], headers: {}, bytes: new Uint8Array(), truncated: false, ms: 0, error: why }
    },
    learn(url, reply) {
      const host = URL.parse(url)?.hostname
      if (host !== undefined && is(url) && reply.status === null && NETWORK_OUTCOMES.has(reply.outcome)) silent.set(host, { ...reply, bytes: new Uint8Array() })
    },
  }
}

/** Null where it resolved, or where it is not for the name servers to say; else why not. */
async function inTime(work: Promise<readonly string[]>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => { timer = setTimeout(() => resolve(`the name did not resolve within ${RESOLVE_MS} ms`), RESOLVE_MS) })
  try {
    return await Promise.race([work.then(() => null, (error: unknown) => (isDenied(error) ? null : 'the name does not resolve')), late])
  } finally {
    clearTimeout(timer)
  }
}

/** The guard's own refusal keeps its name: the fetcher gives it. */
function isDenied(error: unknown): boolean {
  return error instanceof Error && error.name === 'AddressDenied'
}
