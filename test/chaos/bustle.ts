import { setTimeout as wait } from 'node:timers/promises'
import { openDb } from '../../db/client.ts'
import type { Db } from '../../db/client.ts'
import type { Ctx } from '../../db/context.ts'
import type { Clock } from '../../src/domain/clock.ts'
import { HuoshuiError } from '../../src/domain/error.ts'
import { decide, issueOrder } from '../../src/review/index.ts'
import { runChannel } from '../../src/schedule/index.ts'
import type { Dice } from './dice.ts'
import type { Stores } from './engines.ts'

/** Accounts of our own, paused so that nobody visits them, each with an open candidate to decide: in two cities' series. */
export async function addMatters(db: Db, now: Date, n: number): Promise<number[]> {
  const at = now.toISOString()
  const channels = await db.sql<{ id: number }[]>`
    insert into channel (kind, name, address, address_raw, identity_key, region_code, state, created_at, updated_at)
    select 'weibo', '在办' || i, 'https://weibo.com/u/chaos' || i, 'a', 'chaos-' || i, r.code, 'paused', ${at}, ${at}
      from generate_series(0, ${n - 1}::int) i join (select code, row_number() over (order by code) - 1 as k from region where level = 2 limit 2) r on r.k = i % 2
    returning id::int`
  const rows = await db.sql<{ id: number }[]>`
    insert into candidate (channel_id, proposal, rule, clause, edition, since, newest, days_over, evidence, answers, opened_at, judged_at)
    select id, 'rectify', 'N2a', '{"zh":"监测时间点前2周内无更新","en":"no update in two weeks"}', 'campaign', '2026-05-15', '2026-05-01', 17, '[]', '[{"rule":"N2a","answer":"violated"}]', ${at}, ${at}
      from unnest(${channels.map((c) => c.id)}::bigint[]) as u(id) returning id::int`
  return rows.map((r) => r.id)
}

export type Acts = {
  /** Candidates whose order was acknowledged, and those whose document was. */
  readonly ordered: number[]
  readonly issued: { candidate: number; number: string }[]
  runs: number
  failures: number
}

/**
 * What people do meanwhile: reviewers order and issue, two at a time, and try again what failed; somebody asks for visits now. Ends when
 * `signal` is aborted and every matter begun is brought to its end.
 */
export async function bustle(args: { stores: Stores; clock: Clock; matters: readonly number[]; random: Dice; signal: AbortSignal; everyMs: number }): Promise<Acts> {
  const { stores, clock, random, signal } = args
  const acts: Acts = { ordered: [], issued: [], runs: 0, failures: 0 }
  let db: Db | null = null
  let at = ''
  const ctx = async (): Promise<Ctx> => {
    const url = await stores.directUrl()
    if (url === null) throw new Error('no database now')
    if (url !== at || db === null) {
      void db?.close()
      db = openDb(url, { max: 4 })
      at = url
    }
    return { db, clock, actor: { kind: 'cli', name: 'chaos' } }
  }
  /** Until it is done, or refused for a reason; a conflict on a later try means that an earlier one was done after all. */
  const insist = async <T>(work: (ctx: Ctx) => Promise<T>): Promise<T | 'done before'> => {
    for (let tries = 0; ; tries++) {
      try {
        return await bounded(work(await ctx()), 20_000)
      } catch (error) {
        acts.failures++
        if (error instanceof HuoshuiError && error.code === 'conflict' && tries > 0) return 'done before'
        if (tries > 120) throw error
        await wait(500)
      }
    }
  }
  const matters = [...args.matters]
  const reviewer = async (): Promise<void> => {
    for (;;) {
      const candidate = signal.aborted ? undefined : matters.shift()
      if (candidate === undefined) return
      await insist((c) => decide({ ctx: c, input: { candidate, step: 'order', reason: '限期更新', deadline: '2026-08-01' } }))
      acts.ordered.push(candidate)
      const made = await insist((c) => issueOrder({ ctx: c, input: { candidate } }))
      acts.issued.push({ candidate, number: made === 'done before' ? '' : made.number })
      await wait(args.everyMs)
    }
  }
  const asker = async (): Promise<void> => {
    while (!signal.aborted) {
      await wait(args.everyMs / 4)
      try {
        const c = await ctx()
        const ids = await c.db.sql<{ id: number }[]>`select id::int from channel where state = 'active' and claimed_slot is null and last_visit_at is not null and address not like '%chaos%' order by id`
        if (ids.length === 0) continue
        await bounded(runChannel({ ctx: c, input: { id: random.one(ids).id } }), 10_000)
        acts.runs++
      } catch {
        acts.failures++
      }
    }
  }
  await Promise.all([reviewer(), reviewer(), asker()])
  await (db as Db | null)?.close()
  return acts
}

/** A promise, but no longer than that. */
export async function bounded<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  try {
    return await Promise.race([work, new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error(`no end in ${ms} ms`)), ms) })])
  } finally {
    clearTimeout(timer)
    work.catch(() => undefined)
  }
}
