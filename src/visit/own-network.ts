import type { Sql } from 'postgres'
import { NETWORK_OUTCOMES, judgeOwnNetwork, probeCanaries } from '../fetch/index.ts'
import type { CanarySight, Fetcher, NetworkJudgement } from '../fetch/index.ts'
import type { Clock } from '../domain/clock.ts'
import type { Outcome } from '../domain/outcome.ts'

/** “The same minutes”, in real milliseconds, and how many visits of our own make others' unneeded. */
const MINUTES = 5 * 60_000
const ENOUGH = 5
/** Other workers' visits count while they are this young, in milliseconds of the program's clock. */
const OTHERS = 2 * 60_000
const CANARY_KEPT = 30_000

export type OwnNetwork = {
  /** A visit begins; the returned function says what became of it, once. */
  enter(channelId: number): (outcome: Outcome | null, answered: boolean) => void
  /** Does our own network work? Asked when a visit failed in a way that our own network could have caused. */
  judge(channelId: number, signal: AbortSignal): Promise<NetworkJudgement>
}

type Seen = { readonly channelId: number; readonly at: number; readonly answered: boolean }

/**
 * Judges our own network by how other channels fare in the same minutes: those of this process, of other workers (by their
 * rows), and the canaries. A visit that fails among the first waits, at most `patience` ms, for the others under way.
 */
export function createOwnNetwork(about: { fetcher: Fetcher; canaries: readonly string[]; register: { sql: Sql; clock: Clock } | null; patience?: number; now?: () => number }): OwnNetwork {
  const { fetcher, canaries, register, patience = 10_000, now = () => performance.now() } = about
  const seen: Seen[] = []
  const underWay = new Set<object>()
  const waiting = new Set<() => void>()
  let sights: { at: number; of: Promise<readonly CanarySight[]> } | null = null

  const note = (entry: Seen): void => {
    seen.push(entry)
    while (seen.length > 2000 || (seen[0] !== undefined && seen[0].at < now() - MINUTES)) seen.shift()
    for (const wake of waiting) wake()
  }
  const others = (channelId: number, answered: boolean): number =>
    new Set(seen.filter((s) => s.answered === answered && s.channelId !== channelId && s.at >= now() - MINUTES).map((s) => s.channelId)).size

  const settled = (channelId: number, signal: AbortSignal): Promise<void> => new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      clearTimeout(grace)
      signal.removeEventListener('abort', done)
      waiting.delete(check)
      resolve()
    }
    let early = true
    const check = (): void => {
      if (others(channelId, true) > 0 || (!early && underWay.size <= waiting.size)) done()
    }
    // At the very start nobody else may be under way yet.
    const grace = setTimeout(() => {
      early = false
      check()
    }, patience / 10)
    const timer = setTimeout(done, patience)
    signal.addEventListener('abort', done, { once: true })
    waiting.add(check)
    // Whoever waits is no longer under way for the rest: all who wait look again.
    for (const wake of waiting) wake()
  })

  const elsewhere = async (channelId: number): Promise<{ successes: number; failures: number }> => {
    if (register === null) return { successes: 0, failures: 0 }
    const since = new Date(register.clock.now().getTime() - OTHERS).toISOString()
    const [row] = await register.sql<{ successes: number; failures: number }[]>`
      select count(distinct channel_id) filter (where pages > 0)::int as successes,
             count(distinct channel_id) filter (where outcome = any(${[...NETWORK_OUTCOMES, 'own_network']}))::int as failures
        from visit where id > (select max(id) - 500 from visit) and channel_id <> ${channelId} and ended_at > ${since}`
    return row ?? { successes: 0, failures: 0 }
  }

  return {
    enter(channelId) {
      const token = {}
      underWay.add(token)
      return (outcome, answered) => {
        if (!underWay.delete(token)) return
        if (answered) note({ channelId, at: now(), answered: true })
        else if (outcome !== null && (NETWORK_OUTCOMES.has(outcome) || outcome === 'own_network')) note({ channelId, at: now(), answered: false })
        else for (const wake of waiting) wake()
      }
    },

    async judge(channelId, signal) {
      if (canaries.length === 0 && others(channelId, true) === 0) await settled(channelId, signal)
      let successes = others(channelId, true)
      let failures = others(channelId, false) + 1
      if (successes === 0 && failures < ENOUGH) {
        const more = await elsewhere(channelId)
        successes += more.successes
        failures += more.failures
      }
      if (canaries.length > 0 && (sights === null || sights.at < now() - CANARY_KEPT)) sights = { at: now(), of: probeCanaries(fetcher, canaries) }
      return judgeOwnNetwork({ successes, failures, canaries: sights === null ? [] : await sights.of })
    },
  }
}
