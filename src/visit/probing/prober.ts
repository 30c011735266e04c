import { loadPolicies, whenAllowed } from '../../schedule/index.ts'
import type { Ctx } from '../../../db/context.ts'
import type { Log } from '../types.ts'
import type { ProbeChannelArgs, ProbeSummary } from './channel.ts'
import { claimDue, letGo } from './claim.ts'

export type ProberOptions = {
  readonly ctx: Ctx
  readonly log: Log
  /** Tries one website, as `Visitor.probe` does. */
  probe(args: ProbeChannelArgs): Promise<ProbeSummary>
  /** Websites at once; 0 tries none. */
  readonly atOnce: number
  readonly onRun?: (summary: ProbeSummary) => void
}

export type Prober = {
  /** Takes in hand what is due, as far as there is room. Returns how many websites were begun. */
  step(): Promise<number>
  drain(): Promise<void>
  close(): Promise<void>
}

const HOUR = 3_600_000

/** Tries functions of websites when they are due by policy. Opened once a process; several processes share the work. */
export function createProber({ ctx, log, probe, atOnce, onRun }: ProberOptions): Prober {
  const { sql } = ctx.db
  const stop = new AbortController()
  const underWay = new Set<Promise<void>>()
  const one = async (channelId: number): Promise<void> => {
    try {
      const summary = await probe({ channelId, reason: 'schedule', signal: stop.signal })
      onRun?.(summary)
    } catch (error) {
      // Stopped in mid-run: it is due as before. A fault of ours must not come back at once, over and over.
      const next = stop.signal.aborted ? undefined : new Date(ctx.clock.now().getTime() + HOUR)
      if (!stop.signal.aborted) log.warn(`probes: channel ${channelId}: ${error instanceof Error ? error.message : String(error)}`)
      await letGo(sql, channelId, next)
    }
  }
  const begin = (channelId: number): void => {
    const running = one(channelId).catch((error: unknown) => log.warn(`probes: ${error instanceof Error ? error.message : String(error)}`))
    underWay.add(running)
    void running.then(() => underWay.delete(running))
  }
  return {
    async step() {
      const room = atOnce - underWay.size
      if (room <= 0 || stop.signal.aborted) return 0
      const due = await claimDue(sql, ctx.clock.now(), room)
      if (due.length === 0) return 0
      const policyOf = await loadPolicies({ ctx })
      const now = ctx.clock.now()
      let begun = 0
      for (const subject of due) {
        const policy = policyOf(subject)
        const at = policy.probes === 'none' ? null : whenAllowed(subject.id, policy, now)
        if (at === null || at > now) await letGo(sql, subject.id, at ?? new Date(now.getTime() + 24 * HOUR))
        else {
          begin(subject.id)
          begun++
        }
      }
      return begun
    },
    async drain() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
    async close() {
      stop.abort()
      await Promise.all(underWay)
    },
  }
}

export type Probing = { close(): Promise<void> }

/** Steps until it is closed, every `everyMs` (5 s). */
export function runProber({ everyMs = 5000, ...options }: ProberOptions & { readonly everyMs?: number }): Probing {
  const prober = createProber(options)
  let open = true
  let timer: NodeJS.Timeout | undefined
  let trouble = ''
  const loop = async (): Promise<void> => {
    try {
      await prober.step()
      trouble = ''
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error)
      if (what !== trouble) options.log.warn(`probes: ${what}`)
      trouble = what
    }
    if (open) timer = setTimeout(() => { running = loop() }, everyMs)
  }
  let running = loop()
  return {
    close: async () => {
      open = false
      clearTimeout(timer)
      await running
      await prober.close()
    },
  }
}
