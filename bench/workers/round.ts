import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import type { Ctx } from '../../db/context.ts'
import { databaseRoot } from '../../src/cli/cpu.ts'
import { loadConfig } from '../../src/config/load.ts'
import { stoppedClock } from '../../src/domain/clock.ts'
import { openEngine } from '../../src/engine/index.ts'
import { WEIBO_HOSTS } from '../../test/platforms/weibo.ts'
import { hostOf } from '../crawl/sites.ts'
import { start } from '../load/child.ts'
import { jain, sum } from '../load/figures.ts'
import { useOf } from '../load/machine.ts'
import { seedRegister } from '../load/register.ts'
import type { Row } from '../load/register.ts'
import { serveSites } from '../load/serve.ts'
import type { Book } from '../load/serve.ts'
import { PLATFORM, uidOf } from '../load/sites.ts'

const NOW = '2026-06-01T20:00:00+08:00'
/** The large one, and forty small ones that share the other two fifths. */
const SMALL = 40
const PORTS = 8

export type Round = {
  readonly workers: number
  readonly due: number
  readonly visits: number
  readonly pages: number
  readonly seconds: number
  readonly cpu: number
  readonly cpuWorkers: number
  readonly cpuPostgres: number
  readonly cpuRedis: number
  readonly workerMb: number
  readonly fair: Fairness
  readonly twice: number
  readonly book: Book
}

/** At the moment when half of all visits were made. */
export type Fairness = {
  /** Jain's index over all organisations' shares of their own channels visited: 1 is equal. */
  readonly jain: number
  /** Share of the small organisations' channels visited: a half is proportional, 0 is starved. */
  readonly smallAtHalf: number
}

/** Every fifth website shares a host with seven others, each on a port of its own. */
function siteRows(sites: number, ports: readonly number[]): Row[] {
  return Array.from({ length: sites }, (_, i) => {
    const shared = i % 5 === 0
    const host = shared ? `127.90.1.${1 + Math.floor(i / 5 / PORTS)}` : hostOf(i)
    const port = ports[shared ? (i / 5) % PORTS : 0] ?? 0
    // The large organisation's channels come first, as a big ledger imported at once leaves them.
    const organisation = i < sites * 0.6 ? 0 : 1 + (i % SMALL)
    return { kind: 'website', key: `${host}:${port}`, address: `http://${host}:${port}/`, accountId: null, name: `第${i + 1}单位网站`, organisation }
  })
}

type Args = { readonly workers: number; readonly redisUrl: string; readonly rows: readonly Row[]; readonly organisations: number; readonly concurrency: number; readonly pace: number; readonly longest: number; readonly ports: readonly number[] }

type Measured = { seconds: number; cpuWorkers: number; cpuPostgres: number; cpuRedis: number; workerMb: number; visits: readonly { organisation: number; at: number; pages: number }[]; twice: number }

/** Seeds a database of its own, lets the workers at it until everything due was visited, and reads what they took. */
async function measure(a: Args): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'huoshui-workers-'))
  const given = process.env['DATABASE_URL']
  const engine = await openEngine(loadConfig(given === undefined ? {} : { DATABASE_URL: given }, { data: join(folder, 'engine') }), { log: pino({ level: 'silent' }) })
  const redis = new Redis(a.redisUrl, { maxRetriesPerRequest: null })
  try {
    await redis.flushdb()
    const ctx: Ctx = { db: engine.db, clock: stoppedClock(new Date(NOW)), actor: { kind: 'cli', name: 'bench' } }
    if (given !== undefined) await engine.db.sql`truncate channel, organisation, visit, attestation, probe_schedule, pacing restart identity cascade`
    await seedRegister({ ctx, rows: a.rows, organisations: a.organisations, due: new Date(NOW) })
    const root = await databaseRoot(engine.db.sql)
    const redisPid = Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1] ?? 0)
    const before = { postgres: root === null ? 0 : useOf(root).cpu, redis: useOf(redisPid).cpu }
    const children = Array.from({ length: a.workers }, (_, i) => start('workers/worker.ts', ['--data', join(folder, `worker${i}`), '--now', NOW, '--concurrency', String(a.concurrency), '--pace', String(a.pace)], {
      DATABASE_URL: engine.databaseUrl, REDIS_URL: a.redisUrl, HUOSHUI_ALLOW_NETS: '127.0.0.0/8', HUOSHUI_LOG_LEVEL: 'warn', HUOSHUI_BROWSER: 'false', HUOSHUI_PROBES_AT_ONCE: '0',
      HUOSHUI_BASES: WEIBO_HOSTS.map((h) => `${h}=http://${PLATFORM}:${a.ports[0] ?? 0}`).join(','),
    }))
    try {
      await Promise.all(children.map((c) => c.says(/worker started/)))
      const idle = children.map((c) => useOf(c.pid).cpu)
      const began = performance.now()
      let workerMb = 0
      for (;;) {
        await wait(500)
        const [row] = await engine.db.sql<{ left: number }[]>`select count(*)::int as left from channel where last_visit_at is null`
        workerMb = Math.max(workerMb, ...children.map((c) => useOf(c.pid).rss))
        if ((row?.left ?? 0) === 0) break
        if (performance.now() - began > a.longest * 1000) {
          // What they have to say of it, once each.
          for (const line of new Set(children.flatMap((c) => c.output().split('\n')).filter((l) => /"level":[45]0/.test(l)).map((l) => l.replace(/"time":\d+,/, '')))) process.stderr.write(`  ${line.slice(0, 200)}\n`)
          break
        }
      }
      const seconds = (performance.now() - began) / 1000
      // Visits were being made while the last worker still started: its start-up is not in the figures, the visits are few.
      const cpuWorkers = sum(children.map((c, i) => useOf(c.pid).cpu - (idle[i] ?? 0)))
      const cpuPostgres = root === null ? 0 : useOf(root).cpu - before.postgres
      const cpuRedis = useOf(redisPid).cpu - before.redis
      const visits = await engine.db.sql<{ organisation: number; at: number; pages: number }[]>`
        select c.organisation_id::int as organisation, (extract(epoch from v.ended_at))::float8 as at, v.pages from visit v join channel c on c.id = v.channel_id order by v.ended_at`
      const [dup] = await engine.db.sql<{ n: number }[]>`select count(*)::int as n from (select 1 from visit group by channel_id, slot having count(*) > 1) d`
      return { seconds, cpuWorkers, cpuPostgres, cpuRedis, workerMb, visits, twice: dup?.n ?? 0 }
    } finally {
      await Promise.all(children.map((c) => c.stop()))
    }
  } finally {
    redis.disconnect()
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Organisations are numbered in the order of the rows' own numbers; the large one is the first. */
function fairness(rows: readonly Row[], visits: readonly { organisation: number }[]): Fairness {
  const has = new Map<number, number>()
  for (const r of rows) has.set(r.organisation + 1, (has.get(r.organisation + 1) ?? 0) + 1)
  const had = new Map<number, number>()
  for (const v of visits.slice(0, Math.ceil(visits.length / 2))) had.set(v.organisation, (had.get(v.organisation) ?? 0) + 1)
  const small = [...has].filter(([o]) => o !== 1)
  return { jain: jain([...has].map(([o, n]) => (had.get(o) ?? 0) / n)), smallAtHalf: sum(small.map(([o]) => had.get(o) ?? 0)) / sum(small.map(([, n]) => n)) }
}

/** So many attested accounts, the large organisation's all before the others': many more than are claimed at once, so that order is the schedule's. */
export async function fairAccounts({ workers, redisUrl, accounts }: { workers: number; redisUrl: string; accounts: number }): Promise<Fairness & { perSecond: number }> {
  const rows = Array.from({ length: accounts }, (_, i): Row => ({ kind: 'wechat_official', key: `gh_${i}`, address: `gh_${i}`, accountId: `gh_${i}`, name: `第${i}号发布`, organisation: i < accounts * 0.6 ? 0 : 1 + (i % SMALL) }))
  const m = await measure({ workers, redisUrl, rows, organisations: SMALL + 1, concurrency: 16, pace: 1000, longest: 120, ports: [0] })
  return { ...fairness(rows, m.visits), perSecond: m.visits.length / m.seconds }
}

export async function crawlWith({ workers, redisUrl, sites, concurrency, pace, longest }: { workers: number; redisUrl: string; sites: number; concurrency: number; pace: number; longest: number }): Promise<Round> {
  const served = await serveSites({ now: Date.parse(NOW), accounts: 0, tempers: false, latencyMs: 20, ports: PORTS })
  try {
    const rows = siteRows(sites, served.ports)
    const m = await measure({ workers, redisUrl, rows, organisations: SMALL + 1, concurrency, pace, longest, ports: served.ports })
    const book = await served.book()
    return {
      workers, due: rows.length, visits: m.visits.length, pages: sum(m.visits.map((v) => v.pages)), seconds: m.seconds, cpu: m.cpuWorkers + m.cpuPostgres + m.cpuRedis, cpuWorkers: m.cpuWorkers, cpuPostgres: m.cpuPostgres, cpuRedis: m.cpuRedis,
      workerMb: m.workerMb, fair: fairness(rows, m.visits), twice: m.twice, book,
    }
  } finally {
    served.close()
  }
}

/** CPU seconds for a thousand accounts: attested ones, for which nothing is fetched, and those looked at on a platform. */
export async function accountCost({ redisUrl, accounts }: { redisUrl: string; accounts: number }): Promise<{ attested: number; seen: number }> {
  const served = await serveSites({ now: Date.parse(NOW), accounts, tempers: false, latencyMs: 1 })
  try {
    const cost = async (kind: 'wechat_official' | 'weibo', n: number): Promise<number> => {
      const rows = Array.from({ length: n }, (_, i): Row => {
        const id = kind === 'weibo' ? uidOf(i) : `gh_${i}`
        return { kind, key: id, address: kind === 'weibo' ? `https://weibo.com/u/${id}` : id, accountId: id, name: `第${i}号发布`, organisation: i % 500 }
      })
      const m = await measure({ workers: 1, redisUrl, rows, organisations: 500, concurrency: 16, pace: kind === 'weibo' ? 1 : 1000, longest: 60, ports: served.ports })
      return ((m.cpuWorkers + m.cpuPostgres + m.cpuRedis) / m.visits.length) * 1000
    }
    return { attested: await cost('wechat_official', accounts), seen: await cost('weibo', Math.ceil(accounts / 4)) }
  } finally {
    served.close()
  }
}
