import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decide, issueOrder, issueOrders, listOrders, orderFile, setLetterhead } from '../../src/review/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { readDocx } from './docx.ts'
import { NANCHANG, addCandidates } from './register.ts'

describe('orders and notices', () => {
  let t: TestDatabase
  let ids: number[]
  beforeAll(async () => {
    t = await testDatabase()
    ids = (await addCandidates(t, 12)).candidates
  })
  afterAll(() => t.close())
  const order = (candidate: number, deadline = '2026-07-01') => decide({ ctx: t.ctx, input: { candidate, step: 'order', reason: '限期更新', deadline } })

  test('are numbered by kind, region and year, and keep their content as issued', async () => {
    const [first = 0, second = 0, third = 0] = [ids[0], ids[2], ids[4]]
    await setLetterhead({ ctx: t.ctx, input: { region: '360102', rectification: '东活水改', issuer: '东湖区政务公开办', contact: '李四 0791-12345678' } })
    await order(first)
    await order(second)
    await decide({ ctx: t.ctx, input: { candidate: third, step: 'plan_shut_down', reason: '无力维护', deadline: '2026-08-01' } })
    const made = [first, second, third].map((candidate) => () => issueOrder({ ctx: t.ctx, input: { candidate } }))
    const numbers: string[] = []
    for (const issue of made) numbers.push((await issue()).number)
    expect(numbers).toEqual(['东活水改〔2026〕1号', '东活水改〔2026〕2号', '东湖活水停〔2026〕1号'])
    await t.db.sql`update channel set name = '改名了'`
    const [row] = await listOrders({ ctx: t.ctx, input: { candidate: first } })
    const text = readDocx(await orderFile({ ctx: t.ctx, input: { id: row?.id ?? 0 } }))
    for (const words of ['整改通知单', '东活水改〔2026〕1号', '某局12:', '账号0', '监测时间点前2周内无更新', '未提供有效互动功能', '2026年7月1日', '联系人及电话:李四 0791-12345678', '东湖区政务公开办', '2026年6月1日']) expect(text).toContain(words)
    expect(text).not.toContain('改名了')
    // Another city has a series of its own.
    await order(ids[1] ?? 0)
    expect((await issueOrder({ ctx: t.ctx, input: { candidate: ids[1] ?? 0 } })).number).toBe('上饶活水改〔2026〕1号')
  })

  test('refuse what was not ordered, what was issued, another region, a role that may not; and no number is lost by it', async () => {
    const open = ids[6] ?? 0
    await expect(issueOrder({ ctx: t.ctx, input: { candidate: open } })).rejects.toMatchObject({ code: 'conflict' })
    await expect(issueOrder({ ctx: t.ctx, input: { candidate: ids[0] ?? 0 } })).rejects.toMatchObject({ code: 'conflict' })
    await expect(issueOrder({ ctx: t.ctx, input: { candidate: 999_999 } })).rejects.toMatchObject({ code: 'not_found' })
    await expect(issueOrder({ ctx: { ...t.ctx, actor: NANCHANG }, input: { candidate: ids[1] ?? 0 } })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(issueOrder({ ctx: { ...t.ctx, actor: { ...NANCHANG, role: 'read_only' } }, input: { candidate: open } })).rejects.toMatchObject({ code: 'forbidden' })
    await order(open)
    expect((await issueOrder({ ctx: t.ctx, input: { candidate: open } })).number).toBe('东活水改〔2026〕3号')
  })

  test('a new deadline is a new order; past it the list says so; staff see their own region alone', async () => {
    const id = ids[6] ?? 0
    await decide({ ctx: t.ctx, input: { candidate: id, step: 'extend', reason: '延期', deadline: '2026-07-15' } })
    expect((await issueOrder({ ctx: t.ctx, input: { candidate: id } })).number).toBe('东活水改〔2026〕4号')
    t.ctx.clock.set(new Date('2026-07-02T09:00:00+08:00'))
    const overdue = await listOrders({ ctx: t.ctx, input: { overdue: true } })
    expect(overdue.map((o) => o.candidate).sort()).toEqual([ids[0], ids[1], ids[2]].sort())
    const mine = await listOrders({ ctx: { ...t.ctx, actor: NANCHANG } })
    expect(mine.every((o) => o.region === '东湖区')).toBe(true)
    const other = (await listOrders({ ctx: t.ctx, input: { candidate: ids[1] ?? 0 } }))[0]?.id ?? 0
    await expect(orderFile({ ctx: { ...t.ctx, actor: NANCHANG }, input: { id: other } })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('many at once: a row for each, none held up by another; asked again they have the numbers they were given', async () => {
    const [a = 0, b = 0, open = 0, elsewhere = 0] = [ids[9], ids[11], ids[10], ids[3]]
    for (const one of [a, b]) await order(one, '2026-08-01')
    const wanted = { candidates: [b, open, 999_999, a, a] }
    const rows = await issueOrders({ ctx: t.ctx, input: wanted })
    expect(rows.map((r) => r.candidate)).toEqual([a, open, b, 999_999].sort((x, y) => x - y))
    const of = (candidate: number, all = rows) => all.find((r) => r.candidate === candidate)
    expect(of(a)).toMatchObject({ already: false, refused: null, order: { kind: 'rectification', deadline: '2026-08-01' } })
    expect(of(open)).toMatchObject({ order: null, refused: { zh: expect.stringContaining('尚未责令整改') } })
    expect(of(999_999)).toMatchObject({ order: null, refused: { zh: expect.stringContaining('没有编号') } })
    const again = await issueOrders({ ctx: t.ctx, input: wanted })
    for (const one of [a, b]) expect(of(one, again)).toEqual({ ...of(one), already: true })
    // Another region's is refused as if by itself, in words, and nothing is written.
    const before = await t.db.sql`select count(*)::int as n from order_document`
    const [theirs] = await issueOrders({ ctx: { ...t.ctx, actor: NANCHANG }, input: { candidates: [elsewhere] } })
    expect(theirs).toMatchObject({ order: null, refused: expect.anything() })
    expect(await t.db.sql`select count(*)::int as n from order_document`).toEqual(before)
    await expect(issueOrders({ ctx: { ...t.ctx, actor: { ...NANCHANG, role: 'read_only' } }, input: { candidates: [a] } })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(issueOrders({ ctx: t.ctx, input: { candidates: [] } })).rejects.toThrow()
  })

  test('should the database fail on the way, the numbers given are told and the rest is said not to be done', async () => {
    const more = (await addCandidates(t, 3)).candidates
    for (const one of more) await order(one, '2026-08-01')
    let calls = 0
    const orm = new Proxy(t.ctx.db.orm, { get: (target, key, self) => (key === 'transaction'
      ? (...args: Parameters<typeof target.transaction>) => ((calls += 1) === 2 ? Promise.reject(new Error('connection lost')) : target.transaction(...args))
      : Reflect.get(target, key, self)) })
    const rows = await issueOrders({ ctx: { ...t.ctx, db: { ...t.ctx.db, orm } }, input: { candidates: more } })
    expect(rows.map((r) => [r.order !== null, r.refused?.en])).toEqual([[true, undefined], [false, expect.stringContaining('not known')], [false, expect.stringContaining('not reached')]])
    const [again] = await issueOrders({ ctx: t.ctx, input: { candidates: more.slice(0, 1) } })
    expect(again).toMatchObject({ already: true, order: rows[0]!.order })
  })

  test('names that hold markup and control characters make a sound document', async () => {
    const nasty = ids[8] ?? 0
    await t.db.sql`update channel set name = ${'<w:t>&"\u0001\u{1f600}'} where id = (select channel_id from candidate where id = ${nasty})`
    await order(nasty, '2026-08-01')
    const { id } = await issueOrder({ ctx: t.ctx, input: { candidate: nasty } })
    expect(readDocx(await orderFile({ ctx: t.ctx, input: { id } }))).toContain('&lt;w:t&gt;&amp;')
  })
})

test('200 concurrent decisions on 100 candidates: no lost update, no gap and no duplicate in the numbers', async () => {
  const t = await testDatabase()
  try {
    const { candidates } = await addCandidates(t, 100)
    const both = candidates.flatMap((candidate) => ['甲', '乙'].map((who) => async () => {
      const ctx = { ...t.ctx, actor: { kind: 'cli', name: who } as const }
      await decide({ ctx, input: { candidate, step: 'order', reason: who, deadline: '2026-07-01', version: 1 } })
      await issueOrder({ ctx, input: { candidate } })
    }))
    const done = await Promise.allSettled(both.map((run) => run()))
    expect(done.filter((d) => d.status === 'fulfilled')).toHaveLength(100)
    for (const d of done) if (d.status === 'rejected') expect(d.reason).toMatchObject({ code: 'conflict' })
    const steps = await t.db.sql<{ n: number }[]>`select count(*)::int as n from candidate_step group by candidate_id`
    expect(steps).toHaveLength(100)
    expect(steps.every((s) => s.n === 1)).toBe(true)
    expect(await t.db.sql`select 1 from candidate where version <> 2 or state <> 'ordered'`).toHaveLength(0)
    const series = await t.db.sql<{ region: string; numbers: number[] }[]>`select region_code as region, array_agg(number order by number) as numbers from order_document group by region_code`
    expect(series).toHaveLength(2)
    for (const s of series) expect(s.numbers).toEqual(Array.from({ length: 50 }, (_, i) => i + 1))
    expect(await t.db.sql`select 1 from audit where verb in ('candidate.order', 'order.issue')`).toHaveLength(200)
  } finally {
    await t.close()
  }
})
