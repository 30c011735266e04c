import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawSample, enterCrawled, enterResult, passRate, rate, reportSample } from '../../src/campaign/index.ts'
import { stratified } from '../../src/campaign/sample/draw.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { addCandidates } from '../review/register.ts'

test.each([
  [122, 4, 1, 96.7],
  [173, 13, 1, 92.5],
  [591, 25, 2, 95.77],
  [561, 3, 1, 99.5],
  [51, 3, 1, 94.1],
  [212, 3, 1, 98.6],
  [314, 55, 2, 82.48],
] as const)('of %i checked %i failed: at %i decimals %f', (checked, failed, digits, expected) => expect(passRate(checked, failed, digits)).toBe(expected))
test.each([[173, 1061, 16.3], [591, 4935, 12]])('%i of %i is a share of %f', (part, whole, share) => expect(rate(part, whole, 'half_up', 1)).toBe(share))

test('at least the share of every stratum, whatever the register; the same seed the same channels, in whatever order they stand', () => {
  const member = fc.record({ kind: fc.constantFrom('weibo', 'douyin'), city: fc.constantFrom('360100', '361100', null), identityKey: fc.string({ minLength: 1, maxLength: 8 }) })
  fc.assert(fc.property(fc.uniqueArray(member, { selector: (m) => `${m.kind} ${m.identityKey}`, minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 1000 }), fc.string(), (all, permille, seed) => {
    const { chosen, strata } = stratified(all, seed, permille / 10)
    for (const s of strata) {
      expect(s.drawn * 1000).toBeGreaterThanOrEqual(s.population * permille)
      expect((s.drawn - 1) * 1000).toBeLessThan(s.population * permille)
    }
    expect(new Set(chosen).size).toBe(chosen.length)
    expect(new Set(stratified(all.toReversed(), seed, permille / 10).chosen)).toEqual(new Set(chosen))
  }))
})

describe('a spot check', () => {
  let t: TestDatabase
  let channels: number[]
  beforeAll(async () => {
    t = await testDatabase()
    channels = (await addCandidates(t, 20)).channels
  })
  afterAll(() => t.close())

  test('keeps its seed and population; results give the pass rate with its denominator', async () => {
    const drawn = await drawSample({ ctx: t.ctx, input: { name: '二季度', seed: '2026Q2', share: 30 } })
    expect(drawn).toMatchObject({ population: 20, drawn: 6 })
    const again = await drawSample({ ctx: t.ctx, input: { name: '复核', seed: '2026Q2', share: 30 } })
    const ids = async (id: number) => (await t.db.sql<{ id: number }[]>`select channel_id::int as id from sample_member where sample_id = ${id} order by 1`).map((r) => r.id)
    expect(await ids(again.id)).toEqual(await ids(drawn.id))
    const [a = 0, b = 0] = await ids(drawn.id)
    await enterResult({ ctx: t.ctx, input: { sample: '二季度', channel: a, result: 'passed' } })
    await enterResult({ ctx: t.ctx, input: { sample: '二季度', channel: b, result: 'failed', note: '空白栏目' } })
    expect(await reportSample({ ctx: t.ctx, input: { name: '二季度' } })).toMatchObject({ seed: '2026Q2', population: 20, drawn: 6, checked: 2, failed: 1, passRate: 50, share: 10, failures: [{ channel: b, note: '空白栏目' }] })
  })

  test('takes over what the crawler saw, and neither what it did not see nor what a person entered', async () => {
    const later = new Date(t.ctx.clock.now().getTime() + 1000)
    await t.db.sql`update channel set last_visit_at = ${later}, judged_visit_at = ${later}, last_outcome = 'ok'`
    await t.db.sql`update candidate set state = 'dismissed', closed_at = ${later} where channel_id = any(${channels.slice(0, 10)})`
    const members = (await t.db.sql<{ id: number }[]>`select m.channel_id::int as id from sample_member m join sample s on s.id = m.sample_id where s.name = '二季度' and m.result is null order by 1`).map((r) => r.id)
    const blind = members.find((id) => channels.indexOf(id) < 10) ?? members[0] ?? 0
    await t.db.sql`update channel set last_outcome = 'own_network' where id = ${blind}`
    await t.db.sql`update candidate set state = 'dismissed', closed_at = ${later} where channel_id = ${blind}`
    expect(await enterCrawled({ ctx: t.ctx, input: { sample: '二季度' } })).toEqual({ entered: 3, left: 1 })
    const rows = await t.db.sql<{ id: number; result: string; by: { kind: string } }[]>`select m.channel_id::int as id, m.result, m.entered_by as by from sample_member m join sample s on s.id = m.sample_id where s.name = '二季度' and m.result is not null`
    for (const r of rows.filter((x) => x.by.kind === 'system')) expect(r.result).toBe(channels.indexOf(r.id) < 10 ? 'passed' : 'failed')
    expect(rows.filter((r) => r.by.kind === 'cli')).toHaveLength(2)
  })

  test('says what is wrong', async () => {
    await expect(drawSample({ ctx: t.ctx, input: { name: '二季度', seed: 's', share: 30 } })).rejects.toMatchObject({ code: 'conflict' })
    await expect(drawSample({ ctx: t.ctx, input: { name: '空', seed: 's', share: 30, kinds: ['bilibili'] } })).rejects.toMatchObject({ code: 'bad_input' })
    await expect(drawSample({ ctx: t.ctx, input: { name: '零', seed: 's', share: 0 } })).rejects.toThrow()
    await expect(enterResult({ ctx: t.ctx, input: { sample: '二季度', channel: 999_999, result: 'passed' } })).rejects.toMatchObject({ code: 'not_found' })
    await expect(enterResult({ ctx: t.ctx, input: { sample: '二季度', channel: 1, result: 'failed' } })).rejects.toMatchObject({ code: 'bad_input' })
    await expect(reportSample({ ctx: t.ctx, input: { name: '没有' } })).rejects.toMatchObject({ code: 'not_found' })
    const actor = { kind: 'user', id: '1', name: '王', role: 'rectification', region: '361100' } as const
    const mine = await drawSample({ ctx: { ...t.ctx, actor }, input: { name: '上饶', seed: 's', share: 50 } })
    expect(mine.population).toBe(10)
    await expect(enterResult({ ctx: { ...t.ctx, actor: { ...actor, role: 'unit_contact' } }, input: { sample: '上饶', channel: 1, result: 'passed' } })).rejects.toMatchObject({ code: 'forbidden' })
  })
})
