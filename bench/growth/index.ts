/**
 * What a register costs as it grows: `npm run bench:growth [-- --channels 10000,100000,1000000 --history 2,10,40 --history-channels 20000 --calls 50 --json FILE]`.
 * Seeds one register for each number of channels (two visits each), and one of 20,000 channels (or `--history-channels`) for each length of history (visits a
 * channel, nine days apart, with their observations in months; two observations a visit, 0.65 kB of disk each with all that belongs to them), each on an embedded engine of its own in a temporary folder, and calls the product's own verbs: claiming
 * due channels, overview, the watcher's figures, candidates, one channel's page, the export of a county. Prints the median and the 95th percentile. Ends with 1 where
 * claiming takes over 50 ms (95 of 100) with the most channels, or where what does not count the register takes over three times as long with the longest
 * history as with the shortest, 10 ms apart at least.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import type { Ctx } from '../../db/context.ts'
import { loadConfig } from '../../src/config/load.ts'
import { realClock } from '../../src/domain/clock.ts'
import { openEngine } from '../../src/engine/index.ts'
import { layMonths, makeMonths, runIn } from '../../src/history/index.ts'
import { exportLedger, overviewFigures } from '../../src/registry/index.ts'
import { channelFile, listCandidates } from '../../src/review/index.ts'
import { tick, watcherFigures } from '../../src/schedule/index.ts'
import { seedConsole } from '../console/seed/register.ts'

const { values } = parseArgs({ options: { channels: { type: 'string', default: '10000,100000,1000000' }, history: { type: 'string', default: '2,10,40' }, 'history-channels': { type: 'string', default: '20000' }, calls: { type: 'string', default: '50' }, json: { type: 'string' } } })
const numbers = (text: string): number[] => text.split(',').filter(Boolean).map(Number)
const calls = Number(values.calls)
const CLAIM = 'claim 500 due'
const CLAIM_MS = 50
const HISTORY_CHANNELS = Number(values['history-channels'])
/** Those that look at one thing, or at what is due: neither the register's size nor its history is theirs. */
const STEADY = [CLAIM, 'one channel’s page']

type Figures = { readonly name: string; readonly observations: number; readonly mb: number; readonly ms: Readonly<Record<string, { readonly p50: number; readonly p95: number }>> }

/** A queue that takes what it is given: what is measured is the claim. */
const queue = { add: async () => undefined, counts: async () => ({ waiting: 0, delayed: 0, active: 0, failed: 0 }) } as unknown as Parameters<typeof tick>[0]['queue']

async function measure(name: string, size: { channels: number; visits: number }): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'huoshui-growth-'))
  const engine = await openEngine(loadConfig({ HUOSHUI_LOG_LEVEL: 'silent', HUOSHUI_DATABASE_SILENCE: '3600000' }, { data: folder }), { log: pino({ level: 'silent' }) })
  try {
    const { sql } = engine.db
    const ctx: Ctx = { db: engine.db, clock: realClock, actor: { kind: 'cli', name: 'bench' } }
    const began = performance.now()
    const now = realClock.now()
    await sql.begin((tx) => layMonths(runIn(tx), { from: new Date(now.getTime() - (size.visits * 9 + 31) * 86_400_000), to: now }))
    await makeMonths({ ctx })
    const seeded = await seedConsole({ ctx, size: { ...size, candidates: Math.min(10_000, Math.floor(size.channels / 10)) } })
    // A ledger's largest organisation: a tenth of the due channels is its own, and due first.
    await sql`update channel set organisation_id = (select min(id) from organisation), next_due_at = now() - interval '9 hours' where id % 10 = 0 and state = 'active'`
    await sql`update channel set next_due_at = now() - interval '5 hours' where id % 3 = 0 and state = 'active' and next_due_at > now()`
    await sql.unsafe('vacuum analyze')
    const [{ mb } = { mb: 0 }] = await sql<{ mb: number }[]>`select (pg_database_size(current_database()) / 1e6)::int as mb`
    console.log(`${name}: ${seeded.channels} channels, ${seeded.observations} observations, ${mb} MB, seeded in ${((performance.now() - began) / 1000).toFixed(0)} s`)
    const ids = (await sql<{ id: number }[]>`select id::int from channel where last_visit_at is not null order by md5(id::text) limit ${calls}`).map((r) => r.id)
    const counties = (await sql<{ code: string }[]>`select code from region where level = 3 and code like '36%' order by code limit 20`).map((r) => r.code)
    const asked: Readonly<Record<string, (i: number) => Promise<unknown>>> = {
      [CLAIM]: async () => {
        const { enqueued } = await tick({ ctx, queue })
        if (enqueued < 500) throw new Error(`${name}: only ${enqueued} were there to claim`)
      },
      'candidates, the gravest 50': () => listCandidates({ ctx, input: { limit: 50 } }),
      'overview': () => overviewFigures({ ctx }),
      'watcher': () => watcherFigures({ ctx }),
      'one channel’s page': (i) => channelFile({ ctx, input: { id: ids[i % ids.length] ?? 1 } }),
      'export of a county': (i) => exportLedger({ ctx, input: { format: 'csv', filter: { region: counties[i % counties.length] } } }),
    }
    const ms: Record<string, { p50: number; p95: number }> = {}
    for (const [what, ask] of Object.entries(asked)) {
      const times: number[] = []
      // The first call of a kind prepares its statements.
      for (let i = -2; i < (what.startsWith('export') || what === 'overview' || what === 'watcher' ? Math.min(calls, 20) : calls); i++) {
        const from = performance.now()
        await ask(Math.max(i, 0))
        if (i >= 0) times.push(performance.now() - from)
        // What was claimed is let go again: each call finds as much as the first.
        if (what === CLAIM) await sql`update channel set claimed_slot = null, claimed_at = null where claimed_slot is not null`
      }
      times.sort((a, b) => a - b)
      const at = (share: number): number => Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN) * 10) / 10
      ms[what] = { p50: at(0.5), p95: at(0.95) }
    }
    return { name, observations: seeded.observations, mb, ms }
  } finally {
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const show = (rows: readonly Figures[]): void => console.table(Object.fromEntries(Object.keys(rows[0]?.ms ?? {}).map((what) => [what, Object.fromEntries(rows.map((r) => [r.name, `${r.ms[what]?.p50} / ${r.ms[what]?.p95}`]))])))

console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model ?? ''}); milliseconds, median / 95 of 100`)
const bySize: Figures[] = []
for (const channels of numbers(values.channels)) bySize.push(await measure(`${channels.toLocaleString('en')} channels`, { channels, visits: 2 }))
if (bySize.length > 0) show(bySize)
const byHistory: Figures[] = []
for (const visits of numbers(values.history)) byHistory.push(await measure(`${HISTORY_CHANNELS.toLocaleString('en')} of ${visits} visits`, { channels: HISTORY_CHANNELS, visits }))
if (byHistory.length > 0) show(byHistory)

const broken: string[] = []
const most = bySize.at(-1)
if (most !== undefined && (most.ms[CLAIM]?.p95 ?? 0) > CLAIM_MS) broken.push(`claiming took ${most.ms[CLAIM]?.p95} ms with ${most.name}`)
const [least, longest] = [byHistory[0], byHistory.at(-1)]
for (const what of STEADY) {
  const [a, b] = [least?.ms[what]?.p50 ?? 0, longest?.ms[what]?.p50 ?? 0]
  if (b > a * 3 && b - a > 10) broken.push(`${what} grew with history from ${a} to ${b} ms`)
}
for (const line of broken) console.log(`BROKEN: ${line}`)
if (values.json !== undefined) await writeFile(values.json, JSON.stringify({ at: new Date().toISOString(), bySize, byHistory, broken }))
process.exitCode = broken.length > 0 ? 1 : 0
