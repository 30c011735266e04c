import type { Logger } from 'pino'
import type { Ctx } from '../../../db/context.ts'
import { compareProbes } from '../../../test/province/index.ts'
import type { FoundProbes, ProbeScore, Province } from '../../../test/province/index.ts'
import type { Config } from '../../config/schema.ts'
import type { stoppedClock } from '../../domain/clock.ts'
import { addDays, startOfDay } from '../../domain/date.ts'
import type { Day } from '../../domain/date.ts'
import type { CrawlProgress } from '../../schedule/index.ts'
import { createVisitor, probeNow } from '../../visit/index.ts'
import { createSampler, startWeek } from '../../visit/week/index.ts'

const MINUTE = 60_000
const WEEK = 7
/** Looks a day: the least that the rule asks for. Steps must be shorter than a tenth of their spacing. */
const LOOKS = 20
const STEP_MINUTES = 6
/** Websites under the demo's watch, and websites tried at once: each is our own and answers from this machine. */
const WATCHED = 8
const AT_ONCE = 24

type Clock = ReturnType<typeof stoppedClock>

/** The websites of the register with their numbers, as the province has them. */
async function registered(ctx: Ctx, province: Province): Promise<readonly { readonly id: number; readonly address: string; readonly site: NonNullable<Province['channels'][number]['site']> }[]> {
  const rows = await ctx.db.sql<{ id: number; address: string }[]>`select id::int as id, address from channel where kind = 'website' order by id`
  const ids = new Map(rows.map((r) => [r.address, r.id]))
  return province.channels.flatMap(({ site, address, truth }) => {
    const id = ids.get(address)
    return site === null || id === undefined || truth.outcome !== 'ok' ? [] : [{ id, address, site }]
  })
}

/** A week's watch over a few websites, in the seven days that end with the midnight before `today`. Returns their numbers. */
export async function keepWatch({ ctx, clock, config, log, province, today }: { ctx: Ctx; clock: Clock; config: Config; log: Logger; province: Province; today: Day }): Promise<ReadonlySet<number>> {
  const from = addDays(today, -WEEK)
  const chosen = (await registered(ctx, province)).slice(0, WATCHED).map((s) => s.id)
  clock.set(startOfDay(from))
  await startWeek({ ctx, input: { selection: { ids: chosen }, from, days: WEEK, visitsPerDay: LOOKS, vantages: 1 } })
  const sampler = createSampler({ ctx, config, log })
  try {
    for (let at = startOfDay(from).getTime(); at <= startOfDay(today).getTime(); at += STEP_MINUTES * MINUTE) {
      clock.set(new Date(at))
      if ((await sampler.step()) > 0) await sampler.drain()
    }
  } finally {
    await sampler.close()
  }
  return new Set(chosen)
}

export type DemoProbes = { readonly scores: readonly ProbeScore[]; readonly websites: number; readonly seconds: number }

/** Tries the functions of every website of the province, and holds what is said of them against the truth. */
export async function tryFunctions({ ctx, config, log, province, watched, progress }: {
  ctx: Ctx
  config: Config
  log: Logger
  province: Province
  watched: ReadonlySet<number>
  progress(p: CrawlProgress): void
}): Promise<DemoProbes> {
  const began = performance.now()
  const found: FoundProbes[] = []
  const visitor = await createVisitor({ ctx, config, log })
  try {
    const done = await probeNow({
      ctx, log, atOnce: AT_ONCE, signal: new AbortController().signal, input: { selection: { all: true } }, probe: (args) => visitor.probe(args),
      onRun: (run, n, total) => {
        found.push({ address: run.address, probes: run.probes, watched: watched.has(run.channelId) })
        progress({ done: n, total })
      },
    })
    return { scores: compareProbes(province, found, ctx.clock.now()), websites: done.tried, seconds: Math.round((performance.now() - began) / 100) / 10 }
  } finally {
    await visitor.close()
  }
}
