import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { diffChecks, eachCheck, listWork, replayCheck, runCheck, showCheck, recordFinding } from '../../src/check/index.ts'
import type { CheckJson } from '../../src/check/index.ts'
import { checkJson } from '../../src/check/index.ts'
import { fine } from '../standard/portal.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { ago, COLUMN_SHA, NOW, observed, regions, stale } from './register.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase({ now: NOW.toISOString() })
  await regions(t)
})
afterAll(() => t.close())

async function checked(channels: number[], input: { standard?: string; asOf?: Date; seed?: string } = {}): Promise<CheckJson[]> {
  const { run } = await runCheck({ ctx: t.ctx, input: { channels, ...input } })
  const all: CheckJson[] = []
  for await (const one of eachCheck(t.db.sql, run)) all.push(checkJson(one))
  return all
}
const result = (c: CheckJson | undefined, id: string) => c!.results.find((r) => r.id === id)!

describe('a check', () => {
  test('five stale columns fail a site by W4a, with places, evidence and clause; four leave it open', async () => {
    const five = await observed(t, { name: '甲局', columns: stale(5, 15) })
    const four = await observed(t, { name: '乙局', columns: [...stale(4, 15), { name: '要闻', class: 'news', newest: ago(14) }] })
    const [a, b] = await checked([five, four])
    expect(a).toMatchObject({ verdict: 'failed', vetoes: ['W4a'], score: null, standard: 'gov-2019', channel: { id: five, portal: false } })
    expect(result(a, 'W4a')).toMatchObject({ answer: 'violated', points: null, cap: null, evidence: expect.arrayContaining([COLUMN_SHA]) })
    expect(result(a, 'W4a').places.filter((p) => p.answer === 'violated')).toHaveLength(5)
    expect(result(a, 'W4a').clause.zh).toContain('累计')
    expect(b).toMatchObject({ verdict: 'undecided', vetoes: [] })
    expect(result(b, 'W4a').answer).toBe('met')
    expect(result(b, 'D5').answer).toBe('not_applicable')
    expect(a!.results).toHaveLength(60)
  })

  test('is stored with facts that give the same again; a later change of the register is told', async () => {
    const id = await observed(t, { name: '丙县人民政府', columns: [{ name: '要闻', class: 'news', newest: ago(3) }], probes: fine() })
    const [c] = await checked([id])
    expect(c!.channel.portal).toBe(true)
    expect(await showCheck({ ctx: t.ctx, input: { check: c!.check } })).toEqual(c)
    expect(await replayCheck({ ctx: t.ctx, input: { check: c!.check } })).toMatchObject({ same: true, differ: [], facts: { same: true, changed: [] } })
    await t.db.sql`update channel set running_status = 'suspended' where id = ${id}`
    expect(await replayCheck({ ctx: t.ctx, input: { check: c!.check } })).toMatchObject({ same: true, facts: { same: false, changed: ['channel'] } })
  })

  test('tells when what is stored was tampered with', async () => {
    const id = await observed(t, { name: '丁局', columns: stale(5, 20) })
    const [c] = await checked([id])
    await t.db.sql`update indicator_check set results = jsonb_set(results, '{8,answer}', '"met"') where id = ${c!.check}`
    expect(await replayCheck({ ctx: t.ctx, input: { check: c!.check } })).toMatchObject({ same: false, differ: ['W4a'] })
    await t.db.sql`update indicator_check set facts = jsonb_set(facts, '{channel,name}', '"别名"') where id = ${c!.check}`
    await expect(replayCheck({ ctx: t.ctx, input: { check: c!.check } })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('of a past moment knows nothing of what was seen later', async () => {
    const id = await observed(t, { name: '戊局', columns: stale(5, 15) })
    const [before] = await checked([id], { asOf: new Date('2026-05-31T12:00:00+08:00') })
    expect(result(before, 'W4a').answer).toBe('not_observed')
    const [after] = await checked([id])
    const d = await diffChecks({ ctx: t.ctx, input: { before: before!.check, after: after!.check } })
    expect(d.verdict).toEqual({ before: 'undecided', after: 'failed' })
    expect(d.changes.find((x) => x.id === 'W4a')).toMatchObject({ what: 'answer', before: { answer: 'not_observed' }, after: { answer: 'violated' } })
    const other = await observed(t, { name: '己局' })
    const [o] = await checked([other])
    await expect(diffChecks({ ctx: t.ctx, input: { before: before!.check, after: o!.check } })).rejects.toMatchObject({ code: 'bad_input' })
  })

  test.each<[string, object, string]>([
    ['an unknown channel', { channels: [999_999] }, 'not_found'],
    ['an unknown standard', { channels: 'all', standard: 'gov-1999' }, 'not_found'],
    ['a moment to come', { channels: 'all', asOf: new Date('2026-07-01T00:00:00Z') }, 'bad_input'],
  ])('%s is refused and leaves nothing', async (_what, input, code) => {
    const runs = await t.db.sql`select 1 from check_run`
    await expect(runCheck({ ctx: t.ctx, input: input as never })).rejects.toMatchObject({ code })
    expect(await t.db.sql`select 1 from check_run`).toHaveLength(runs.length)
  })

  test('of all takes every active channel once, in several batches, and is audited', async () => {
    for (let i = 0; i < 205; i += 1) await t.db.sql`insert into channel (kind, name, address, address_raw, identity_key) values ('weibo', ${`号${i}`}, ${`w${i}`}, ${`w${i}`}, ${`w${i}`})`
    await t.db.sql`insert into channel (kind, name, address, address_raw, identity_key, state) values ('weibo', '已关', 'x', 'x', 'x', 'closed')`
    const told: number[] = []
    const sum = await runCheck({ ctx: t.ctx, input: { channels: 'all' }, progress: (n) => told.push(n) })
    const [{ n } = { n: 0 }] = await t.db.sql<{ n: number }[]>`select count(*)::int as n from channel where state = 'active'`
    expect(sum.checked).toBe(n)
    expect(sum.failed + sum.passed + sum.undecided).toBe(n)
    expect(told.length).toBeGreaterThan(2)
    const seen = new Set<number>()
    for await (const c of eachCheck(t.db.sql, sum.run)) seen.add(c.record.channelId)
    expect(seen.size).toBe(n)
    expect(await t.db.sql`select 1 from audit where verb = 'check.run' and entity_id = ${String(sum.run)}`).toHaveLength(1)
    // Nothing was ever seen of the new accounts: never a failure, never full marks.
    expect(sum.failed).toBeLessThan(10)
  })
})

describe('identity from the register', () => {
  const portalOf = async (name: string, extra?: Record<string, string>, siteCode?: string) => {
    const id = await observed(t, { name, ...(extra === undefined ? {} : { extra }), ...(siteCode === undefined ? {} : { siteCode }) })
    return (await checked([id]))[0]!
  }
  test.each<[string, Record<string, string> | undefined, boolean]>([
    ['某县人民政府', undefined, true],
    ['某市人民政府网', undefined, true],
    ['某市人民政府门户网站', undefined, true],
    ['某县某镇人民政府', undefined, false],
    ['某县某乡人民政府网', undefined, false],
    ['景德镇市人民政府', undefined, true],
    ['某市人民政府办公室', undefined, false],
    ['某市教育局', undefined, false],
    ['某市教育局', { 是否门户: '1' }, true],
    ['某县人民政府', { 是否门户: '0' }, false],
    ['某市信息港', { 网站类型: '门户网站' }, true],
    ['某县人民政府', { 网站类型: '非门户' }, false],
  ])('%s %j: portal %s', async (name, extra, expected) => {
    expect((await portalOf(name, extra)).channel.portal).toBe(expected)
  })
  test('a unit without services is not checked for them; a ministry by its code has its own caps', async () => {
    const without = await portalOf('某县人民政府', { 办事服务: '无' })
    expect(result(without, 'W6a').answer).toBe('not_applicable')
    const ministry = await portalOf('某部', { 是否门户: '是' }, 'bm36000002')
    expect(result(ministry, 'D2').cap).toBe(4)
    expect(result(ministry, 'D1').answer).toBe('not_applicable')
  })
})

describe('work that waits for people', () => {
  test('asks what the forms ask, with samples, and is done when signed', async () => {
    const id = await observed(t, { name: '庚县人民政府', columns: [{ name: '要闻', class: 'news', newest: ago(3) }], probes: fine() })
    const before = await listWork({ ctx: t.ctx, input: { channels: [id] } })
    const d14 = before.items.find((i) => i.indicator === 'D14')!
    expect(d14.questions.map((q) => q.key)).toEqual(['wrong'])
    expect(d14.sample[0]?.drawn).toHaveLength(5)
    await recordFinding({ ctx: t.ctx, input: { channel: id, indicator: 'D14', by: '检查员甲', answers: { wrong: 2 } } })
    const after = await listWork({ ctx: t.ctx, input: { channels: [id] } })
    expect(after.items.map((i) => i.indicator)).toEqual(before.items.map((i) => i.indicator).filter((i) => i !== 'D14'))
    expect(await listWork({ ctx: t.ctx, input: { channels: [id], limit: 2 } })).toMatchObject({ more: true, items: { length: 2 } })
    const [c] = await checked([id])
    expect(result(c, 'D14')).toMatchObject({ answer: 'violated', points: 2, cap: 5 })
  })
})
