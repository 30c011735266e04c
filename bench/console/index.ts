/**
 * How fast the console is with a province behind it: `node bench/console/index.ts [channels] [--data FOLDER] [--requests N]
 * [--only TEXT] [--json FILE]`. Seeds 50,000 channels, 1,000,000 observations, 10,000 candidates and half a year of what comes with
 * them (a folder that is given is kept and used again), asks every GET route of the API 200 times with filters that change, and
 * prints the median and the 95th percentile; then the size of the first page's JavaScript as a browser receives it compressed, and
 * the first contentful paint by Chromium. Ends with 1 where an answer fails or a list, figure or single thing is over 300 ms; files
 * are asked three times and stand under no bar.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { InjectOptions } from 'fastify'
import { pino } from 'pino'
import { loadConfig } from '../../src/config/load.ts'
import { realClock } from '../../src/domain/clock.ts'
import { openEngine } from '../../src/engine/index.ts'
import { ROUTES } from '../../src/server/api/index.ts'
import { buildApp } from '../../src/server/app.ts'
import type { Caller } from '../../src/server/auth/types.ts'
import { consoleFolder } from '../../src/server/console-folder.ts'
import type { AnyRoute } from '../../src/server/route.ts'
import { ASKED, SENT, unasked } from './asked.ts'
import type { Asker, Sort } from './asked.ts'
import { factsOf } from './facts.ts'
import type { Facts } from './facts.ts'
import { firstPage } from './first-page.ts'
import { seededEvidence } from './seed/evidence.ts'
import { FULL, seedConsole } from './seed/register.ts'
import { seedRest } from './seed/rest.ts'

const BAR_MS = 300
const FILES = 3

const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' }, requests: { type: 'string', default: '200' }, only: { type: 'string', default: '' }, json: { type: 'string' } } })
const channels = Number(positionals[0] ?? FULL.channels)
const requests = Number(values.requests)

const forgotten = unasked(ROUTES as readonly AnyRoute[])
if (forgotten.length > 0) throw new Error(`say in bench/console/asked.ts how to ask, or why not: ${forgotten.join(', ')}`)

const folder = values.data ?? await mkdtemp(join(tmpdir(), 'huoshui-bench-'))
const config = loadConfig({ HUOSHUI_LOG_LEVEL: 'silent' }, { data: folder })
const log = pino({ level: 'silent' })
const engine = await openEngine(config, { log })
const ctx = { db: engine.db, clock: realClock, actor: { kind: 'cli', name: 'bench' } as const }

let caller: Caller['actor'] = { kind: 'user', id: 'bench', name: 'bench', role: 'administrator', region: null }
const auth = {
  callerOf: async (): Promise<Caller> => ({ actor: caller, username: 'bench', scopes: null, mustChangePassword: false }),
  needsSetup: async () => false,
  perform: async () => { throw new Error('nobody signs in here') },
}
const callerFor = (as: Asker, i: number, f: Facts): Caller['actor'] => {
  const contact = f.contacts[i % f.contacts.length]
  if (as === 'contact' && contact !== undefined) return { kind: 'user', name: 'bench', role: 'unit_contact', ...contact }
  return { kind: 'user', id: as === 'owner' ? f.owners[i % f.owners.length] ?? 'bench' : 'bench', name: 'bench', role: 'administrator', region: null }
}

type Row = { readonly sort: Sort; readonly p50_ms: number; readonly p95_ms: number; readonly failed: number; readonly over: string }
const rows: Record<string, Row> = {}
const failures: Record<string, string> = {}
try {
  const [have] = await engine.db.sql<{ n: number }[]>`select count(*)::int as n from channel`
  if ((have?.n ?? 0) === 0) {
    const began = performance.now()
    const seeded = await seedConsole({ ctx, size: { channels, candidates: Math.min(channels / 5, FULL.candidates), visits: FULL.visits } })
    await seedRest({ ctx })
    console.error('seeded', seeded, `in ${Math.round((performance.now() - began) / 1000)} s`)
  }
  const facts = await factsOf(engine.db.sql)
  const app = await buildApp({ ctx, config, auth, log, evidence: seededEvidence, databaseUrl: engine.databaseUrl, consoleFolder: await consoleFolder((line) => console.error(line.en)) })

  /** Asks one thing `times` times and enters its row. */
  const ask = async (name: string, sort: Sort, times: number, request: (i: number) => InjectOptions): Promise<void> => {
    const took: number[] = []
    let failed = 0
    for (let i = 0; i < times; i += 1) {
      const began = performance.now()
      const answer = await app.inject(request(i))
      took.push(performance.now() - began)
      if (answer.statusCode === 200) continue
      failed += 1
      failures[name] ??= `${answer.statusCode} ${JSON.stringify(request(i))} ${answer.body.slice(0, 300)}`
    }
    took.sort((a, b) => a - b)
    const at = (share: number): number => Math.round((took[Math.min(took.length - 1, Math.floor(share * took.length))] ?? 0) * 10) / 10
    const p95 = at(0.95)
    rows[name] = { sort, p50_ms: at(0.5), p95_ms: p95, failed, over: sort !== 'file' && p95 > BAR_MS ? 'OVER' : '' }
  }
  const chosen = (name: string, url: string): boolean => name.includes(values.only) || url.includes(values.only)
  for (const [url, entry] of Object.entries(ASKED)) {
    if ('leftOut' in entry) continue
    for (const [name, address] of Object.entries(entry.asks)) {
      if (!chosen(name, url)) continue
      await ask(name, entry.sort, entry.sort === 'file' ? FILES : requests, (i) => {
        caller = callerFor(entry.as ?? 'administrator', i, facts)
        return { method: 'GET', url: address(i, facts) }
      })
    }
  }
  for (const [name, sent] of Object.entries(SENT)) {
    if (chosen(name, '')) await ask(name, 'figure', requests, (i) => ({ method: 'POST', ...sent(i, facts) }))
  }
  console.table(rows)
  for (const [url, entry] of Object.entries(ASKED)) if ('leftOut' in entry && values.only === '') console.log(`left out: ${url}: ${entry.leftOut}`)
  for (const [name, said] of Object.entries(failures)) console.error(`${name}: ${said}`)
  const page = values.only === '' ? await firstPage(app) : {}
  if (values.only === '') console.table(page)
  await app.close()
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ channels, requests, barMs: BAR_MS, rows, page }, null, 2)}\n`)
  const over = Object.entries(rows).filter(([, row]) => row.over !== '' || row.failed > 0).map(([name]) => name)
  if (over.length > 0) {
    console.error(`over ${BAR_MS} ms or failed: ${over.join('; ')}`)
    process.exitCode = 1
  }
} finally {
  await engine.close()
  if (values.data === undefined) await rm(folder, { recursive: true, force: true })
}
