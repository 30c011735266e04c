import { createFetcher, judgeOwnNetwork, probeCanaries } from '../../fetch/index.ts'
import type { CanarySight, FetcherOptions } from '../../fetch/index.ts'
import type { Outcome } from '../../domain/outcome.ts'
import { LOOK_MS, openHome } from './opening.ts'

const CONTROL_KEPT = 30_000
/** Sites that opened here lately, asked through the other way out to know that it works. */
const CONTROLS = 3

export type SecondLook = { readonly second: 'open' | 'shut' | 'none'; readonly outcome: Outcome }

type SecondOptions = Pick<FetcherOptions, 'guard' | 'userAgent' | 'contact'> & {
  readonly canaries: readonly string[]
  /** Milliseconds by the program's clock. */
  readonly now: () => number
}

export type SecondVantage = {
  /** Looks at a home page from there. `open` and `shut` only where the other way out is known to work. */
  look(url: string, now: Date, signal: AbortSignal): Promise<SecondLook>
  /** A site that opened here just now. */
  openedHere(url: string): void
  close(): Promise<void>
}

/**
 * The operator's proxy as a second vantage. That a site is shut is only said while a canary, or a site that opens here, answers
 * through it: a proxy that is cut off itself would call every site down.
 */
export function secondVantage(exit: string, { canaries, now: time, ...options }: SecondOptions): SecondVantage {
  const asked = new Map<string, number>()
  const fetcher = createFetcher({
    ...options, connections: 2, timeouts: { connect: LOOK_MS, headers: LOOK_MS, body: LOOK_MS, total: LOOK_MS },
    exit: { url: exit, handOver: (host) => asked.has(host) },
  })
  const lately: string[] = []
  let control: { at: number; of: Promise<readonly CanarySight[]> } | null = null

  const works = async (url: string): Promise<boolean> => {
    if (control === null || time() - control.at > CONTROL_KEPT) {
      control = { at: time(), of: probeCanaries(fetcher, [...canaries, ...lately.filter((u) => u !== url).slice(-CONTROLS)]) }
    }
    return judgeOwnNetwork({ successes: 0, failures: 1, canaries: await control.of }).sees
  }
  return {
    async look(url, now, signal) {
      const host = URL.parse(url)?.hostname ?? ''
      asked.set(host, (asked.get(host) ?? 0) + 1)
      try {
        const seen = await openHome(fetcher, url, { now, signal })
        if (seen.open === null) return { second: 'none', outcome: seen.outcome }
        if (seen.open) return { second: 'open', outcome: seen.outcome }
        return { second: seen.status !== null || (await works(url)) ? 'shut' : 'none', outcome: seen.outcome }
      } finally {
        const left = (asked.get(host) ?? 1) - 1
        if (left === 0) asked.delete(host)
        else asked.set(host, left)
      }
    },
    openedHere: (url) => {
      if (lately.at(-1) === url) return
      lately.push(url)
      if (lately.length > CONTROLS + 1) lately.shift()
    },
    close: () => fetcher.close(),
  }
}
