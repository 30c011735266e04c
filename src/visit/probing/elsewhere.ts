import type { Guard } from '../../fetch/index.ts'
import { NETWORK_OUTCOMES } from '../../fetch/index.ts'
import { isInternalHost } from '../../probes/index.ts'
import type { ProbeReply } from '../../probes/index.ts'

/** Milliseconds in which the name of a host of others must resolve, and for one request to it. */
const RESOLVE_MS = 3000
const AGAIN_MS = 10_000
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
 * once in a while, twice a run at most, with a time of its own, and one that does not resolve or connect is not observed for the rest of the run.
 */
export function elsewhere(guard: Pick<Guard, 'resolve'>, home: string): Elsewhere {
  const resolved = new Map<string, { readonly answer: Promise<string | null>; readonly at: number; readonly times: number }>()
  const silent = new Map<string, ProbeReply>()
  const resolves = async (host: string): Promise<string | null> => {
    const held = resolved.get(host)
    // Name servers have bad moments: once more, after a while, before a name counts as dead.
    if (held !== undefined && ((await held.answer) === null || held.times >= 2 || performance.now() - held.at < AGAIN_MS)) return held.answer
    const asked = { answer: inTime(guard.resolve(host)), at: performance.now(), times: (held?.times ?? 0) + 1 }
    resolved.set(host, asked)
    return asked.answer
  }
  const is = (url: string): boolean => !isInternalHost(url, home)
  return {
    is,
    async barred(url) {
      const host = URL.parse(url)?.hostname
      if (host === undefined || !is(url)) return null
      const held = silent.get(host)
      if (held !== undefined) return { ...held, url, ms: 0 }
      const why = await resolves(host)
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
    return await Promise.race([work.then(() => null, (error: unknown) => (isDenied(error) ? null : `the name does not resolve: ${codeOf(error)}`)), late])
  } finally {
    clearTimeout(timer)
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error)
}

/** The guard's own refusal keeps its name: the fetcher gives it. */
function isDenied(error: unknown): boolean {
  return error instanceof Error && error.name === 'AddressDenied'
}
