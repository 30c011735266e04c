/**
 * A country's availability week on one small machine: `node --max-semi-space-size=4 bench/availability/index.ts [seconds] [websites]`, by default
 * 15 minutes of 15,000 loopback websites at 20 looks a day, which is 3.5 looks a second over the day and 4.3 in the middle of
 * a part of it, which is measured. The whole path: due rows claimed, pages fetched, paced and judged, samples written. One site
 * in a hundred never answers, one answers 500. The sites are served by a process of their own. Prints one line
 * of JSON. (Node lets its young heap grow to 48 MB and its memory to three times what is used while it loads; with the flag it does not.)
 */
import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const SILENT = 57
const BROKEN = 23

if (process.argv[2] === 'serve') {
  const page = (paragraphs: number): string => `<html><head><title>某某县人民政府</title></head><body>${'<p><a href="/a/1.html">某某县召开重点工作推进会议</a> 2026-05-30</p>'.repeat(paragraphs)}</body></html>`
  const bodies = [page(250), page(700)]
  const server = createServer((req, res) => {
    const n = Number(String(req.headers.host).split(/[.:]/).slice(1, 4).reduce((sum, b) => sum * 256 + Number(b), 0))
    if (n % 100 === SILENT) return
    if (n % 100 === BROKEN) return void res.writeHead(500).end('<h1>500</h1>')
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(bodies[n % 2])
  })
  server.listen(0, '0.0.0.0', () => process.send?.((server.address() as AddressInfo).port))
  process.on('disconnect', () => process.exit(0))
} else if (process.argv[2] === 'prepare') {
  const { openDb } = await import('../../db/client.ts')
  const { stoppedClock } = await import('../../src/domain/clock.ts')
  const { startWeek } = await import('../../src/visit/week/index.ts')
  const [url = '', sites, port] = process.argv.slice(3)
  const db = openDb(url)
  await db.sql`
    insert into channel (kind, name, address, address_raw, identity_key, last_visit_at, last_outcome)
    select 'website', 'site ' || i, a, a, a, '2026-05-30', 'ok'
      from (select i, 'http://127.' || 100 + i / 62500 || '.' || i / 250 % 250 || '.' || 1 + i % 250 || ':' || ${port ?? ''}::text || '/' as a from generate_series(1, ${Number(sites)}::int) i) s`
  const ctx = { db, actor: { kind: 'cli', name: 'bench' } as const, clock: stoppedClock(new Date('2026-06-01T12:00:00+08:00')) }
  await startWeek({ ctx, input: { selection: { all: true }, visitsPerDay: 20, vantages: 1 } })
  await db.close()
} else {
  const { databaseRoot, treeCpuSeconds } = await import('../../src/cli/cpu.ts')
  const { loadConfig } = await import('../../src/config/load.ts')
  const { clockFrom } = await import('../../src/domain/clock.ts')
  const { openEngine } = await import('../../src/engine/index.ts')
  const { runSampler } = await import('../../src/visit/week/index.ts')
  const [seconds, sites] = [Number(process.argv[2] ?? 900), Number(process.argv[3] ?? 15_000)]
  const data = await mkdtemp(join(tmpdir(), 'huoshui-bench-'))
  const child = fork(import.meta.filename, ['serve'])
  const port = await new Promise<number>((resolve) => child.once('message', (p) => resolve(Number(p))))
  const config = loadConfig({}, { data, allowNets: '127.0.0.0/8', canaries: `http://127.90.0.2:${port}/` })
  const log = { warn: (m: unknown) => console.error(String(m)), info: () => undefined, debug: () => undefined } as never
  const engine = await openEngine(config)
  try {
    const actor = { kind: 'cli', name: 'bench' } as const
    // The register is made by a process of its own, as the command line would: its memory is not the sampler's.
    const prepared = fork(import.meta.filename, ['prepare', engine.databaseUrl, String(sites), String(port)])
    await new Promise<void>((resolve, reject) => prepared.once('exit', (code) => (code === 0 ? resolve() : reject(new Error('the register was not made')))))
    // A part of the day is 72 minutes long, and the looks lie from 7 to 65 minutes into it.
    const clock = clockFrom(new Date('2026-06-02T00:20:00+08:00'))
    await engine.db.sql`update availability_week set next_at = next_at + interval '72 minutes', next_slot = 1 where next_at <= '2026-06-02T00:20:00+08:00'`
    const root = await databaseRoot(engine.db.sql)
    const database = (): number => (root === null ? 0 : (treeCpuSeconds([root]) ?? 0))
    const [began, cpu, stored] = [performance.now(), process.cpuUsage(), database()]
    const sampling = runSampler({ ctx: { db: engine.db, actor, clock }, config, log })
    let peak = 0
    while (performance.now() - began < seconds * 1000) {
      peak = Math.max(peak, process.memoryUsage().rss)
      await pause(250)
    }
    const wall = (performance.now() - began) / 1000
    const used = process.cpuUsage(cpu)
    const byDatabase = database() - stored
    await sampling.close()
    const [sum] = await engine.db.sql<{ looks: number; open: number; failed: number; late: number; missed: number }[]>`
      select count(*)::int as looks, count(*) filter (where outcome = 'ok' and ms < 15000)::int as open,
             count(*) filter (where outcome in ('timeout', 'server_error') and not own_network)::int as failed,
             count(*) filter (where own_network)::int as own,
             (select count(*)::int from availability_week where state = 'running' and next_at < ${new Date(clock.now().getTime() - 60_000).toISOString()}) as late
        from availability_sample`
    const share = (s: number): number => Number(((100 * s) / wall).toFixed(1))
    console.log(JSON.stringify({
      seconds: Math.round(wall), sites, ...sum, perSecond: Number(((sum?.looks ?? 0) / wall).toFixed(2)),
      cpuPercentOfOneCore: share((used.user + used.system) / 1e6), databaseCpuPercent: share(byDatabase), peakMb: Math.round(peak / 1e6),
    }))
  } finally {
    await engine.close()
    child.disconnect()
    await rm(data, { recursive: true, force: true })
  }
}
