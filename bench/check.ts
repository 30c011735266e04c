/**
 * Checks a generated register and writes the workbook: `node bench/check.ts [channels] [postgres URL]` (5,000 channels unless
 * told; without a URL the embedded engine runs in a temporary folder). A third of the channels are websites with 30 columns,
 * a tenth of those portals; the rest are accounts. Each channel has a small picture of 12 kB (the workbook takes 1,000 of
 * them at most). Prints one line of JSON: seconds by the wall clock, memory of this process.
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { diffRuns, exportCheck, runCheck } from '../src/check/index.ts'
import { loadConfig } from '../src/config/load.ts'
import { clockFrom } from '../src/domain/clock.ts'
import { openEngine } from '../src/engine/index.ts'
import { openEvidence } from '../src/evidence/index.ts'

const channels = Number(process.argv[2] ?? 5000)
const AT = '2026-06-01T12:00:00+08:00'
const baseline = Math.round(process.memoryUsage().rss / 1e6)
let peak = 0
const watch = setInterval(() => void (peak = Math.max(peak, process.memoryUsage().rss)), 50)
const timed = async (work: () => Promise<unknown>): Promise<{ seconds: number; peak_mb: number }> => {
  peak = process.memoryUsage().rss
  const began = performance.now()
  await work()
  return { seconds: Math.round((performance.now() - began) / 100) / 10, peak_mb: Math.round(peak / 1e6) }
}

const folder = await mkdtemp(join(tmpdir(), 'huoshui-bench-'))
const store = openEvidence({ data: folder })
const engine = await openEngine(loadConfig({}, { data: join(folder, 'data'), databaseUrl: process.argv[3] }), { log: pino({ level: 'silent' }) })
try {
  const { db } = engine
  const ctx = { db, clock: clockFrom(new Date(AT)), actor: { kind: 'cli', name: 'bench' } as const }
  await db.sql`insert into region (code, name, level) values ('360000', '江西省', 1), ('360100', '南昌市', 2), ('361100', '上饶市', 2) on conflict do nothing`
  const made = await db.sql<{ id: number }[]>`
    insert into channel (kind, name, address, address_raw, identity_key, site_code, region_code)
    select case when i % 3 = 0 then 'website' else 'weibo' end, case when i % 30 = 0 then '第' || i || '县人民政府' else '渠道' || i end, 'http://s' || i || '.example.gov.cn/', '', 'bench' || i,
           lpad(i::text, 10, '0'), (array['360000', '360100', '361100'])[1 + i % 3] from generate_series(1, ${channels}::int) i returning id::int`
  const ids = made.map((m) => m.id)
  await db.sql`insert into evidence (sha256, kind, size, created_at) select md5(id::text) || md5(id::text), 'page', 1, ${AT} from unnest(${ids}::bigint[]) id on conflict do nothing`
  await db.sql`insert into evidence_use (sha256, channel_id, url, final_url, status, fetched_at) select md5(id::text) || md5(id::text), id, 'http://x/', 'http://x/', 200, ${AT} from unnest(${ids}::bigint[]) id`
  await db.sql`insert into visit (channel_id, slot, started_at, ended_at, outcome, home_ms) select id, ${AT}, ${AT}, ${AT}, 'ok', 900 from unnest(${ids}::bigint[]) id`
  await db.sql`
    insert into observation (channel_id, visit_id, at, about, outcome, value, evidence)
    select c.id, v.id, v.started_at, case when c.kind = 'website' then 'home' else 'account' end, 'ok',
           jsonb_build_object('newest', '2026-05-' || lpad((1 + c.id % 30)::text, 2, '0'), 'witness', null, 'source', 'seen', 'everyRowDated', true, 'navigationOnly', false), array[md5(c.id::text) || md5(c.id::text)]
      from channel c join visit v on v.channel_id = c.id`
  await db.sql`
    insert into site_column (channel_id, url, url_key, name, class, source, first_seen_at, last_seen_at)
    select c.id, c.address || 'c' || n || '/', c.address || n, '栏目' || n, (array['news', 'notice', 'policy', 'other'])[1 + n % 4], 'navigation', '2025-01-01', ${AT}
      from channel c, generate_series(1, 30) n where c.kind = 'website'`
  await db.sql`
    insert into observation (channel_id, column_id, visit_id, at, about, outcome, value, evidence)
    select s.channel_id, s.id, v.id, v.started_at, 'column', 'ok', jsonb_build_object('newest', '2026-0' || (1 + s.id % 5) || '-11', 'witness', null, 'list', 'listed'), array[md5(s.channel_id::text) || md5(s.channel_id::text)]
      from site_column s join visit v on v.channel_id = s.channel_id`
  const pictures = ids.map(() => {
    const bytes = randomBytes(12_000)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    store.put(sha256, bytes)
    return sha256
  })
  await db.sql`insert into evidence (sha256, kind, size, created_at) select sha, 'thumbnail', 12000, ${AT} from unnest(${pictures}::text[]) sha`
  await db.sql`insert into evidence_use (sha256, channel_id, url, final_url, fetched_at) select sha, id, 'http://x/', 'http://x/', ${AT} from unnest(${pictures}::text[], ${ids}::bigint[]) as p(sha, id)`
  await db.sql`analyze`
  let run = 0
  const check = await timed(async () => void (run = (await runCheck({ ctx, input: { channels: 'all' } })).run))
  const files: Record<string, unknown> = {}
  for (const ending of ['xlsx', 'csv', 'json', 'docx']) {
    const file = join(folder, `out.${ending}`)
    const took = await timed(() => exportCheck({ ctx, store, input: { run, file } }))
    files[ending] = { ...took, mb: Math.round((await stat(file)).size / 1e5) / 10 }
  }
  const [{ n: problems } = { n: 0 }] = await db.sql<{ n: number }[]>`select sum(jsonb_array_length(problems))::int as n from indicator_check where run_id = ${run}`
  // The same channels by another edition: every one of them changed.
  const { run: other } = await runCheck({ ctx, input: { channels: 'all', standard: 'jiangxi-2020-campaign' } })
  const diff = await timed(() => diffRuns({ ctx, input: { before: run, after: other } }))
  console.log(JSON.stringify({ channels, problems, baseline_mb: baseline, check, files, diff }))
} finally {
  clearInterval(watch)
  store.close()
  await engine.close()
  await rm(folder, { recursive: true, force: true })
}
