/**
 * How fast the console is with a province behind it: `node bench/console/index.ts [channels] [--data FOLDER]`. Seeds 50,000 channels,
 * 1,000,000 observations and 10,000 candidates (a folder that is given is kept and used again), asks each list and figure 200 times
 * with filters that change, and prints the median and the 95th percentile; then the size of the first page's JavaScript as a browser
 * receives it compressed, and the first contentful paint by Chromium.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { loadConfig } from '../../src/config/load.ts'
import { realClock } from '../../src/domain/clock.ts'
import { openEngine } from '../../src/engine/index.ts'
import { noEvidence } from '../../src/evidence/index.ts'
import { buildApp } from '../../src/server/app.ts'
import type { Auth } from '../../src/server/auth/types.ts'
import { consoleFolder } from '../../src/server/console-folder.ts'
import { firstPage } from './first-page.ts'
import { ASKED } from './asked.ts'
import { FULL, seedConsole } from './seed/register.ts'
import { seedRest } from './seed/rest.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' }, requests: { type: 'string', default: '200' } } })
const channels = Number(positionals[0] ?? FULL.channels)
const requests = Number(values.requests)
const folder = values.data ?? await mkdtemp(join(tmpdir(), 'huoshui-bench-'))

const config = loadConfig({ HUOSHUI_LOG_LEVEL: 'silent' }, { data: folder })
const log = pino({ level: 'silent' })
const engine = await openEngine(config, { log })
const ctx = { db: engine.db, clock: realClock, actor: { kind: 'cli', name: 'bench' } as const }
const auth: Auth = {
  callerOf: async () => ({ actor: { kind: 'user', id: 'bench', name: 'bench', role: 'administrator', region: null }, username: 'bench', scopes: null, mustChangePassword: false }),
  needsSetup: async () => false,
  perform: async () => { throw new Error('nobody signs in here') },
}
try {
  const [have] = await engine.db.sql<{ n: number }[]>`select count(*)::int as n from channel`
  if ((have?.n ?? 0) === 0) {
    const began = performance.now()
    const seeded = await seedConsole({ ctx, size: { channels, candidates: Math.min(channels / 5, FULL.candidates), visits: FULL.visits } })
    await seedRest({ ctx })
    console.error('seeded', seeded, `in ${Math.round((performance.now() - began) / 1000)} s`)
  }

  const app = await buildApp({ ctx, config, auth, log, evidence: noEvidence, databaseUrl: engine.databaseUrl, consoleFolder: await consoleFolder((line) => console.error(line.en)) })
  const rows: Record<string, { p50_ms: number; p95_ms: number; failed: number }> = {}
  for (const { name, address } of ASKED) {
    const took: number[] = []
    let failed = 0
    for (let i = 0; i < requests; i += 1) {
      const began = performance.now()
      const answer = await app.inject(address(i))
      took.push(performance.now() - began)
      if (answer.statusCode !== 200) failed += 1
    }
    took.sort((a, b) => a - b)
    const at = (share: number): number => Math.round((took[Math.min(took.length - 1, Math.floor(share * took.length))] ?? 0) * 10) / 10
    rows[name] = { p50_ms: at(0.5), p95_ms: at(0.95), failed }
  }
  console.table(rows)
  console.table(await firstPage(app))
  await app.close()
} finally {
  await engine.close()
  if (values.data === undefined) await rm(folder, { recursive: true, force: true })
}
