import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importLedger } from '../../src/registry/index.ts'
import { listCandidates } from '../../src/review/index.ts'
import { compare, makeProvince, noon, refresh, serveProvince, writeLedger } from '../province/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import { testRedis } from '../helpers/redis.ts'
import type { TestRedis } from '../helpers/redis.ts'

const TODAY = '2026-06-01'
let redis: TestRedis | null = null
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis?.close())

/** A real worker process, killed -9 with visits in hand, and another that takes over: in both sizes of the engine. */
describe.each(['PostgreSQL', 'Redis'] as const)('a worker killed in mid-crawl, queue on %s', (size) => {
  test('every due channel ends with exactly one visit for its slot, and no candidate is false', async ({ skip }) => {
    if (size === 'Redis' && redis === null) return skip('no Redis on this machine')
    const t = await testDatabase({ now: noon(TODAY).toISOString() })
    const folder = await mkdtemp(join(tmpdir(), 'huoshui-killed-'))
    const province = makeProvince({ today: TODAY, sites: 40 })
    const served = await serveProvince(province, { now: () => t.ctx.clock.now(), slowMs: 300 })
    const workers: ChildProcess[] = []
    const start = (): ChildProcess => {
      const child = spawn(process.execPath, ['src/cli/main.ts', 'worker', '--data', folder, '--now', noon(TODAY).toISOString(), '--pace', '0', '--concurrency', '4'], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: {
          ...process.env, DATABASE_URL: t.url, HUOSHUI_ALLOW_NETS: '127.0.0.0/8', HUOSHUI_BROWSER: 'false', HUOSHUI_LOG_LEVEL: 'error',
          HUOSHUI_CANARIES: province.canaries.join(','), HUOSHUI_BASES: Object.entries(served.bases).map(([host, base]) => `${host}=${base}`).join(','),
          REDIS_URL: size === 'Redis' ? (redis?.url ?? '') : '',
        },
      })
      workers.push(child)
      return child
    }
    const count = async (): Promise<{ visits: number; left: number }> => {
      const [row] = await t.db.sql<{ visits: number; left: number }[]>`
        select (select count(*)::int from visit) as visits, (select count(*)::int from channel where last_visit_at is null) as left`
      return row ?? { visits: 0, left: 1 }
    }
    const until = async (done: (n: { visits: number; left: number }) => boolean, seconds: number): Promise<void> => {
      const end = performance.now() + seconds * 1000
      while (!done(await count())) {
        if (performance.now() > end) throw new Error(`not done in ${seconds} s: ${JSON.stringify(await count())}`)
        await wait(20)
      }
    }
    try {
      await writeLedger(province, join(folder, 'ledger.csv'))
      await importLedger({ ctx: t.ctx, input: { file: join(folder, 'ledger.csv') } })
      const first = start()
      await until((n) => n.visits >= 5, 90)
      first.kill('SIGKILL')
      await once(first, 'exit')
      const [held] = await t.db.sql<{ n: number }[]>`select count(*)::int as n from channel where claimed_slot is not null`
      expect(held?.n).toBeGreaterThan(0)
      const second = start()
      await until((n) => n.left === 0, 180)
      second.kill('SIGTERM')
      const [code] = (await once(second, 'exit')) as [number | null]
      expect(code).toBe(0)
      const doubled = await t.db.sql`select channel_id from visit group by channel_id having count(*) <> 1`
      expect(doubled).toHaveLength(0)
      expect((await count()).visits).toBe(province.channels.length)
      refresh(province, t.ctx.clock.now())
      expect(compare(province, { candidates: await listCandidates({ ctx: t.ctx }), columns: [] }).false).toEqual([])
    } finally {
      for (const w of workers) if (w.exitCode === null && w.signalCode === null) w.kill('SIGKILL')
      await served.close()
      await t.close()
      await rm(folder, { recursive: true, force: true })
    }
  }, 300_000)
})
