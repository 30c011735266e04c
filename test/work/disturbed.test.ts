import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { openDb } from '../../db/client.ts'
import type { Ctx } from '../../db/context.ts'
import { loadConfig } from '../../src/config/load.ts'
import { importLedger } from '../../src/registry/index.ts'
import { listCandidates } from '../../src/review/index.ts'
import { crawl } from '../../src/work/index.ts'
import { addMatters, bustle } from '../chaos/bustle.ts'
import { dice } from '../chaos/dice.ts'
import type { Stores } from '../chaos/engines.ts'
import { askActs, askDatabase, askEvidence, keepBook } from '../chaos/findings.ts'
import { openProxy } from '../chaos/proxy.ts'
import { openEvidence } from '../../src/evidence/index.ts'
import { compare, makeProvince, noon, refresh, serveProvince, writeLedger } from '../province/index.ts'
import { testDatabase } from '../helpers/postgres.ts'

const TODAY = '2026-06-01'
const log = pino({ level: 'silent' })

/** The chaos suite's questions (npm run test:chaos), asked after one small, fixed disturbance. */
test('connections to the database are cut four times in a crawl while orders are issued: nothing is lost, doubled or false', async () => {
  const t = await testDatabase({ now: noon(TODAY).toISOString() })
  const folder = await mkdtemp(join(tmpdir(), 'huoshui-disturbed-'))
  const province = makeProvince({ today: TODAY, sites: 40 })
  const served = await serveProvince(province, { now: () => t.ctx.clock.now(), slowMs: 50 })
  const direct = new URL(t.url)
  const proxy = await openProxy({ to: { host: direct.hostname, port: Number(direct.port) } })
  direct.port = String(proxy.port)
  const url = direct.href
  const db = openDb(url, { max: 6, silenceMs: 5000 })
  const ctx: Ctx = { ...t.ctx, db }
  const stores: Stores = { size: 'grown', env: {}, proxies: [], directRedis: null, harmRedis: null, directUrl: async () => url, killPostgres: async () => undefined, close: async () => undefined }
  const config = loadConfig({}, { data: folder, pace: 0, allowNets: ['127.0.0.0/8'], canaries: province.canaries, bases: served.bases, browser: false, concurrency: 8 })
  try {
    await writeLedger(province, join(folder, 'ledger.csv'))
    await importLedger({ ctx: t.ctx, input: { file: join(folder, 'ledger.csv') } })
    const matters = await addMatters(t.db, t.ctx.clock.now(), 16)
    await keepBook(t.db.sql)
    const over = new AbortController()
    const busy = bustle({ stores, clock: t.ctx.clock, matters, random: dice(1), signal: over.signal, everyMs: 100 })
    const strikes = [3, 20, 45, 70]
    await crawl({
      ctx, config, databaseUrl: url, log,
      onProgress: ({ done }) => {
        if (strikes[0] === undefined || done < strikes[0]) return
        strikes.shift()
        proxy.set('cut')
        proxy.set('fair')
      },
    })
    over.abort()
    const acts = await busy
    expect(strikes).toEqual([])
    // What somebody asked for at the last moment.
    await crawl({ ctx, config, databaseUrl: url, log })
    expect(acts.issued.length).toBeGreaterThan(0)
    expect(await askDatabase(t.db.sql)).toEqual([])
    expect(await askActs(t.db.sql, acts)).toEqual([])
    const evidence = openEvidence(config)
    expect(await askEvidence(t.db.sql, evidence)).toEqual([])
    evidence.close()
    refresh(province, t.ctx.clock.now())
    const candidates = (await listCandidates({ ctx: t.ctx })).filter((c) => !c.channel.name.startsWith('在办'))
    expect(candidates.length).toBeGreaterThan(0)
    expect(compare(province, { candidates, columns: [] }).false).toEqual([])
  } finally {
    await db.close()
    await proxy.close()
    await served.close()
    await t.close()
    await rm(folder, { recursive: true, force: true })
  }
})
