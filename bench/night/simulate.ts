/**
 * The whole night by a virtual clock. Real: the register in the embedded database, the tick that claims, the policies and their
 * windows, when each channel is next due, the pacer. Drawn: how long a visit's requests take, from what was measured.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Ctx } from '../../db/context.ts'
import { loadConfig } from '../../src/config/load.ts'
import { stoppedClock } from '../../src/domain/clock.ts'
import { addDays, dayInChina } from '../../src/domain/date.ts'
import { isObserved, OUTCOMES } from '../../src/domain/outcome.ts'
import type { Outcome } from '../../src/domain/outcome.ts'
import { openEngine } from '../../src/engine/index.ts'
import { memoryPacer } from '../../src/fetch/index.ts'
import { loadPolicies, nextDue, setPolicy, tick } from '../../src/schedule/index.ts'
import { slotAt } from '../../src/visit/week/slots.ts'
import { random } from '../crawl/sites.ts'
import { quantile, round } from '../load/figures.ts'
import { provinceRows, seedRegister } from '../load/register.ts'
import type { ProvinceSize } from '../load/register.ts'
import { PLATFORM } from '../load/sites.ts'
import { EIGHT } from './real.ts'
import type { Took } from './real.ts'
import { firstAfter } from './week.ts'
import { virtualTime } from './virtual.ts'

const HOUR = 3_600_000
/** Visits are made from 20:00 to 06:00. */
const WINDOW = { from: '06:00', to: '20:00' }
/** Where nothing was measured: eleven requests of 0.2 s to a website, three to the platform, none for an attested account. */
const ASSUMED: readonly Took[] = [{ kind: 'website', pages: 9, seconds: 12, outcome: 'ok' }, { kind: 'weibo', pages: 2, seconds: 2.4, outcome: 'ok' }, { kind: 'wechat_official', pages: 0, seconds: 0.02, outcome: 'attested' }]

export type Simulated = {
  readonly due: number
  readonly visits: number
  /** Visits that came again the same night: retries of failures. */
  readonly again: number
  readonly looks: number
  readonly neverVisited: number
  readonly outsideWindow: number
  /** Hours after 20:00 at which the last due channel had its first visit, and the median one. */
  readonly doneHours: number
  readonly halfHours: number
  readonly requests: number
  readonly atOnce: number
  readonly leastGap: number
  /** Channels whose next visit, as planned, lies in the forbidden hours: must be none. */
  readonly plannedOutside: number
  readonly drawnFrom: number
  readonly lookLateP95: number
  readonly tookSeconds: number
}

type Job = { readonly channelId: number; readonly slotMs: number; readonly reason: string }

export async function simulate({ took, size, concurrency, pace, say }: { took: readonly Took[]; size: ProvinceSize; concurrency: number; pace: number; say: (line: string) => void }): Promise<Simulated> {
  const began = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'huoshui-night-'))
  const engine = await openEngine(loadConfig({}, { data: join(folder, 'data') }), { log: pino({ level: 'silent' }) })
  try {
    const start = Date.parse(EIGHT)
    const clock = stoppedClock(new Date(start))
    const ctx: Ctx = { db: engine.db, clock, actor: { kind: 'cli', name: 'bench' } }
    const { rows } = provinceRows(size, 8080)
    await seedRegister({ ctx, rows, organisations: size.organisations, due: new Date(start) })
    await setPolicy({ ctx, input: { scope: 'all', target: '', settings: { windows: [WINDOW] } } })
    const channels = new Map((await ctx.db.sql<{ id: number; kind: string; host: string; organisationId: number; regionCode: string }[]>`
      select id::int as id, kind, case when kind = 'website' then substring(address from '//([^:/]+)') when kind = 'weibo' then ${PLATFORM} else '' end as host, organisation_id::int as "organisationId", region_code as "regionCode" from channel`)
      .map((c) => [c.id, { ...c, kind: c.kind === 'website' || c.kind === 'weibo' ? c.kind : 'other' }]))
    const measured = took.length >= 200 ? took : ASSUMED
    const drawn = { website: measured.filter((t) => t.kind === 'website'), weibo: measured.filter((t) => t.kind === 'weibo'), other: measured.filter((t) => t.kind !== 'website' && t.kind !== 'weibo') }
    const resolve = await loadPolicies({ ctx })
    const time = virtualTime(start)
    const pacer = memoryPacer({ now: time.now, sleep: time.sleep, size: 100_000 })
    const policy = { pace, atOnce: 2, organisationAtOnce: 8, maxWait: Number.MAX_SAFE_INTEGER }

    const hosts = new Map<string, { last: number; inHand: number }>()
    let [requests, atOnce, leastGap] = [0, 0, Number.POSITIVE_INFINITY]
    const request = async (host: string, organisation: number, ms: number): Promise<void> => {
      const slot = await pacer.acquire({ host, address: host, organisation }, policy)
      const seen = hosts.get(host) ?? { last: Number.NEGATIVE_INFINITY, inHand: 0 }
      hosts.set(host, seen)
      leastGap = Math.min(leastGap, time.now() - seen.last)
      seen.last = time.now()
      atOnce = Math.max(atOnce, ++seen.inHand)
      requests++
      await time.sleep(ms)
      seen.inHand--
      slot.release()
    }

    const first = new Map<number, number>()
    const failures = new Map<number, number>()
    let [visits, outsideWindow, running, plannedOutside] = [0, 0, 0, 0]
    const shut = (at: number): boolean => (((at + 8 * HOUR) % (24 * HOUR)) / HOUR >= 6 && ((at + 8 * HOUR) % (24 * HOUR)) / HOUR < 20)
    type Done = Job & { startedAt: number; endedAt: number; outcome: Outcome; next: Date; why: string }
    let done: Done[] = []
    const visit = async (job: Job): Promise<void> => {
      const c = channels.get(job.channelId)
      if (c === undefined) return
      const startedAt = time.now()
      if (shut(startedAt)) outsideWindow++
      const from = drawn[c.kind as 'website' | 'weibo' | 'other']
      // A failing site fails again: its draw is its own, not the visit's.
      const draw = from[Math.floor(random(job.channelId)() * from.length)] ?? ASSUMED[2]
      if (draw === undefined) return
      const n = c.host === '' ? 0 : Math.max(1, draw.pages + 1)
      // What was measured holds the pacing: without it, spread over the requests.
      const each = n === 0 ? draw.seconds * 1000 : Math.max(2, (draw.seconds * 1000 - (n - 1) * pace) / n)
      if (n === 0) await time.sleep(each)
      for (let i = 0; i < n; i++) await request(c.host, c.organisationId, each)
      const outcome = draw.outcome as Outcome
      failures.set(c.id, isObserved(outcome) ? 0 : (failures.get(c.id) ?? 0) + 1)
      const end = new Date(time.now())
      const today = dayInChina(end)
      const age = Math.floor(random(c.id + 7)() ** 2 * 40)
      const due = nextDue({
        channelId: c.id, outcome, failures: failures.get(c.id) ?? 0, goneSince: OUTCOMES[outcome].group === 'gone' ? end : null,
        watched: isObserved(outcome) ? [{ newest: addDays(today, -age), limit: { days: 14 } }] : [],
      }, resolve({ id: c.id, kind: rows[0]?.kind ?? 'website', regionCode: c.regionCode, organisationId: c.organisationId }), end)
      if (shut(due.at.getTime())) plannedOutside++
      if (!first.has(c.id)) first.set(c.id, time.now())
      visits++
      done.push({ ...job, startedAt, endedAt: time.now(), outcome, next: due.at, why: due.reason })
    }
    const write = async (): Promise<void> => {
      const batch = done
      done = []
      if (batch.length === 0) return
      const iso = (ms: number): string => new Date(ms).toISOString()
      await ctx.db.sql.begin(async (sql) => {
        await sql`
          insert into visit (channel_id, slot, started_at, ended_at, outcome, reason) select * from unnest(
            ${batch.map((d) => d.channelId)}::bigint[], ${batch.map((d) => iso(d.slotMs))}::timestamptz[], ${batch.map((d) => iso(d.startedAt))}::timestamptz[],
            ${batch.map((d) => iso(d.endedAt))}::timestamptz[], ${batch.map((d) => d.outcome)}::text[], ${batch.map((d) => d.reason)}::text[])`
        await sql`
          update channel c set claimed_slot = null, claimed_at = null, last_visit_at = u.at, last_outcome = u.outcome, next_due_at = u.next, due_reason = u.why
            from unnest(${batch.map((d) => d.channelId)}::bigint[], ${batch.map((d) => iso(d.endedAt))}::timestamptz[], ${batch.map((d) => d.outcome)}::text[],
              ${batch.map((d) => d.next.toISOString())}::timestamptz[], ${batch.map((d) => d.why)}::text[]) as u(id, at, outcome, next, why) where c.id = u.id`
      })
    }

    // The availability weeks of one website in ten, beside the visits.
    let looks = 0
    const late: number[] = []
    const fromOn = addDays(dayInChina(clock.now()), -4)
    const end = start + 10 * HOUR
    for (const c of [...channels.values()].filter((w) => w.kind === 'website').filter((_, i) => i % 10 === 0)) {
      const week = { channelId: c.id, fromOn, days: 7, visitsPerDay: 20 }
      void (async () => {
        for (let slot = firstAfter(week, new Date(start)); slotAt(week, slot).getTime() < end; slot++) {
          const at = slotAt(week, slot).getTime()
          await time.sleep(Math.max(0, at - time.now()))
          await request(c.host, c.organisationId, 100)
          late.push((time.now() - 100 - at) / 1000)
          looks++
        }
      })()
    }

    let waiting: Job[] = []
    const queue = { add: async (jobs: readonly Job[]): Promise<void> => { waiting = [...waiting, ...jobs] }, counts: async () => ({ waiting: waiting.length, active: running, delayed: 0 }) }
    let nextTick = start
    while (time.now() < end) {
      if (time.now() >= nextTick || (waiting.length < concurrency && time.now() >= nextTick - 4950)) {
        await write()
        clock.set(new Date(time.now()))
        const { enqueued, deferred } = await tick({ ctx, queue, highWater: Math.max(200, concurrency * 20) })
        nextTick = time.now() + (enqueued + deferred > 0 ? 50 : 5000)
        if (waiting.length >= concurrency * 10) nextTick = time.now() + 5000
      }
      while (running < concurrency && waiting.length > 0) {
        const job = waiting.shift()
        if (job === undefined) break
        running++
        void visit(job).finally(() => { running-- })
      }
      await time.step(waiting.length > 0 && running >= concurrency ? end : nextTick)
    }
    await write()
    const hours = [...first.values()].map((at) => (at - start) / HOUR)
    const tookSeconds = (performance.now() - began) / 1000
    say(`simulated ${requests} requests in ${tookSeconds.toFixed(0)} s`)
    return {
      due: rows.length, visits, again: visits - first.size, looks, neverVisited: rows.length - first.size, outsideWindow, doneHours: first.size === rows.length ? quantile(hours, 1) : Number.POSITIVE_INFINITY,
      halfHours: quantile(hours, 0.5), requests, atOnce, leastGap, plannedOutside, drawnFrom: measured.length, lookLateP95: quantile(late, 0.95), tookSeconds,
    }
  } finally {
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  }
}

export function simulationLines(s: Simulated): string[] {
  return [
    `${s.due} channels due at 20:00: ${s.due - s.neverVisited} visited, half of them after ${round(s.halfHours, 2)} h, the last after ${round(s.doneHours, 2)} h; ${s.again} visits were retries of the same night`,
    `${s.outsideWindow} visits began outside the window, ${s.plannedOutside} next visits are planned there`,
    `${s.looks} looks of availability weeks, 95 of 100 within ${round(s.lookLateP95)} s of their moment`,
    `${s.requests} requests: at most ${s.atOnce} at once to a host, at least ${round(s.leastGap, 0)} ms apart`,
    `visits drawn from ${s.drawnFrom} measured ones`,
  ]
}
