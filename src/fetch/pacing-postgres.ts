import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Sql } from 'postgres'
import { createApart } from './apart.ts'
import { memoryPacer } from './pacing-memory.ts'
import { asksForRest, backoff, hostKey, HostResting, needsOf, NoSlot } from './pacing.ts'
import type { Need, Pacer } from './pacing.ts'

export type PostgresPacerOptions = {
  readonly sql: Sql
  /** Milliseconds after which a slot of a worker that died is free again; longer than any request takes. Default 120 s. */
  readonly lease?: number
  /** Gate within this process, so that few of its requests stand in line at the database. */
  readonly local?: Pacer
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<unknown>
  /** Milliseconds on a clock of this process that never goes back. */
  readonly now?: () => number
  /** A report or a release that could not be written: pacing goes on, someone should know. */
  readonly onError?: (error: unknown) => void
}

type Reserved = { readonly rows: number; readonly room: boolean | null; readonly wait: number | null; readonly failures: number | null }

/**
 * Slots shared by all workers on all machines, by the database's clock. A slot of every key is taken in one statement
 * or none is: the rows are locked in key order, so two workers never take the same slot nor wait for each other. The
 * time of a slot is reserved ahead, and the worker sleeps until then. With pace 0 the database is never asked.
 */
export function postgresPacer(options: PostgresPacerOptions): Pacer {
  const { sql, lease = 120_000 } = options
  const local = options.local ?? memoryPacer()
  const sleep = options.sleep ?? ((ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }))
  const onError = options.onError ?? (() => undefined)
  /** Hosts known to have asked for rest, so that an ordinary answer costs no statement. */
  const tired = new Set<string>()
  const apart = createApart({ now: options.now ?? (() => performance.now()), size: 10_000 })

  const reserve = (needs: readonly Need[], id: string, maxWait: number): Promise<Reserved[]> => sql<Reserved[]>`
    with need as (
      select * from unnest(${needs.map((n) => n.key)}::text[], ${needs.map((n) => n.pace)}::int[], ${needs.map((n) => n.atOnce)}::int[]) as n(key, pace, at_once)
    ), clock as materialized (
      select clock_timestamp() as at
    ), held as materialized (
      select p.key, p.next_at, p.rest_until, p.failures, p.leases from pacing p
      where p.key in (select key from need) order by p.key for update
    ), live as (
      select h.key, n.pace, n.at_once, h.next_at, h.rest_until, h.failures, coalesce(
        (select jsonb_object_agg(l.key, l.value) from jsonb_each(h.leases) l where l.value::text::numeric > extract(epoch from clock.at) * 1000), '{}') as leases
      from held h join need n using (key), clock
    ), verdict as (
      select count(*)::int as rows, max(failures)::int as failures,
        bool_and((select count(*) from jsonb_object_keys(leases)) < at_once) as room,
        greatest(max(next_at), max(rest_until), min(clock.at)) as start, min(clock.at) as at
      from live, clock
    ), taken as (
      update pacing p set
        next_at = case when l.pace > 0 then v.start + l.pace * interval '1 millisecond' else p.next_at end,
        leases = l.leases || jsonb_build_object(${id}::text, floor(extract(epoch from v.start) * 1000 + ${lease}))
      from live l, verdict v
      where p.key = l.key and v.rows = ${needs.length} and v.room and v.start <= v.at + ${maxWait} * interval '1 millisecond'
      returning p.key
    )
    select rows, room, failures, (extract(epoch from start - at) * 1000)::float8 as wait from verdict`

  const giveBack = async (needs: readonly Need[], id: string): Promise<void> => {
    const keys = needs.map((n) => n.key)
    await sql`with held as (select key from pacing where key = any(${keys}) order by key for update)
      update pacing p set leases = p.leases - ${id}::text from held h where p.key = h.key`
  }

  return {
    async acquire(keys, policy, signal) {
      const gate = await local.acquire(keys, policy, signal)
      if (policy.pace === 0) return gate
      const needs = needsOf(keys, policy)
      const id = randomUUID()
      const maxWait = policy.maxWait ?? 60_000
      const began = performance.now()
      try {
        for (;;) {
          if (signal?.aborted === true) throw new NoSlot('ended while waiting for a slot')
          const [got] = await reserve(needs, id, maxWait)
          if (got === undefined || got.rows < needs.length) {
            await sql`insert into pacing (key) select unnest(${needs.map((n) => n.key)}::text[]) on conflict do nothing`
            continue
          }
          if ((got.failures ?? 0) > 0) tired.add(keys.host)
          const wait = Math.max(0, got.wait ?? 0)
          if (wait > maxWait) throw new HostResting(`${keys.host} is to be left alone for ${Math.ceil(wait / 1000)} s`)
          if (got.room === true) {
            if (wait > 0) await sleep(wait, signal)
            await apart.begin(needs, (ms) => sleep(ms, signal))
            break
          }
          // Other workers hold every slot: ask again about when one of them should be done.
          await sleep(Math.min(1000, Math.max(50, policy.pace / 2)), signal)
        }
      } catch (cause) {
        gate.release()
        giveBack(needs, id).catch(onError)
        if (cause instanceof HostResting || cause instanceof NoSlot) throw cause
        throw new NoSlot(signal?.aborted === true ? 'ended while waiting for a slot' : 'slots cannot be shared: the database did not answer', { cause })
      }
      return {
        waitedMs: gate.waitedMs + performance.now() - began,
        release: () => {
          gate.release()
          giveBack(needs, id).catch(onError)
        },
      }
    },

    report(host, report) {
      local.report(host, report)
      if (!asksForRest(report.status)) {
        if (tired.delete(host)) sql`update pacing set failures = 0 where key = ${hostKey(host)}`.catch(onError)
        return
      }
      tired.add(host)
      const steps = Array.from({ length: 12 }, (_, i) => backoff(i + 1, report.retryAfterMs))
      sql`insert into pacing as p (key, failures, rest_until) values (${hostKey(host)}, 1, clock_timestamp() + ${steps[0] ?? 0} * interval '1 millisecond')
        on conflict (key) do update set failures = p.failures + 1,
          rest_until = greatest(p.rest_until, clock_timestamp() + (${steps}::int[])[least(p.failures + 1, ${steps.length})] * interval '1 millisecond')`.catch(onError)
    },
  }
}

/** Forgets keys unused for a day. Returns how many. */
export async function prunePacing(sql: Sql): Promise<number> {
  const gone = await sql`delete from pacing where next_at < now() - interval '1 day' and coalesce(rest_until, now()) <= now()
    and not exists (select 1 from jsonb_each(leases) l where l.value::text::numeric > extract(epoch from now()) * 1000)`
  return gone.count
}
