/**
 * How long and how much it takes to start: `node bench/start-up/index.ts [--rounds 5] [--json FILE]`. Median seconds until the answer (or until the
 * server is ready, or a worker's first visit is in the register) and memory (of serve with its embedded PostgreSQL, shared pages counted in each process).
 * `node --version` beside it is what Node itself takes.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { loadConfig } from '../../src/config/load.ts'
import { stoppedClock } from '../../src/domain/clock.ts'
import { openEngine } from '../../src/engine/index.ts'
import { start } from '../load/child.ts'
import { quantile, round } from '../load/figures.ts'
import { peakOf, useOf } from '../load/machine.ts'
import { seedRegister } from '../load/register.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, json: { type: 'string' } } })
const rounds = Number(values.rounds)
const cli = join(import.meta.dirname, '../../src/cli/main.ts')
type Took = { seconds: number; rss: number }

/** Runs to its end; memory is the peak that the kernel keeps, asked for ten times a second. */
async function command(args: readonly string[]): Promise<Took> {
  const began = performance.now()
  const child = spawn(process.execPath, args, { stdio: 'ignore' })
  let rss = 0
  const timer = setInterval(() => { rss = Math.max(rss, peakOf(child.pid ?? 0)) }, 100)
  await new Promise((resolve) => child.once('exit', resolve))
  clearInterval(timer)
  return { seconds: (performance.now() - began) / 1000, rss }
}

/** Seconds until the server answers, on a folder that has its database already or on an empty one. */
async function serve(folder: string): Promise<Took> {
  const began = performance.now()
  const child = start('src/cli/main.ts', ['serve', '--port', '0', '--data', folder], { HUOSHUI_LOG_LEVEL: 'error', HUOSHUI_BROWSER: 'false' })
  const [, base = ''] = await child.says(/Huoshui is at (http:\/\/\S+)/)
  await fetch(new URL('/healthz', base))
  const seconds = (performance.now() - began) / 1000
  const use = useOf(child.pid)
  await child.stop()
  return { seconds, rss: use.rss }
}

async function worker(folder: string): Promise<Took> {
  const now = new Date('2026-06-01T20:00:00+08:00')
  const engine = await openEngine(loadConfig({}, { data: folder }), { log: pino({ level: 'silent' }) })
  try {
    const { sql } = engine.db
    const ctx = { db: engine.db, clock: stoppedClock(now), actor: { kind: 'cli', name: 'bench' } as const }
    const [have] = await sql<{ n: number }[]>`select count(*)::int as n from channel`
    if ((have?.n ?? 0) === 0) await seedRegister({ ctx, rows: [{ kind: 'wechat_official', key: 'gh_1', address: 'gh_1', accountId: 'gh_1', name: '发布', organisation: 0 }], organisations: 1, due: now })
    await sql`update channel set next_due_at = ${now.toISOString()}, last_visit_at = null, claimed_slot = null`
    const began = performance.now()
    const child = start('workers/worker.ts', ['--data', folder, '--now', now.toISOString()], { HUOSHUI_LOG_LEVEL: 'error', HUOSHUI_BROWSER: 'false' })
    for (;;) {
      const [row] = await sql<{ n: number }[]>`select count(*)::int as n from channel where last_visit_at is not null`
      if ((row?.n ?? 0) > 0 || performance.now() - began > 60_000) break
      await wait(10)
    }
    const seconds = (performance.now() - began) / 1000
    const { rss } = useOf(child.pid)
    await child.stop()
    return { seconds, rss }
  } finally {
    await engine.close()
  }
}

const folder = await mkdtemp(join(tmpdir(), 'huoshui-start-'))
try {
  let n = 0
  const cases: readonly (readonly [string, () => Promise<Took>])[] = [
    ['node --version', () => command(['--version'])],
    ['huoshui --help', () => command([cli, '--help'])],
    ['huoshui standard list', () => command([cli, 'standard', 'list'])],
    ['serve, first start', () => serve(join(folder, `new${n++}`))],
    ['serve, again', () => serve(join(folder, 'again'))],
    ['worker, first visit', () => worker(join(folder, 'worker'))],
  ]
  await serve(join(folder, 'again'))
  await worker(join(folder, 'worker'))
  const rows = []
  for (const [name, run] of cases) {
    const took: Took[] = []
    for (let i = 0; i < rounds; i++) took.push(await run())
    const of = (pick: (t: Took) => number): number[] => took.map(pick)
    rows.push({ what: name, seconds: round(quantile(of((t) => t.seconds), 0.5), 2), least: round(Math.min(...of((t) => t.seconds)), 2), most: round(Math.max(...of((t) => t.seconds)), 2), mb: round(quantile(of((t) => t.rss), 0.5), 0) })
  }
  console.table(rows)
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ at: new Date().toISOString(), rounds, rows }, null, 1)}\n`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
