import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { importLedger } from '../../src/registry/index.ts'
import { listCandidates, listColumns } from '../../src/review/index.ts'
import { runChannel, watcherFigures } from '../../src/schedule/index.ts'
import { crawl } from '../../src/work/index.ts'
import type { CrawlSummary } from '../../src/work/index.ts'
import { compare, makeProvince, noon, refresh, serveProvince, writeLedger } from '../province/index.ts'
import type { Province, Served } from '../province/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

const TODAY = '2026-06-01'
const HOUR = 3_600_000
const log = pino({ level: 'silent' })

/** The main job in one process: ledger in, every channel visited through the queue, judged, held against the truth. */
describe('the sample province', () => {
  let t: TestDatabase
  let folder: string
  let province: Province
  let served: Served
  const crawlNow = (): Promise<CrawlSummary> => crawl({
    ctx: t.ctx, databaseUrl: t.url, log,
    config: loadConfig({}, { data: folder, pace: 0, allowNets: ['127.0.0.0/8'], canaries: province.canaries, bases: served.bases, browser: false, concurrency: 24 }),
  })

  beforeAll(async () => {
    t = await testDatabase({ now: noon(TODAY).toISOString() })
    folder = await mkdtemp(join(tmpdir(), 'huoshui-province-'))
    province = makeProvince({ today: TODAY })
    served = await serveProvince(province, { now: () => t.ctx.clock.now(), slowMs: 200 })
    await writeLedger(province, join(folder, 'ledger.csv'), { encoding: 'gb18030' })
    const report = await importLedger({ ctx: t.ctx, input: { file: join(folder, 'ledger.csv') } })
    expect(report.errors).toEqual([])
    expect(report.created).toBe(province.channels.length)
  })
  afterAll(async () => {
    await served.close()
    await t.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('on the first day nothing is called gone, and every channel has exactly one visit', async () => {
    const sum = await crawlNow()
    expect(sum.channels).toBe(province.channels.length)
    const visits = await t.db.sql<{ n: number }[]>`select count(*)::int as n from visit group by channel_id`
    expect(visits).toHaveLength(province.channels.length)
    expect(visits.every((v) => v.n === 1)).toBe(true)
    const candidates = await listCandidates({ ctx: t.ctx })
    expect(candidates.filter((c) => c.rule === 'gone')).toEqual([])
    expect(candidates.length).toBeGreaterThan(0)
    refresh(province, t.ctx.clock.now())
    expect(compare(province, { candidates, columns: await listColumns({ ctx: t.ctx }) }).false).toEqual([])
  })

  test('a second crawl at the same moment has nothing to do', async () => {
    expect((await crawlNow()).channels).toBe(0)
  })

  test('a day later what is gone is confirmed; nothing is false, nearly nothing is missed', async () => {
    t.ctx.clock.advance(25 * HOUR)
    for (const { id } of await t.db.sql<{ id: number }[]>`select id::int from channel where state = 'active'`) await runChannel({ ctx: t.ctx, input: { id } })
    await crawlNow()
    refresh(province, t.ctx.clock.now())
    const candidates = await listCandidates({ ctx: t.ctx })
    const report = compare(province, { candidates, columns: await listColumns({ ctx: t.ctx }) })
    expect(report.false).toEqual([])
    expect(report.precision).toBe(1)
    expect(report.recall).toBeGreaterThanOrEqual(0.95)
    expect(candidates.some((c) => c.rule === 'gone')).toBe(true)
    expect(candidates.every((c) => c.evidence.length > 0)).toBe(true)
  })

  test('with the network cut nothing is held against anybody, and the watcher says that it cannot see', async () => {
    const before = await listCandidates({ ctx: t.ctx })
    await served.close()
    t.ctx.clock.advance(25 * HOUR)
    for (const { id } of await t.db.sql<{ id: number }[]>`select id::int from channel where state = 'active' and kind = 'website'`) await runChannel({ ctx: t.ctx, input: { id } })
    const sum = await crawlNow()
    expect(sum.outcomes['ok'] ?? 0).toBe(0)
    expect(sum.outcomes['own_network'] ?? 0).toBeGreaterThan(0)
    const after = await listCandidates({ ctx: t.ctx })
    expect(after.filter((a) => !before.some((b) => b.id === a.id))).toEqual([])
    const figures = await watcherFigures({ ctx: t.ctx })
    expect(figures.alarms.length).toBeGreaterThan(0)
  })
})

test('with the network cut from the start there are no candidates among the websites at all', async () => {
  const t = await testDatabase({ now: noon(TODAY).toISOString() })
  const folder = await mkdtemp(join(tmpdir(), 'huoshui-cut-'))
  try {
    const province = makeProvince({ today: TODAY, sites: 20 })
    const served = await serveProvince(province, { now: () => t.ctx.clock.now() })
    await writeLedger(province, join(folder, 'ledger.csv'))
    await served.close()
    await importLedger({ ctx: t.ctx, input: { file: join(folder, 'ledger.csv') } })
    const config = loadConfig({}, { data: folder, pace: 0, allowNets: ['127.0.0.0/8'], browser: false })
    for (let day = 0; day < 3; day++) {
      await t.db.sql`update channel set next_due_at = ${t.ctx.clock.now()} where kind = 'website' and claimed_slot is null`
      await crawl({ ctx: t.ctx, databaseUrl: t.url, log, config })
      t.ctx.clock.advance(25 * HOUR)
    }
    expect((await listCandidates({ ctx: t.ctx })).filter((c) => c.channel.kind === 'website')).toEqual([])
    expect((await watcherFigures({ ctx: t.ctx })).alarms.length).toBeGreaterThan(0)
  } finally {
    await t.close()
    await rm(folder, { recursive: true, force: true })
  }
})
