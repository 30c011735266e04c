import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { startCampaign } from '../../src/campaign/index.ts'
import { runCheck } from '../../src/check/index.ts'
import { loadConfig } from '../../src/config/load.ts'
import { openEvidence } from '../../src/evidence/index.ts'
import { importLedger } from '../../src/registry/index.ts'
import { decide, issueOrder, listCandidates } from '../../src/review/index.ts'
import { runChannel } from '../../src/schedule/index.ts'
import type { Auth } from '../../src/server/auth/types.ts'
import { crawl } from '../../src/work/index.ts'
import { makeProvince, noon, refresh, serveProvince, writeLedger } from '../province/index.ts'
import type { Province } from '../province/index.ts'
import { openConsole } from './console.ts'
import type { OpenConsole } from './console.ts'
import { testDatabase } from './postgres.ts'
import type { TestDatabase } from './postgres.ts'

const TODAY = '2026-06-01'
const HOUR = 3_600_000

export type ProvinceConsole = OpenConsole & {
  readonly t: TestDatabase
  readonly province: Province
  readonly folder: string
  readonly run: number
  /** Visits everything once more, at the program's present moment, and judges it. */
  crawlAgain(): Promise<void>
}

/** The sample province crawled on two days, judged, checked, with a campaign begun, and the console before it. */
export async function openProvinceConsole(options: { auth?: (t: TestDatabase) => Promise<Auth> } = {}): Promise<ProvinceConsole> {
  const t = await testDatabase({ now: noon(TODAY).toISOString() })
  const folder = await mkdtemp(join(tmpdir(), 'huoshui-console-'))
  const province = makeProvince({ today: TODAY })
  const served = await serveProvince(province, { now: () => t.ctx.clock.now(), slowMs: 100 })
  const env = { HUOSHUI_DATA: folder, HUOSHUI_KEY: Buffer.alloc(32, 7).toString('base64') }
  const config = loadConfig(env, { data: folder, pace: 0, allowNets: ['127.0.0.0/8'], canaries: province.canaries, bases: served.bases, browser: false, concurrency: 24 })
  const visitAll = async (): Promise<void> => {
    await crawl({ ctx: t.ctx, databaseUrl: t.url, log: pino({ level: 'silent' }), config })
    refresh(province, t.ctx.clock.now())
  }
  const dueNow = async (): Promise<void> => {
    for (const { id } of await t.db.sql<{ id: number }[]>`select id::int from channel where state = 'active'`) await runChannel({ ctx: t.ctx, input: { id } })
  }
  await writeLedger(province, join(folder, 'ledger.xlsx'))
  await importLedger({ ctx: t.ctx, input: { file: join(folder, 'ledger.xlsx') } })
  await visitAll()
  await startCampaign({ ctx: t.ctx, input: { name: '全省政务新媒体专项清理', targetRate: 60 } })
  t.ctx.clock.advance(25 * HOUR)
  await dueNow()
  await visitAll()
  // Some of the work is under way: orders sent, one channel kept, one closed.
  const rectify = await listCandidates({ ctx: t.ctx, input: { proposal: 'rectify', limit: 4 } })
  const shut = await listCandidates({ ctx: t.ctx, input: { proposal: 'shut_down', limit: 8 } })
  for (const { id } of rectify) await decide({ ctx: t.ctx, input: { candidate: id, step: 'order', reason: '栏目长期未更新,请限期整改', deadline: '2026-06-20' } })
  for (const { id } of shut.slice(0, 3)) await decide({ ctx: t.ctx, input: { candidate: id, step: 'plan_shut_down', reason: '长期不更新且无力维护,予以关停', deadline: '2026-06-30' } })
  await decide({ ctx: t.ctx, input: { candidate: shut[0]?.id ?? 0, step: 'confirm_shut_down', reason: '已公告并停止服务' } })
  await decide({ ctx: t.ctx, input: { candidate: shut[4]?.id ?? 0, step: 'keep', reason: '单位说明情况,保留并备案' } })
  for (const { id } of [...rectify, ...shut.slice(1, 3)]) await issueOrder({ ctx: t.ctx, input: { candidate: id } })
  const { run } = await runCheck({ ctx: t.ctx, input: { channels: 'all' } })
  const evidence = openEvidence({ data: folder })
  const house = await openConsole(t, { env, evidence, ...(options.auth === undefined ? {} : { auth: await options.auth(t) }) })
  return {
    ...house, t, province, folder, run,
    crawlAgain: async () => { await dueNow(); await visitAll() },
    close: async () => {
      await house.close()
      evidence.close()
      await served.close()
      await t.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
