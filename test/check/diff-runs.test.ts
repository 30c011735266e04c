import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { diffChecks, diffRuns, runCheck } from '../../src/check/index.ts'
import { checkDiffText, runDiffText } from '../../src/cli/text/check-diff.ts'
import { fine } from '../standard/portal.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { ago, NOW, observed, regions, stale } from './register.ts'

const DAY = 86_400_000

/** Two runs a day apart: one site falls over its limit, one is put right, one stays as it is, one can no longer be seen. */
describe('two runs compared', () => {
  let t: TestDatabase
  const id: Record<string, number> = {}
  let [first, second, other] = [0, 0, 0]
  const run = async (channels: number[], standard = 'gov-2019') => (await runCheck({ ctx: t.ctx, input: { channels, standard } })).run
  const see = async (channel: number, newest: string, outcome = 'ok') => {
    const { sql } = t.db
    await sql`insert into observation (channel_id, column_id, visit_id, at, about, outcome, value, evidence)
      select ${channel}, s.id, (select max(id) from visit where channel_id = ${channel}), ${t.ctx.clock.now()}, 'column', ${outcome}, ${sql.json({ newest, witness: null, list: 'listed' })}, '{}' from site_column s where s.channel_id = ${channel}`
  }
  beforeAll(async () => {
    t = await testDatabase({ now: NOW.toISOString() })
    await regions(t)
    id['falls'] = await observed(t, { name: '坠局', columns: stale(5, 14) })
    id['mended'] = await observed(t, { name: '正局', columns: stale(5, 20) })
    id['same'] = await observed(t, { name: '静局', columns: stale(5, 40) })
    id['blind'] = await observed(t, { name: '盲局', columns: stale(5, 16) })
    id['portal'] = await observed(t, { name: '某县人民政府', columns: [{ name: '要闻', class: 'news', newest: ago(3) }], probes: { ...fine(), services: { ...fine().services, guides: fine().services.guides.map((g) => ({ ...g, present: false })) } } })
    id['gone'] = await observed(t, { name: '去局' })
    id['new'] = await observed(t, { name: '来局' })
    first = await run([id['falls']!, id['mended']!, id['same']!, id['blind']!, id['portal']!, id['gone']!])
    t.ctx.clock.advance(DAY)
    for (const name of ['falls', 'same']) await see(id[name]!, name === 'falls' ? ago(14) : ago(40))
    await see(id['mended']!, ago(0))
    await see(id['blind']!, ago(16), 'challenge')
    // A guide is there again: fewer faults, and yet more than the cap.
    const { sql } = t.db
    await sql`insert into observation (channel_id, visit_id, at, about, outcome, value, evidence)
      select channel_id, visit_id, ${t.ctx.clock.now()}, about, outcome, jsonb_set(value, '{guides,0,present}', 'true'), evidence from observation where channel_id = ${id['portal']!} and about = 'probe:services'`
    second = await run([id['falls']!, id['mended']!, id['same']!, id['blind']!, id['portal']!, id['new']!])
    other = await run([id['same']!], 'jiangxi-2020-campaign')
  })
  afterAll(() => t.close())

  const diff = (before = first, after = second, limit?: number) => diffRuns({ ctx: t.ctx, input: { before, after, ...(limit === undefined ? {} : { limit }) } })

  test('say who changed, from what to what, and by which rule', async () => {
    const d = await diff()
    expect(d.before).toMatchObject({ run: first, standard: 'gov-2019', channels: 6 })
    expect(d.channels).toEqual({ both: 5, changed: 3, only_before: 1, only_after: 1 })
    expect(d.rules.find((r) => r.id === 'W4a')).toEqual({ id: 'W4a', item: { zh: '栏目不更新', en: expect.any(String) }, new: 1, gone: 1, points: 0, other: 1 })
    expect(d.changed.map((c) => c.channel.name)).toEqual(['坠局', '正局', '盲局'])
    const falls = d.changed.find((c) => c.channel.id === id['falls'])!
    expect([falls.before.verdict, falls.after.verdict]).toEqual(['undecided', 'failed'])
    expect(falls.changes.find((c) => c.id === 'W4a')).toEqual({ id: 'W4a', what: 'answer', before: { answer: 'met', points: 0 }, after: { answer: 'violated', points: 0 } })
    // What can no longer be seen has not been put right.
    expect(d.changed.find((c) => c.channel.id === id['blind'])!.changes.find((c) => c.id === 'W4a')).toMatchObject({ before: { answer: 'violated' }, after: { answer: 'not_observed' } })
    expect(d.verdicts).toEqual([{ before: 'failed', after: 'failed', channels: 2 }, { before: 'failed', after: 'undecided', channels: 2 }, { before: 'undecided', after: 'failed', channels: 1 }])
    expect(d.left_out).toBe(0)
  })

  test('agree with each channel’s own comparison', async () => {
    for (const c of (await diff()).changed) {
      const one = await diffChecks({ ctx: t.ctx, input: { before: c.before.check, after: c.after.check } })
      expect(one.changes).toEqual(c.changes)
      expect(one.verdict).toEqual({ before: c.before.verdict, after: c.after.verdict })
    }
  })

  test('a run and itself differ in nothing; the other way round, what was new is gone', async () => {
    expect(await diff(first, first)).toMatchObject({ channels: { both: 6, changed: 0, only_before: 0, only_after: 0 }, rules: [], changed: [] })
    const [there, back] = [await diff(), await diff(second, first)]
    const rule = (d: typeof there) => d.rules.find((r) => r.id === 'W4a')!
    expect([rule(back).new, rule(back).gone]).toEqual([2, 1])
    expect(back.channels).toEqual({ both: 5, changed: 3, only_before: 1, only_after: 1 })
  })

  test('the list is bounded, the sums are not', async () => {
    const d = await diff(first, second, 1)
    expect([d.changed.length, d.left_out, d.channels.changed]).toEqual([1, 2, 3])
    expect(d.rules).toEqual((await diff()).rules)
  })

  test('of two editions, rules of one only are added or removed', async () => {
    const d = await diff(second, other)
    expect(d.channels).toMatchObject({ both: 1, only_before: 5 })
    expect(new Set(d.changed[0]!.changes.map((c) => c.what))).toEqual(new Set(['added', 'removed']))
  })

  test('a run that is not there is named', async () => {
    await expect(diff(first, 999_999)).rejects.toMatchObject({ code: 'not_found', message: expect.stringContaining('999999') })
  })

  test('in words, the sums come first', async () => {
    const text = runDiffText(await diff())
    expect(text).toContain(`批次 run ${first} (gov-2019, `)
    expect(text).toMatch(/有变化 changed 3/)
    expect(text).toMatch(/W4a\s+栏目不更新\s+1\s+1\s+0\s+1/)
    expect(text).toMatch(/坠局\s+待定 undecided\s+不合格 failed\s+W4a: 符合 → 不符合/)
    expect(runDiffText(await diff(first, second, 1))).toContain('另有 2 个渠道')
    const one = (await diff()).changed[0]!
    expect(checkDiffText(await diffChecks({ ctx: t.ctx, input: { before: one.before.check, after: one.after.check } }))).toMatch(/坠局: 待定 undecided → 不合格 failed[^]*W4a\s+符合\s+不符合/)
    expect(checkDiffText(await diffChecks({ ctx: t.ctx, input: { before: one.before.check, after: one.before.check } }))).toContain('没有变化')
  })
})
