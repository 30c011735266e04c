import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDb } from '../../db/client.ts'
import { verifyTrail } from '../../src/audit/index.ts'
import { replayCheck, runCheck, tagCheck } from '../../src/check/index.ts'
import { loadConfig } from '../../src/config/load.ts'
import { listDuplicates } from '../../src/credentials/index.ts'
import type { Actor } from '../../src/domain/actor.ts'
import { holdPruning } from '../../src/evidence/index.ts'
import { makeMonths, rolledUpBefore, rollUp } from '../../src/history/index.ts'
import { survivors, surviving } from '../../src/history/survivors.ts'
import { gatherFacts } from '../../src/review/index.ts'
import { latestObservations } from '../../src/review/channel/seen.ts'
import { sightingsOf } from '../../src/review/evidence/sightings.ts'
import { CAMPAIGN_EDITION, judge } from '../../src/standard/index.ts'
import { loadHistory } from '../../src/visit/probing/history.ts'
import { loadProbeSubject } from '../../src/visit/probing/load.ts'
import { showProbes } from '../../src/visit/probing/show.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { growPast } from './past.ts'
import type { Past } from './past.ts'

const NOW = '2026-06-15T12:00:00+08:00'
/** Of 24 months kept. */
const BEFORE = new Date('2024-06-01T00:00:00+08:00')
const FROM = new Date('2022-03-10T00:00:00Z')
const config = { keepMonths: 24 }
const DAY = 86_400_000

let t: TestDatabase
beforeEach(async () => { t = await testDatabase({ now: NOW }) })
afterEach(() => t.close())

/** Everything that is asked of the observations, for the present and for moments from the first that may be asked about. */
async function answers({ sites, accounts }: Past): Promise<Record<string, unknown>> {
  const { ctx } = t
  const all = [...sites, ...accounts]
  const now = ctx.clock.now()
  const out: Record<string, unknown> = {}
  for (const asOf of [BEFORE, new Date(BEFORE.getTime() + 1), ...[3, 17, 45, 59, 61, 200, 500].map((d) => new Date(BEFORE.getTime() + d * DAY)), now]) {
    const facts = await gatherFacts({ ctx, channelIds: all, asOf })
    out[`facts ${asOf.toISOString()}`] = facts
    out[`verdicts ${asOf.toISOString()}`] = facts.map((f) => judge(f, CAMPAIGN_EDITION, asOf))
  }
  out['duplicates'] = await listDuplicates({ ctx })
  for (const channel of all) {
    out[`seen ${channel}`] = await latestObservations({ ctx, input: { channel } })
    const [asked] = await ctx.db.sql`select 1 from candidate where channel_id = ${channel}`
    if (asked !== undefined) out[`pack ${channel}`] = await sightingsOf({ ctx, input: { channel } })
  }
  for (const channel of sites) {
    out[`probes ${channel}`] = await showProbes({ ctx, input: { channel } })
    out[`items ${channel}`] = await loadHistory(ctx.db.sql, channel, now)
    out[`subject ${channel}`] = await loadProbeSubject(ctx.db.sql, channel)
    out[`tags ${channel}`] = await tagCheck({ ctx, input: { channel } }).catch((e: Error) => e.message)
  }
  return out
}

const rows = async (): Promise<number> => (await t.db.sql<{ n: number }[]>`select count(*)::int as n from observation`)[0]!.n
const contents = async (): Promise<unknown> => [await t.db.sql`select * from observation order by id`, await t.db.sql`select * from observation_month order by channel_id, month, about, column_id`, await t.db.sql`select verb from audit order by id`, await partitions()]
const partitions = async (): Promise<string[]> => (await t.db.sql<{ p: string }[]>`select c.relname || ' ' || pg_get_expr(c.relpartbound, c.oid) as p from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'observation'::regclass order by 1`).map((r) => r.p)

describe('rolling up old observations', () => {
  test.each([1, 2, 3])('whatever is asked afterwards gets the answer that it got before (seed %i)', async (seed) => {
    const past = await growPast(t, { seed, from: FROM, until: new Date(NOW), channels: 32 })
    const before = await answers(past)
    const done = await rollUp({ ctx: t.ctx, config })
    expect(done.before).toBe('2024-06-01')
    expect(done.dropped).toBeGreaterThan(100)
    expect(await answers(past)).toEqual(before)
  })

  test('so it does when what survived is rolled up again, month after month', async () => {
    t.ctx.clock.set(new Date('2025-01-10T12:00:00+08:00'))
    const past = await growPast(t, { seed: 4, from: FROM, until: new Date(NOW), channels: 32 })
    for (const month of ['2025-02', '2025-05', '2026-01']) {
      await rollUp({ ctx: t.ctx, config })
      t.ctx.clock.set(new Date(`${month}-10T12:00:00+08:00`))
    }
    t.ctx.clock.set(new Date(NOW))
    const before = await answers(past)
    await rollUp({ ctx: t.ctx, config })
    expect(await rolledUpBefore(t.db.sql)).toEqual(BEFORE)
    expect(await answers(past)).toEqual(before)
    // And by way of many small steps nothing else is left than by one.
    const stepwise = await t.db.sql`select id from observation order by id`
    expect(stepwise).toEqual(await t.db.sql.unsafe(`select id from observation where at >= '${BEFORE.toISOString()}' union ${survivors(BEFORE)} order by id`))
  })

  test('a month that takes longer than answers are waited for is rolled up all the same', async () => {
    await growPast(t, { seed: 7, from: FROM, until: new Date(NOW), channels: 4 })
    const hasty = openDb(t.url, { silenceMs: 200 })
    let held: () => void = () => undefined
    const ready = new Promise<void>((resolve) => { held = resolve })
    const holder = t.db.sql.begin(async (tx) => { await tx`lock table observation_month in access exclusive mode`; held(); await tx`select pg_sleep(0.8)` })
    await ready
    expect(await rollUp({ ctx: { ...t.ctx, db: hasty }, config })).toMatchObject({ before: '2024-06-01' })
    await holder
    await hasty.close()
  })

  test('every reason for which a row survives is met in the register that this is tried on', async () => {
    await growPast(t, { seed: 5, from: FROM, until: new Date(NOW), channels: 60 })
    const parts = Object.entries(surviving(BEFORE))
    for (const [name, part] of parts) {
      const others = parts.filter(([other]) => other !== name).map(([, q]) => q).join(' union ')
      const own = await t.db.sql.unsafe(`(${part}) except (${others}) limit 1`)
      expect(own, name).toHaveLength(1)
    }
  })

  test('months leave their counts, each once, with its row in the audit trail, whose chain holds', async () => {
    await growPast(t, { seed: 6, from: FROM, until: new Date(NOW), channels: 6 })
    const counted = () => t.db.sql`select sum(observations)::int as n, min(month)::text as first, max(month)::text as last from observation_month`
    const expected = await t.db.sql`
      select to_char(date_trunc('month', at at time zone 'Asia/Shanghai'), 'YYYY-MM-DD') as month, channel_id, column_id, about, count(*)::int as observations,
             min(at) as first_at, max(at) as last_at, max(newest_on)::text as newest_on, count(*) filter (where outcome = 'ok')::int as ok
        from observation where at < ${BEFORE} group by 1, 2, 3, 4 order by 1, 2, 3, 4`
    const preview = await rollUp({ ctx: t.ctx, config, input: { dryRun: true } })
    expect(await counted()).toEqual([{ n: null, first: null, last: null }])
    const done = await rollUp({ ctx: t.ctx, config })
    expect(preview).toEqual({ ...done, dryRun: true })
    expect(await t.db.sql`select month::text, channel_id, column_id, about, observations, first_at, last_at, newest_on::text, coalesce((outcomes->>'ok')::int, 0) as ok from observation_month order by 1, 2, 3, 4`).toEqual(expected)
    await rollUp({ ctx: t.ctx, config: { keepMonths: 18 } })
    const [twice] = await counted()
    expect(twice!['n']).toBe((await t.db.sql`select sum((m->>'observations')::int)::int as n from audit, jsonb_array_elements(detail->'months') m where verb = 'observations.roll_up'`)[0]!['n'])
    expect(twice!['last']).toBe('2024-11-01')
    expect(await verifyTrail({ ctx: t.ctx, input: {} })).toMatchObject({ ok: true })
    // Nothing is left to do: nothing is done.
    const still = await contents()
    expect(await rollUp({ ctx: t.ctx, config })).toMatchObject({ months: [], dropped: 0 })
    expect(await contents()).toEqual(still)
  })

  test('a moment before is refused in words, never answered from what is left', async () => {
    const past = await growPast(t, { seed: 7, from: FROM, until: new Date(NOW), channels: 6 })
    const ids = [...past.sites]
    const old = new Date(BEFORE.getTime() - 1)
    const made = await runCheck({ ctx: t.ctx, input: { channels: ids, asOf: old } })
    const [check] = await t.db.sql<{ id: number }[]>`select id::int as id from indicator_check where run_id = ${made.run} order by id limit 1`
    expect(await replayCheck({ ctx: t.ctx, input: { check: check!.id } })).toMatchObject({ same: true, facts: { same: true } })
    await rollUp({ ctx: t.ctx, config })
    const words = { code: 'conflict', text: { zh: expect.stringContaining('2024-06-01'), en: expect.stringContaining('rolled up') } }
    await expect(gatherFacts({ ctx: t.ctx, channelIds: ids, asOf: old })).rejects.toMatchObject(words)
    await expect(runCheck({ ctx: t.ctx, input: { channels: ids, asOf: old } })).rejects.toMatchObject(words)
    expect(await t.db.sql`select 1 from check_run`).toHaveLength(1)
    await runCheck({ ctx: t.ctx, input: { channels: ids, asOf: BEFORE } })
    // What was checked then still stands on the facts stored then.
    expect(await replayCheck({ ctx: t.ctx, input: { check: check!.id } })).toMatchObject({ same: true, differ: [], facts: { same: null, changed: [], why: words.text } })
  })

  test('without a limit nothing is rolled up; too short a one is refused in both languages', async () => {
    await growPast(t, { seed: 8, from: FROM, until: new Date(NOW), channels: 4 })
    const before = await contents()
    expect(await rollUp({ ctx: t.ctx, config: { keepMonths: 0 } })).toMatchObject({ before: null, months: [], dropped: 0 })
    expect(await contents()).toEqual(before)
    expect(loadConfig({ HUOSHUI_KEEP_MONTHS: '15' }).keepMonths).toBe(15)
    for (const wrong of ['14', '1', '-1']) {
      const error = await Promise.resolve().then(() => loadConfig({ HUOSHUI_KEEP_MONTHS: wrong })).catch((e: unknown) => e)
      expect(error).toMatchObject({ code: 'bad_input', message: expect.stringContaining('HUOSHUI_KEEP_MONTHS') })
    }
    expect(() => loadConfig({ HUOSHUI_KEEP_MONTHS: '14' })).toThrow(/不少于 15.*at least 15/)
  })

  test('a clock that has jumped ahead rolls up no more than the database’s own allows, and makes no months', async () => {
    await growPast(t, { seed: 9, from: FROM, until: new Date(NOW), channels: 4 })
    t.ctx.clock.set(new Date('2099-01-01T00:00:00Z'))
    const [real] = await t.db.sql<{ month: string }[]>`select to_char(date_trunc('month', now() at time zone 'Asia/Shanghai') - interval '24 months', 'YYYY-MM-DD') as month`
    expect((await rollUp({ ctx: t.ctx, config, input: { dryRun: true } })).before).toBe(real!.month)
    expect(await makeMonths({ ctx: t.ctx })).toHaveLength(3)
  })

  test('only an administrator may, and the program itself', async () => {
    const actor = { kind: 'user', role: 'operations', id: 'o', name: 'o', region: null } as unknown as Actor
    await expect(rollUp({ ctx: { ...t.ctx, actor }, config })).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('several at once do it once; a backup, or who reads for long, puts it off; a failure half-way leaves everything as it was', async () => {
    await growPast(t, { seed: 10, from: FROM, until: new Date(NOW), channels: 4 })
    await makeMonths({ ctx: t.ctx })
    const before = await contents()
    const release = await holdPruning(t.db.sql)
    await expect(rollUp({ ctx: t.ctx, config })).rejects.toMatchObject({ code: 'conflict' })
    await release()
    // A reader with an open transaction.
    const reader = await t.db.sql.reserve()
    await reader`begin`
    await reader`select count(*) from observation`
    await expect(rollUp({ ctx: t.ctx, config })).rejects.toMatchObject({ code: 'conflict', text: { zh: expect.stringContaining('稍后'), en: expect.stringContaining('later') } })
    await reader`rollback`
    reader.release()
    expect(await contents()).toEqual(before)
    // The last thing done fails.
    await t.db.sql`create function no() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$`
    await t.db.sql`create trigger no before insert on audit for each row execute function no()`
    await expect(rollUp({ ctx: t.ctx, config })).rejects.toThrow()
    await t.db.sql`drop trigger no on audit`
    expect(await contents()).toEqual(before)
    const all = await Promise.allSettled([1, 2, 3].map(() => rollUp({ ctx: t.ctx, config })))
    expect(all.some((r) => r.status === 'fulfilled')).toBe(true)
    for (const r of all) if (r.status === 'rejected') expect(r.reason).toMatchObject({ code: 'conflict' })
    const [sums] = await t.db.sql`select (select sum(observations)::int from observation_month) as counted, (select count(*)::int from observation) as left, (select sum((detail->>'dropped')::int)::int from audit where verb = 'observations.roll_up') as dropped`
    expect(sums!['left'] + sums!['dropped']).toBe((before as unknown[][])[0]!.length)
    expect(sums!['counted']).toBe(((before as { at: Date }[][])[0]!).filter((o) => o.at < BEFORE).length)
    expect(await rows()).toBe(sums!['left'])
  })
})
