import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pino } from 'pino'
import { openDb } from '../../db/client.ts'
import { loadConfig } from '../../src/config/load.ts'
import { clockFrom, stoppedClock } from '../../src/domain/clock.ts'
import { openEngine } from '../../src/engine/index.ts'
import { openEvidence } from '../../src/evidence/index.ts'
import { openVisitQueue } from '../../src/queue/index.ts'
import { importLedger } from '../../src/registry/index.ts'
import { listCandidates } from '../../src/review/index.ts'
import { runChannel } from '../../src/schedule/index.ts'
import { crawl } from '../../src/work/index.ts'
import { compare, makeProvince, noon, refresh, serveProvince, writeLedger } from '../province/index.ts'
import { addMatters, bounded, bustle } from './bustle.ts'
import { dice } from './dice.ts'
import { evidenceDisk } from './disk.ts'
import { order } from './disturb.ts'
import type { Stores } from './engines.ts'
import { askActs, askDatabase, askEvidence, keepBook } from './findings.ts'
import { browsers, marked, processes } from './processes.ts'
import { proxySites } from './sites.ts'

const TODAY = '2026-06-01'
const HOUR = 3_600_000
/** A lost claim is taken up after two minutes, looked for once a minute; a dead connection is given up after two. */
const SETTLE_MS = 300_000
/** Below this share of true candidates found in the end, something was lost. Without a browser some platforms cannot be read. */
const RECALL = { browser: 0.95, plain: 0.93 }

export type RunArgs = { readonly seed: number; readonly minutes: number; readonly sites: number; readonly browser: boolean; readonly say: (line: string) => void }

/** A crawl of known truth under disturbance. `home` is emptied by the caller. Returns what is wrong; nothing, if all is well. */
export async function chaosRun(home: string, stores: Stores, args: RunArgs): Promise<string[]> {
  const { seed, say } = args
  const random = dice(seed)
  const data = join(home, 'data')
  const mark = `${process.pid}-${stores.size}-${seed}`
  const began = performance.now()
  const note = (line: string): void => say(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`)
  const start = noon(TODAY)
  const clock = clockFrom(start)
  const clockFile = join(home, 'clock')
  const found: string[] = []
  await mkdir(data, { recursive: true })
  await writeFile(clockFile, '0')
  const disk = await evidenceDisk(join(data, 'evidence'))
  note(`evidence on ${disk.how}`)
  const province = makeProvince({ today: TODAY, sites: args.sites })
  const served = await serveProvince(province, { now: () => clock.now(), slowMs: 300 })
  const sites = await proxySites(province, served)
  const bases = Object.entries(served.bases).map(([host, base]) => `${host}=${base}`).join(',')
  const env = {
    ...stores.env, HUOSHUI_CHAOS_RUN: mark, HUOSHUI_CHAOS_CLOCK: clockFile, HUOSHUI_ALLOW_NETS: '127.0.0.0/8', HUOSHUI_BROWSER: String(args.browser),
    HUOSHUI_LOG_LEVEL: 'warn', HUOSHUI_CANARIES: province.canaries.join(','), HUOSHUI_BASES: bases, HUOSHUI_PAGE_TIMEOUT: '8000', HUOSHUI_VISIT_TIMEOUT: '40000', HUOSHUI_DATABASE_SILENCE: '20000',
  }
  const config = loadConfig(
    { DATABASE_URL: stores.env['DATABASE_URL'], REDIS_URL: stores.env['REDIS_URL'] },
    { data, pace: 0, allowNets: ['127.0.0.0/8'], canaries: province.canaries, bases: served.bases, browser: args.browser, concurrency: 16 },
  )
  const log = pino({ level: 'silent' })
  const program = processes({ folder: home, env, args: ['--data', data, '--now', start.toISOString(), '--pace', '0', '--concurrency', '4'], say: note })
  try {
    const first = await openEngine(config)
    await writeLedger(province, join(home, 'ledger.csv'))
    await importLedger({ ctx: { db: first.db, clock, actor: { kind: 'cli', name: 'chaos' } }, input: { file: join(home, 'ledger.csv') } })
    const matters = await addMatters(first.db, start, 400)
    await keepBook(first.db.sql)
    await first.close()

    program.start('server', 'server')
    await wait(2500)
    for (const name of ['worker-1', 'worker-2']) program.start('worker', name)
    const over = new AbortController()
    const busy = bustle({ stores, clock, matters, random: dice(seed + 1), signal: over.signal, everyMs: 800 })
    busy.catch(() => undefined)
    await wait(4000)
    const until = performance.now() + args.minutes * 60_000
    for (const disturbance of order(random)) {
      const next = random.between(500, 4000)
      if (performance.now() > until) break
      const what = await disturbance.run({ stores, processes: program, sites, disk, clockFile, clock, mark, random })
        .catch((error: unknown) => `could not be done: ${error instanceof Error ? error.message : String(error)}`)
      if (what !== null) note(`${disturbance.name}: ${what}`)
      await wait(next)
    }
    over.abort()
    note('calm')
    const acts = await bounded(busy, 120_000)
    note(`${acts.ordered.length} ordered, ${acts.issued.length} issued, ${acts.runs} visits asked for, ${acts.failures} tries failed`)
    found.push(...(await settled(stores, program.pids, note)))

    const crowd = await browsers(mark)
    if (crowd.length > program.pids().length) found.push(`${crowd.length} browsers for ${program.pids().length} processes: ${crowd.map((b) => `${b.pid} of ${b.parent}`).join(', ')}`)
    found.push(...(await program.stop(60_000)))
    for (let tries = 0; tries < 60 && (await marked(mark)).length > 0; tries++) await wait(250)
    for (const left of await marked(mark)) found.push(`left running: ${left.pid} ${left.command.slice(0, 100)}`)
    if (program.ended.length > 0) note(`ended by themselves: ${program.ended.join('; ')}`)
    for (const name of program.names()) {
      const words = await readFile(join(home, `${name}.log`), 'utf8')
      const crash = /^(.*(?:Unhandled|Uncaught|FATAL ERROR|Node\.js v2\d).*)$/m.exec(words)
      if (crash !== null) found.push(`${name} crashed: ${words.slice(Math.max(0, crash.index - 1500), crash.index + 200)}`)
    }

    // The calm after: at the same moment nothing may be false; a day later all is found.
    const later = stoppedClock(clock.now())
    const engine = await openEngine(config)
    try {
      const ctx = { db: engine.db, clock: later, actor: { kind: 'cli', name: 'chaos' } } as const
      const ours = async () => (await listCandidates({ ctx })).filter((c) => !c.channel.name.startsWith('在办'))
      for (const day of ['the first day', 'a day later', 'two days later']) {
        if (day !== 'the first day') later.advance(25 * HOUR)
        const active = await engine.db.sql<{ id: number }[]>`select id::int from channel where state = 'active' order by id`
        for (const { id } of active) await runChannel({ ctx, input: { id } })
        if (day === 'the first day') {
          refresh(province, later.now())
          // One to be shut down of which so much was seen that it is to be put right is no false one: what says so is true.
          for (const f of compare(province, { candidates: await ours(), columns: [] }).false.filter((c) => c.expected !== 'shut_down' || c.found !== 'rectify')) found.push(`false candidate under disturbance: ${JSON.stringify(f)}`)
        }
        const sum = await crawl({ ctx, config, databaseUrl: engine.databaseUrl, log })
        refresh(province, later.now())
        const report = compare(province, { candidates: await ours(), columns: [] })
        note(`${day}: ${sum.channels} visited, ${report.found} candidates, ${report.false.length} false, ${report.missed.length} missed of ${report.expected}`)
        for (const f of report.false) found.push(`false candidate on ${day}: ${JSON.stringify(f)}`)
        if (day === 'two days later' && report.recall < RECALL[args.browser ? 'browser' : 'plain']) found.push(`only ${report.right} of ${report.expected} true candidates found: ${JSON.stringify(report.missed)}`)
      }
      found.push(...(await askDatabase(engine.db.sql)), ...(await askActs(engine.db.sql, acts)))
      const store = openEvidence(config)
      found.push(...(await askEvidence(engine.db.sql, store)))
      store.close()
      const [n] = await engine.db.sql<{ visits: number; slots: number; failed: number; observations: number }[]>`
        select (select count(*)::int from visit) as visits, (select count(*)::int from chaos_slot) as slots, (select count(*)::int from visit where outcome = 'own_fault') as failed, (select count(*)::int from observation) as observations`
      note(`${n?.slots ?? 0} slots claimed, ${n?.visits ?? 0} visits (${n?.failed ?? 0} written off), ${n?.observations ?? 0} observations`)
      const queue = await openVisitQueue({ databaseUrl: engine.databaseUrl, redisUrl: config.redisUrl })
      const counts = await queue.counts()
      await queue.close()
      if (counts.waiting + counts.active + counts.delayed > 0) found.push(`jobs left in the queue: ${JSON.stringify(counts)}`)
    } finally {
      await engine.close()
    }
  } finally {
    program.killAll()
    await served.close()
    for (const site of sites) await site.close()
    await disk.empty()
    await disk.close()
  }
  return found
}

/** Waits until nothing is claimed and nothing waits, which the program must bring about by itself. */
async function settled(stores: Stores, pids: () => number[], note: (line: string) => void): Promise<string[]> {
  const until = performance.now() + SETTLE_MS
  const from = performance.now()
  let state = 'no database'
  while (performance.now() < until) {
    const url = await stores.directUrl()
    if (url !== null) {
      const db = openDb(url, { max: 2 })
      const queue = await openVisitQueue({ databaseUrl: url, redisUrl: stores.directRedis ?? undefined }).catch(() => null)
      try {
        const [row] = await db.sql<{ claimed: number; fresh: number }[]>`
          select (select count(*)::int from channel where claimed_slot is not null) as claimed, (select count(*)::int from channel where state = 'active' and last_visit_at is null) as fresh`
        const jobs = queue === null ? null : await queue.counts()
        state = JSON.stringify({ ...row, jobs })
        if (row?.claimed === 0 && row.fresh === 0 && jobs !== null && jobs.waiting + jobs.active + jobs.delayed === 0) {
          note(`settled after ${Math.round((performance.now() - from) / 1000)} s`)
          return []
        }
      } catch (error) {
        state = String(error)
      } finally {
        await queue?.close()
        await db.close()
      }
    }
    await wait(2000)
  }
  return [`not settled in ${SETTLE_MS / 1000} s, with ${pids().length} processes running: ${state}`]
}

/** A folder of this run's own, which PostgreSQL's user may enter. */
export async function chaosHome(): Promise<{ home: string; remove(): Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'huoshui-chaos-'))
  return { home, remove: () => rm(home, { recursive: true, force: true }) }
}
