import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rate, reportCampaign, startCampaign } from '../../src/campaign/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

describe('rate', () => {
  test('19,290 of 42,355 is 45.5436…: 45.54 by either rule, not the 45.53 that was published', () => {
    expect(rate(19_290, 42_355)).toBe(45.54)
    expect(rate(19_290, 42_355, 'cut_off')).toBe(45.54)
  })
  test('the two rules differ where the third digit is five or more', () => {
    expect([rate(2, 3), rate(2, 3, 'cut_off')]).toEqual([66.67, 66.66])
  })
  test.each([
    [2241, 3527, 63.54],
    [32_596 - 18_798, 32_596, 42.33],
    [6232 - 2981, 6232, 52.17],
    [118, 122, 96.72],
    [566, 591, 95.77],
    [1, 8, 12.5],
    [0, 5, 0],
  ])('%i of %i is %f', (part, whole, expected) => expect(rate(part, whole)).toBe(expected))
  test('of nothing there is no rate', () => expect(rate(0, 0)).toBeNull())
  test('never above 100, never below 0, and the two rules differ by a hundredth at most', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1e7 }), fc.double({ min: 0, max: 1, noNaN: true }), (whole, share) => {
      const part = Math.floor(whole * share)
      const up = rate(part, whole) ?? -1
      const cut = rate(part, whole, 'cut_off') ?? -1
      expect(up).toBeGreaterThanOrEqual(0)
      expect(up).toBeLessThanOrEqual(100)
      expect(Math.round((up - cut) * 100)).toBeOneOf([0, 1])
    }))
  })
})

describe('a campaign', () => {
  let t: TestDatabase
  beforeAll(async () => {
    t = await testDatabase({ now: '2020-05-25T09:00:00+08:00' })
    await t.db.sql`insert into region (code, name, level, parent_code) values
      ('360000', '江西省', 1, null), ('360100', '南昌市', 2, '360000'), ('360102', '东湖区', 3, '360100'), ('360102001', '某街道', 4, '360102'), ('361100', '上饶市', 2, '360000')
      on conflict do nothing`
    const now = t.ctx.clock.now()
    await t.db.sql`insert into channel (kind, name, address, address_raw, identity_key, region_code, created_at, updated_at)
      select case when i % 3 = 0 then 'wechat_group' when i % 3 = 1 then 'weibo' else 'website' end, 'c' || i, 'a' || i, 'a' || i, 'k' || i,
             (array['360000', '360102', '360102001', '361100'])[1 + i % 4], ${now}, ${now}
        from generate_series(1, 240) i`
    await t.db.sql`update channel set state = 'closed', updated_at = ${now} where name = 'c1'`
  })
  afterAll(() => t.close())

  const close = (names: string[], state: string) => t.db.sql`update channel set state = ${state}, updated_at = ${t.ctx.clock.now()} where name = any(${names})`

  test('freezes its baseline, and counts by city and kind with totals that are the sums of their rows', async () => {
    const started = await startCampaign({ ctx: t.ctx, input: { name: '专项行动' } })
    expect(started.baseline).toBe(239)
    t.ctx.clock.advance(86_400_000)
    await close(['c2', 'c3', 'c4'], 'closed')
    await close(['c5'], 'merged')
    await t.db.sql`insert into channel (kind, name, address, address_raw, identity_key, created_at, updated_at) values ('weibo', 'later', 'x', 'x', 'later', ${t.ctx.clock.now()}, ${t.ctx.clock.now()})`
    const report = await reportCampaign({ ctx: t.ctx, input: { name: '专项行动' } })
    expect(report.totals).toMatchObject({ baseline: 239, removed: 4, remaining: 235, rate: 1.67 })
    expect(report.additions).toBe(1)
    // Counties and townships climb to their city; the province's own channels stay with the province.
    expect(Object.keys(report.totals.by_region).sort()).toEqual(['360000', '360100', '361100'])
    for (const key of ['baseline', 'removed', 'remaining'] as const) {
      const sum = (of: readonly { [k in typeof key]: number }[]): number => of.reduce((n, c) => n + c[key], 0)
      expect(sum(report.rows)).toBe(report.totals[key])
      expect(sum(Object.values(report.totals.by_kind))).toBe(report.totals[key])
      expect(sum(Object.values(report.totals.by_region))).toBe(report.totals[key])
      const { all_media_and_groups: both, website, ...groups } = report.totals.by_group
      expect(sum([...Object.values(groups), website])).toBe(report.totals[key])
      expect(both[key] + website[key]).toBe(report.totals[key])
    }
  })

  test('a zombie that returned counts as remaining, and any past day can be asked for', async () => {
    const before = t.ctx.clock.now()
    t.ctx.clock.advance(86_400_000)
    await close(['c2'], 'active')
    const now = await reportCampaign({ ctx: t.ctx, input: { name: '专项行动' } })
    const then = await reportCampaign({ ctx: t.ctx, input: { name: '专项行动', asOf: before } })
    expect([now.totals.removed, then.totals.removed]).toEqual([3, 4])
  })

  test('mending the register later does not move the baseline', async () => {
    await t.db.sql`update channel set kind = 'douyin', region_code = '361100' where name = 'c7'`
    const report = await reportCampaign({ ctx: t.ctx, input: { name: '专项行动' } })
    expect(report.totals.by_kind['douyin']).toBeUndefined()
    await t.db.sql`update channel set kind = 'weibo', region_code = '361100' where name = 'c7'`
  })

  test('a staff member of one city sees that city alone', async () => {
    const actor = { kind: 'user', id: '1', name: '张三', role: 'rectification', region: '360100' } as const
    const report = await reportCampaign({ ctx: { ...t.ctx, actor }, input: { name: '专项行动' } })
    expect(Object.keys(report.totals.by_region)).toEqual(['360100'])
    const started = await startCampaign({ ctx: { ...t.ctx, actor }, input: { name: '南昌行动' } })
    expect(started.baseline).toBe(report.totals.remaining)
  })

  test('says what is wrong: a name taken, an unknown name, an empty scope, a role that may not', async () => {
    await expect(startCampaign({ ctx: t.ctx, input: { name: '专项行动' } })).rejects.toMatchObject({ code: 'conflict' })
    await expect(reportCampaign({ ctx: t.ctx, input: { name: '没有' } })).rejects.toMatchObject({ code: 'not_found' })
    await expect(startCampaign({ ctx: t.ctx, input: { name: '空', kinds: ['bilibili'] } })).rejects.toMatchObject({ code: 'bad_input' })
    const actor = { kind: 'user', id: '2', name: '李四', role: 'read_only', region: null } as const
    await expect(startCampaign({ ctx: { ...t.ctx, actor }, input: { name: '不行' } })).rejects.toMatchObject({ code: 'forbidden' })
    // Nothing half done: the refused campaign left no row.
    expect(await t.db.sql`select 1 from campaign where name in ('空', '不行')`).toHaveLength(0)
  })
})
