/** So many real minutes of the night: the engine, worker and server as `npm start` runs them, over the whole province, the console asked each second. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pino } from 'pino'
import type { Ctx } from '../../db/context.ts'
import { createToken, createUser } from '../../src/accounts/index.ts'
import { databaseRoot } from '../../src/cli/cpu.ts'
import { loadConfig } from '../../src/config/load.ts'
import { clockFrom, stoppedClock } from '../../src/domain/clock.ts'
import { openEngine } from '../../src/engine/index.ts'
import { WEIBO_HOSTS } from '../../test/platforms/weibo.ts'
import { start } from '../load/child.ts'
import { quantile } from '../load/figures.ts'
import { useOf } from '../load/machine.ts'
import type { Use } from '../load/machine.ts'
import { provinceRows, seedRegister } from '../load/register.ts'
import type { ProvinceSize } from '../load/register.ts'
import { serveSites } from '../load/serve.ts'
import type { Book } from '../load/serve.ts'
import { PLATFORM } from '../load/sites.ts'
import { looksMade, seedWeeks } from './week.ts'
import type { Looks } from './week.ts'

export const EIGHT = '2026-06-01T20:00:00+08:00'
const ASKED = ['/api/overview', '/api/channels?page=3', '/api/candidates?page=1', '/api/watcher', '/api/channels?text=%E5%8F%91%E5%B8%83', '/api/candidates/counts']
const EVERY_MS = 10_000

export type RealOptions = { readonly minutes: number; readonly size: ProvinceSize; readonly concurrency: number; readonly pace: number; readonly probes: number; readonly browser: boolean; readonly console: boolean; readonly say: (line: string) => void }

/** One look at the machine, ten seconds after the last. */
export type Sample = {
  /** Seconds since the start. */
  readonly at: number
  readonly visits: number
  readonly sites: number
  readonly pages: number
  readonly huoshui: Use
  readonly postgres: Use
  /** Megabytes after a collection. */
  readonly heap: number | null
}

/** What a visit took, for the simulation: requests, and seconds apart from pacing. */
export type Took = { readonly kind: string; readonly pages: number; readonly seconds: number; readonly outcome: string }

export type Real = {
  readonly due: number
  readonly dueSites: number
  readonly seconds: number
  readonly seedSeconds: number
  readonly samples: readonly Sample[]
  readonly took: readonly Took[]
  readonly outcomes: Readonly<Record<string, number>>
  /** Visits that had another of the same channel and slot, and those whose channel was not due: both must be 0. */
  readonly twice: number
  readonly book: Book
  readonly sitesCpu: number
  readonly looks: Looks
  readonly consoleMs: { readonly p50: number; readonly p95: number; readonly max: number; readonly asked: number; readonly failed: number }
  readonly waiting: number
  readonly databaseMb: number
  readonly probeRuns: number
}

export async function realNight(o: RealOptions): Promise<Real> {
  const folder = await mkdtemp(join(tmpdir(), 'huoshui-night-'))
  const begin = new Date(EIGHT)
  const { weibo } = provinceRows(o.size, 0)
  const sites = await serveSites({ now: begin.getTime(), accounts: weibo, tempers: true })
  const port = sites.ports[0] ?? 0
  const data = join(folder, 'data')
  const engine = await openEngine(loadConfig({}, { data }), { log: pino({ level: 'silent' }) })
  try {
    const ctx: Ctx = { db: engine.db, clock: stoppedClock(begin), actor: { kind: 'cli', name: 'bench' } }
    const seeding = performance.now()
    const { rows } = provinceRows(o.size, port)
    await seedRegister({ ctx, rows, organisations: o.size.organisations, due: begin })
    const watched = await seedWeeks({ ctx, every: 10 })
    const seedSeconds = (performance.now() - seeding) / 1000
    o.say(`seeded ${rows.length} channels and ${watched} availability weeks in ${seedSeconds.toFixed(1)} s`)
    const token = await tokenOf(ctx)
    const root = await databaseRoot(engine.db.sql) ?? 0

    const huoshui = start('src/cli/main.ts', ['serve', '--port', '0', '--data', data, '--now', EIGHT, '--concurrency', String(o.concurrency), '--pace', String(o.pace)], {
      HUOSHUI_ALLOW_NETS: '127.0.0.0/8', HUOSHUI_LOG_LEVEL: 'error', HUOSHUI_BROWSER: String(o.browser), HUOSHUI_PROBES_AT_ONCE: String(o.probes),
      HUOSHUI_CANARIES: `http://127.79.0.1:${port}/,http://127.79.0.2:${port}/`, HUOSHUI_BASES: WEIBO_HOSTS.map((h) => `${h}=http://${PLATFORM}:${port}`).join(','),
    })
    const asked: number[] = []
    let failed = 0
    const closing = new AbortController()
    const samples: Sample[] = []
    try {
      const [, base = ''] = await huoshui.says(/Huoshui is at (http:\/\/\S+)/)
      // Until now it was starting: the night begins here.
      const began = performance.now()
      const from = useOf(huoshui.pid)
      const fromPostgres = useOf(root)
      o.say(`serving at ${base}; ${o.minutes} minutes`)
      const asking = (async (): Promise<void> => {
        for (let i = 0; !closing.signal.aborted && o.console; i++) {
          const at = performance.now()
          if (!(await answers(base.replace(/\/$/, '') + (ASKED[i % ASKED.length] ?? ''), token))) failed++
          asked.push(performance.now() - at)
          await wait(Math.max(0, 1000 - (performance.now() - at)))
        }
      })()
      const since = (u: Use, before: Use): Use => ({ ...u, cpu: u.cpu - before.cpu })
      for (let n = 1; performance.now() - began < o.minutes * 60_000; n++) {
        await wait(Math.max(0, began + n * EVERY_MS - performance.now()))
        const [row] = await ctx.db.sql<{ visits: number; sites: number; pages: number }[]>`
          select count(*)::int as visits, count(*) filter (where c.kind = 'website')::int as sites, coalesce(sum(pages), 0)::int as pages from visit v join channel c on c.id = v.channel_id`
        samples.push({
          at: (performance.now() - began) / 1000, visits: row?.visits ?? 0, sites: row?.sites ?? 0, pages: row?.pages ?? 0,
          huoshui: since(useOf(huoshui.pid), from), postgres: since(useOf(root), fromPostgres), heap: await huoshui.heap(),
        })
        const s = samples.at(-1)
        if (s !== undefined && n % 6 === 0) o.say(`${Math.round(s.at)} s: ${s.visits} visits (${s.sites} sites), ${s.pages} pages; heap ${Math.round(s.heap ?? 0)} MB, rss ${Math.round(s.huoshui.rss)} MB; PostgreSQL ${Math.round(s.postgres.pss)} MB; CPU ${Math.round(s.huoshui.cpu)} + ${Math.round(s.postgres.cpu)} s`)
      }
      closing.abort()
      const seconds = (performance.now() - began) / 1000
      await asking
      const book = await sites.book()
      const looks = await looksMade({ ctx, from: begin, to: new Date(begin.getTime() + (seconds - 15) * 1000) })
      const took = await ctx.db.sql<Took[]>`select c.kind, v.pages, extract(epoch from v.ended_at - v.started_at)::float8 as seconds, v.outcome from visit v join channel c on c.id = v.channel_id order by v.id`
      const [more] = await ctx.db.sql<{ twice: number; waiting: number; mb: number; probes: number }[]>`
        select (select count(*)::int - count(distinct channel_id)::int from visit where reason = 'deadline') as twice, (select count(*)::int from channel where claimed_slot is not null) as waiting,
          (pg_database_size(current_database()) / 1048576)::int as mb, (select count(*)::int from probe_run) as probes`
      const outcomes: Record<string, number> = {}
      for (const t of took) outcomes[t.outcome] = (outcomes[t.outcome] ?? 0) + 1
      return {
        due: rows.length, dueSites: o.size.websites, seconds, seedSeconds, samples, took, outcomes, twice: more?.twice ?? 0, book, sitesCpu: book.cpu, looks, waiting: more?.waiting ?? 0,
        databaseMb: more?.mb ?? 0, probeRuns: more?.probes ?? 0,
        consoleMs: { p50: quantile(asked, 0.5), p95: quantile(asked, 0.95), max: quantile(asked, 1), asked: asked.length, failed },
      }
    } catch (error) {
      console.error(huoshui.output().slice(-3000))
      throw error
    } finally {
      closing.abort()
      await huoshui.stop()
    }
  } finally {
    await engine.close()
    sites.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function answers(url: string, token: string): Promise<boolean> {
  try {
    const r = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(30_000) })
    await r.arrayBuffer()
    return r.ok
  } catch {
    return false
  }
}

/** A token with which the console's routes are asked. Sessions and tokens go by the real clock. */
async function tokenOf(ctx: Ctx): Promise<string> {
  const made = await createUser({ ctx, input: { username: 'bench-admin', name: 'bench', role: 'administrator' }, lasting: true })
  const person = { ...ctx, clock: clockFrom(new Date()), actor: { kind: 'user', id: made.id, name: 'bench', role: 'administrator', region: null } as const }
  return (await createToken({ ctx: person, input: { name: 'bench', scopes: ['read'], days: 1 }, now: new Date() })).token
}
