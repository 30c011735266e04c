import { createFetcher, createGuard, createRobots, NETWORK_OUTCOMES, postgresPacer } from '../../fetch/index.ts'
import type { NetworkJudgement } from '../../fetch/index.ts'
import { createOwnNetwork } from '../own-network.ts'
import type { VisitorOptions } from '../types.ts'
import { LOOK_MS, openHome } from './opening.ts'
import type { Opening } from './opening.ts'
import { secondVantage } from './second.ts'
import { inTime, slotAfter, slotAt, slotsOf } from './slots.ts'
import { claimDue, claimWanted, writeDone, writeSecond } from './store.ts'
import type { Done, HeldWeek, Sample, WantedLook } from './store.ts'

export type SamplerOptions = Pick<VisitorOptions, 'ctx' | 'config' | 'log'> & {
  /** Looks under way at once; default 128. A site that is down takes 15 s. */
  readonly atOnce?: number
  /** Real milliseconds for which a failure waits for others to show whether our network works. */
  readonly patience?: number
}

export type Sampler = {
  /** Takes in hand what is due, as far as there is room, and writes what has been seen. Returns how many looks were begun. */
  step(): Promise<number>
  /** Waits for all looks under way and writes them. */
  drain(): Promise<void>
  close(): Promise<void>
}

/** Pages kept in the memory of robots.txt: one a site, for a whole country's. */
const ROBOTS_KEPT = 20_000
const NOTHING: Opening = { outcome: 'robots', ms: 0, status: null, detail: 'robots.txt disallows it', open: null }

/** Looks at the sites under a week's watch when they are due. Opened once a process; several processes share the work. */
export function createSampler({ ctx, config, log, atOnce = 128, patience }: SamplerOptions): Sampler {
  const now = (): number => ctx.clock.now().getTime()
  const guard = createGuard({ allowNets: config.allowNets })
  const pacer = postgresPacer({ sql: ctx.db.sql, onError: (error) => log.warn(`pacing: ${String(error)}`) })
  const shared = { guard, contact: config.contact, userAgent: config.userAgent }
  const fetcher = createFetcher({
    ...shared, pacer, connections: 2, idle: 1000,
    pacing: { pace: config.pace, atOnce: config.hostConcurrency, organisationAtOnce: config.organisationConcurrency },
    timeouts: { connect: LOOK_MS, headers: LOOK_MS, body: LOOK_MS, total: LOOK_MS },
  })
  const robots = createRobots({ fetcher, size: ROBOTS_KEPT })
  const network = createOwnNetwork({ fetcher, canaries: config.canaries, register: { sql: ctx.db.sql, clock: ctx.clock }, now, ...(patience === undefined ? {} : { patience }) })
  const other = config.secondVantage === undefined ? null : secondVantage(config.secondVantage, { ...shared, canaries: config.canaries, now })
  const stop = new AbortController()
  const underWay = new Set<Promise<void>>()
  let done: Done[] = []

  const ownNetwork = (channelId: number): Promise<NetworkJudgement> => network.judge(channelId, stop.signal)

  const opening = async (week: Pick<HeldWeek, 'address' | 'barred' | 'organisationId'>, at: Date): Promise<Opening> => {
    const organisation = week.organisationId === null ? {} : { organisation: week.organisationId }
    // Visits read robots.txt; only a site that has had none yet is asked here. A file that cannot be had forbids nothing: that is what is measured.
    const barred = week.barred ?? (await robots.check(week.address, { signal: stop.signal, ...organisation })).outcome === 'robots'
    return barred ? NOTHING : openHome(fetcher, week.address, { now: at, signal: stop.signal, ...organisation })
  }

  const look = async (week: HeldWeek): Promise<Sample> => {
    const at = ctx.clock.now()
    const leave = network.enter(week.channelId)
    try {
      const seen = await opening(week, at)
      const suspicious = seen.open === false && seen.status === null && NETWORK_OUTCOMES.has(seen.outcome)
      const judgement = suspicious ? await ownNetwork(week.channelId) : null
      const down = judgement !== null && !judgement.sees
      leave(down ? 'own_network' : seen.outcome, seen.status !== null)
      if (seen.open === true) other?.openedHere(week.address)
      const doubted = seen.open === false && !down && week.vantages > 1
      const second = doubted && other !== null ? await other.look(week.address, at, stop.signal) : null
      const said = second?.second ?? 'none'
      return {
        at, outcome: seen.outcome, ms: seen.ms, ownNetwork: down, vantage: config.vantage,
        detail: down ? `${judgement.why.en}; ${seen.detail ?? ''}` : seen.detail,
        second: doubted ? said : null,
        wanted: doubted && said === 'none',
        secondVantage: second === null || said === 'none' ? null : 'proxy',
        secondOutcome: second?.outcome ?? null,
      }
    } finally {
      leave(null, false)
    }
  }

  const take = async (week: HeldWeek): Promise<void> => {
    const sample = inTime(week, week.slot, ctx.clock.now()) ? await look(week) : null
    // Stopped in mid-look: the claim runs out, and whoever comes next looks again if there is still time.
    if (stop.signal.aborted) return
    const slot = slotAfter(week, week.slot, ctx.clock.now())
    done.push({ week, sample, next: slot >= slotsOf(week) ? null : { slot, at: slotAt(week, slot) } })
  }

  /** A failure that another worker's vantage saw, looked at from ours; ours must be known to work. */
  const confirm = async (wanted: WantedLook): Promise<void> => {
    const at = ctx.clock.now()
    const seen = await openHome(fetcher, wanted.address, { now: at, signal: stop.signal })
    if (seen.open === null) return
    const doubtful = !seen.open && seen.status === null && !(await ownNetwork(wanted.channelId)).sees
    if (!doubtful) await writeSecond(ctx.db.sql, wanted, { second: seen.open ? 'open' : 'shut', vantage: config.vantage, at, outcome: seen.outcome })
  }

  const begin = (work: Promise<void>): void => {
    const running = work.catch((error: unknown) => log.warn(`availability: ${error instanceof Error ? error.message : String(error)}`))
    underWay.add(running)
    void running.then(() => underWay.delete(running))
  }
  const write = async (): Promise<void> => {
    const batch = done
    if (batch.length === 0) return
    done = []
    try {
      await writeDone(ctx.db.sql, batch, ctx.clock.now())
    } catch (error) {
      done = [...batch, ...done]
      throw error
    }
  }

  return {
    async step() {
      await write()
      const room = atOnce - underWay.size
      if (room <= 0 || stop.signal.aborted) return 0
      const due = await claimDue(ctx.db.sql, ctx.clock.now(), room)
      for (const week of due) begin(take(week))
      if (due.length < room) for (const wanted of await claimWanted(ctx.db.sql, ctx.clock.now(), config.vantage, Math.min(20, room - due.length))) begin(confirm(wanted))
      return due.length
    },
    async drain() {
      while (underWay.size > 0) await Promise.all(underWay)
      await write()
    },
    async close() {
      stop.abort()
      await Promise.all(underWay)
      await write().catch((error: unknown) => log.warn(`availability: ${String(error)}`))
      await other?.close()
      await fetcher.close()
    },
  }
}

export type Sampling = { close(): Promise<void> }

/** Steps once a second until it is closed. */
export function runSampler(options: SamplerOptions & { readonly everyMs?: number }): Sampling {
  const sampler = createSampler(options)
  const { everyMs = 1000, log } = options
  let open = true
  let timer: NodeJS.Timeout | undefined
  let trouble = ''
  const loop = async (): Promise<void> => {
    try {
      await sampler.step()
      trouble = ''
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error)
      if (what !== trouble) log.warn(`availability: ${what}`)
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
      await sampler.close()
    },
  }
}
