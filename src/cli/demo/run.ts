import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Ctx } from '../../../db/context.ts'
import { compare, makeProvince, noon, refresh, serveProvince, writeLedger } from '../../../test/province/index.ts'
import type { Province, Report, Served } from '../../../test/province/index.ts'
import type { Config } from '../../config/schema.ts'
import { stoppedClock } from '../../domain/clock.ts'
import type { Day } from '../../domain/date.ts'
import type { Engine } from '../../engine/index.ts'
import { importLedger } from '../../registry/index.ts'
import { listCandidates, listColumns } from '../../review/index.ts'
import type { CandidateRow } from '../../review/index.ts'
import { runChannel } from '../../schedule/index.ts'
import { crawl } from '../../work/index.ts'
import type { CrawlSummary } from '../../work/index.ts'
import type { CrawlProgress } from '../../schedule/index.ts'
import { keepWatch, tryFunctions } from './probes.ts'
import type { DemoProbes } from './probes.ts'
import { lendMeans } from './means.ts'

/** A fixed day, so that every demo is the same demo. */
export const DEMO_DAY: Day = '2026-06-01'
const HOUR = 3_600_000

export type DemoStage = { readonly zh: string; readonly en: string }
export type DemoResult = {
  readonly report: Report
  readonly probes: DemoProbes
  readonly candidates: readonly CandidateRow[]
  readonly crawls: readonly CrawlSummary[]
  readonly province: Province
  readonly served: Served
  readonly ctx: Ctx
}

/**
 * The whole main job on the sample province: its ledger is written and imported, everything is visited through the
 * queue over three days of the program's clock (what seems gone is confirmed a day later), judged, and held against
 * the known truth. Before it a few websites are watched for a week of that clock; after it the functions of all are tried.
 */
export async function runDemo({ config, engine, log, folder, stage, progress }: {
  config: Config
  engine: Engine
  log: Logger
  folder: string
  stage(text: DemoStage): Promise<void>
  progress(p: CrawlProgress): void
}): Promise<DemoResult> {
  const clock = stoppedClock(noon(DEMO_DAY))
  const ctx: Ctx = { db: engine.db, clock, actor: { kind: 'cli', name: 'demo' } }
  const province = makeProvince({ today: DEMO_DAY })
  const served = await serveProvince(province, { now: () => clock.now() })
  try {
    const ledger = join(folder, 'ledger.xlsx')
    await writeLedger(province, ledger)
    const imported = await importLedger({ ctx, input: { file: ledger } })
    await stage({ zh: `已导入样例省台账:${imported.created} 个渠道`, en: `the sample province's ledger is in: ${imported.created} channels` })
    await lendMeans({ ctx, config, province, served })
    const settings: Config = { ...config, allowNets: ['127.0.0.0/8'], canaries: [...province.canaries], bases: { ...served.bases } }
    const watched = await keepWatch({ ctx, clock, config: settings, log, province, today: DEMO_DAY })
    await stage({ zh: `已用程序时钟对 ${watched.size} 个网站监测一周`, en: `${watched.size} websites were watched for a week of the program's clock` })
    clock.set(noon(DEMO_DAY))
    const crawls: CrawlSummary[] = []
    for (const hours of [0, 25, 24]) {
      clock.advance(hours * HOUR)
      // The last day looks at everything once more, so that what was found can be held against one day's truth.
      if (crawls.length === 2) await runAll(ctx)
      const sum = await crawl({ ctx, config: settings, databaseUrl: engine.databaseUrl, log, onProgress: progress })
      crawls.push(sum)
      await stage({
        zh: `第 ${crawls.length} 天:巡检 ${sum.channels} 个渠道、${sum.pages} 个网页,用时 ${sum.seconds} 秒,候选 ${sum.candidates} 个`,
        en: `day ${crawls.length}: ${sum.channels} channels and ${sum.pages} pages in ${sum.seconds} s, ${sum.candidates} candidates`,
      })
    }
    refresh(province, clock.now())
    const [candidates, columns, outcomes] = await Promise.all([
      listCandidates({ ctx }),
      listColumns({ ctx }),
      engine.db.sql<{ kind: string; name: string; outcome: string }[]>`select kind, name, last_outcome as outcome from channel where last_outcome is not null`,
    ])
    const probes = await tryFunctions({ ctx, config: settings, log, province, watched, progress })
    await stage({ zh: `功能探测:${probes.websites} 个网站,用时 ${probes.seconds} 秒`, en: `functions tried on all ${probes.websites} websites in ${probes.seconds} s` })
    return { report: compare(province, { candidates, columns, outcomes }), probes, candidates, crawls, province, served, ctx }
  } catch (error) {
    await served.close()
    throw error
  }
}

async function runAll(ctx: Ctx): Promise<void> {
  const rows = await ctx.db.sql<{ id: number }[]>`select id::int from channel where state = 'active' and claimed_slot is null`
  for (const { id } of rows) await runChannel({ ctx, input: { id, reason: 'demo' } })
}
