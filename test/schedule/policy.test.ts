import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listPolicies, loadPolicies, policySettings, resolvePolicy, setPolicy } from '../../src/schedule/index.ts'
import type { PolicyRow } from '../../src/schedule/index.ts'
import { afterWindows, isForbidden } from '../../src/schedule/windows.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { addChannels } from './fixtures.ts'

const subject = { id: 7, kind: 'website', regionCode: '360102', organisationId: 3 }

describe('resolving', () => {
  test('the most particular scope wins, setting by setting', () => {
    const rows: PolicyRow[] = [
      { scope: 'channel', target: '7', settings: { intervalDays: 1 } },
      { scope: 'all', target: '', settings: { intervalDays: 9, marginDays: 9, auditShare: 0.9, pace: 9, hostConcurrency: 9, maxIntervalDays: 9 } },
      { scope: 'kind', target: 'website', settings: { intervalDays: 8, marginDays: 8, auditShare: 0.8, pace: 8, hostConcurrency: 8 } },
      { scope: 'region', target: '360000', settings: { intervalDays: 7, marginDays: 7, auditShare: 0.7, pace: 7 } },
      { scope: 'region', target: '360102', settings: { intervalDays: 6, marginDays: 6, auditShare: 0.6 } },
      { scope: 'organisation', target: '3', settings: { intervalDays: 5, marginDays: 5 } },
      { scope: 'channel', target: '8', settings: { intervalDays: 0.5, pace: 0 } },
    ]
    expect(resolvePolicy(rows, subject)).toEqual({
      intervalDays: 1, marginDays: 5, auditShare: 0.6, pace: 7, hostConcurrency: 8, maxIntervalDays: 9, windows: [], paused: false, ignoreRobots: false, probes: 'all', probeIntervalDays: 7, probePosts: false,
    })
  })

  test('townships and zones of our own come under their county or parent', () => {
    const rows: PolicyRow[] = [{ scope: 'region', target: '360100', settings: { pace: 5 } }]
    expect(resolvePolicy(rows, { ...subject, regionCode: '360102003' }).pace).toBe(5)
    expect(resolvePolicy(rows, { ...subject, regionCode: 'GANJIANG' }).pace).toBeUndefined()
    expect(resolvePolicy(rows, { ...subject, regionCode: 'GANJIANG' }, new Map([['GANJIANG', '360100']])).pace).toBe(5)
    expect(resolvePolicy(rows, { ...subject, regionCode: 'X' }, new Map([['X', 'Y'], ['Y', 'X']])).pace).toBeUndefined()
  })

  test('what is not a setting, or out of bounds, is refused', () => {
    for (const bad of [{ colour: 1 }, { intervalDays: 0 }, { windows: [{ from: '8:00', to: '09:00' }] }, { windows: [{ from: '25:00', to: '09:00' }] }, { auditShare: 2 }, { windows: [{ from: '00:00', to: '24:00' }] }, { windows: [{ from: '12:00', to: '11:30' }] }]) {
      expect(policySettings.safeParse(bad).success, JSON.stringify(bad)).toBe(false)
    }
    expect(policySettings.safeParse({ windows: [{ from: '22:00', to: '06:00' }] }).success).toBe(true)
  })
})

describe('windows', () => {
  const night = [{ from: '22:00', to: '06:00' }]
  const at = (t: string): Date => new Date(`2026-06-01T${t}:00+08:00`)
  test('run over midnight in China’s time, whatever the machine’s', () => {
    expect(['21:59', '22:00', '23:59', '00:00', '05:59', '06:00'].map((t) => isForbidden(night, at(t)))).toEqual([false, true, true, true, true, false])
  })
  test('push into the free time after them, not into the next window', () => {
    expect(afterWindows(night, at('23:00'), 0)).toEqual(new Date('2026-06-02T06:00:00+08:00'))
    const between = afterWindows([...night, { from: '06:10', to: '12:00' }], at('03:00'), 0.999)
    expect(between > at('06:09') && between < at('06:10')).toBe(true)
    expect(afterWindows(night, at('12:34'), 0.5)).toEqual(at('12:34'))
  })
})

describe('the stored policies', () => {
  let t: TestDatabase
  beforeAll(async () => {
    t = await testDatabase()
    await addChannels(t.db, 4, { dueAt: '2026-06-10T00:00:00Z' })
  })
  afterAll(() => t.close())

  test('are set, merged, taken away, listed and audited', async () => {
    await setPolicy({ ctx: t.ctx, input: { scope: 'kind', target: 'website', settings: { pace: 500 } } })
    await setPolicy({ ctx: t.ctx, input: { scope: 'all', settings: { marginDays: 2 } } })
    const merged = await setPolicy({ ctx: t.ctx, input: { scope: 'kind', target: 'website', settings: { intervalDays: 3 }, reason: 'campaign' } })
    expect(merged.settings).toEqual({ pace: 500, intervalDays: 3 })
    expect((await listPolicies({ ctx: t.ctx })).map((p) => [p.scope, p.target, p.updatedBy])).toEqual([['all', '', 'test'], ['kind', 'website', 'test']])
    expect((await loadPolicies({ ctx: t.ctx }))(subject)).toMatchObject({ pace: 500, intervalDays: 3, marginDays: 2 })
    await setPolicy({ ctx: t.ctx, input: { scope: 'kind', target: 'website', settings: { pace: null, intervalDays: null } } })
    expect(await listPolicies({ ctx: t.ctx })).toHaveLength(1)
    const audit = await t.db.sql`select verb, entity_id, reason from audit order by id`
    expect(audit.map((a) => [a['verb'], a['entity_id'], a['reason']])).toEqual([
      ['policy.set', 'kind:website', null], ['policy.set', 'all:', null], ['policy.set', 'kind:website', 'campaign'], ['policy.set', 'kind:website', null],
    ])
  })

  test('bring visits forward where they ask for more', async () => {
    await setPolicy({ ctx: t.ctx, input: { scope: 'channel', target: 2, settings: { visitsPerDay: 24 } } })
    const rows = await t.db.sql<{ id: string; h: number }[]>`select id::text, (extract(epoch from next_due_at - ${t.ctx.clock.now().toISOString()}::timestamptz) / 3600)::float8 as h from channel order by id`
    expect(rows[1]!.h).toBeGreaterThanOrEqual(0)
    expect(rows[1]!.h).toBeLessThanOrEqual(1)
    expect(rows[2]!.h).toBeLessThanOrEqual(24)
  })

  test('refuse unknown targets and wrong values, and leave no trace of the attempt', async () => {
    const before = await t.db.sql`select count(*)::int as n from audit`
    await expect(setPolicy({ ctx: t.ctx, input: { scope: 'channel', target: '99999', settings: { pace: 1 } } })).rejects.toMatchObject({ code: 'not_found' })
    await expect(setPolicy({ ctx: t.ctx, input: { scope: 'organisation', target: "1' or 1=1", settings: { pace: 1 } } })).rejects.toMatchObject({ code: 'not_found' })
    await expect(setPolicy({ ctx: t.ctx, input: { scope: 'kind', target: 'fax', settings: { pace: 1 } } })).rejects.toMatchObject({ code: 'not_found' })
    await expect(setPolicy({ ctx: t.ctx, input: { scope: 'all', settings: { pace: -1 } } })).rejects.toMatchObject({ code: 'bad_input' })
    await expect(setPolicy({ ctx: t.ctx, input: { scope: 'all', settings: { paces: 1 } } })).rejects.toMatchObject({ code: 'bad_input' })
    await expect(setPolicy({ ctx: t.ctx, input: { scope: 'all', target: 'x', settings: {} } })).rejects.toMatchObject({ code: 'bad_input' })
    expect(await t.db.sql`select count(*)::int as n from audit`).toEqual(before)
  })
})
