import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decide, decideMany } from '../../src/review/decide.ts'
import { SETTLED, STATES, STEPS, advance, legalSteps } from '../../src/review/life.ts'
import type { State, Step } from '../../src/review/life.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

describe('the life of a candidate', () => {
  test('an illegal step is refused with the legal ones named', () => {
    expect(() => advance('open', 'pass')).toThrowError(/dismiss, exempt, order/)
    expect(() => advance('rectified', 'order')).toThrowError(/reopen/)
  })
  test('every state but the settled ones leads on, and settled ones only to reopening', () => {
    for (const s of Object.keys(STATES) as State[]) {
      if (SETTLED.includes(s)) expect(legalSteps(s)).toEqual(['reopen'])
      else expect(legalSteps(s).length).toBeGreaterThan(1)
    }
  })
  test('upholding a contested decision leads back to it', () => {
    expect(advance('contested', 'uphold', 'to_shut_down')).toBe('to_shut_down')
    expect(() => advance('contested', 'uphold')).toThrow()
  })
})

describe('deciding', () => {
  let t: TestDatabase
  const ids: number[] = []
  beforeAll(async () => {
    t = await testDatabase()
    await t.db.sql`insert into region (code, name, level, parent_code) values ('360000', '江西省', 1, null), ('360100', '南昌市', 2, '360000'), ('360102', '东湖区', 3, '360100'), ('361100', '上饶市', 2, '360000') on conflict do nothing`
    const channels = await t.db.sql<{ id: number }[]>`
      insert into channel (kind, name, address, address_raw, identity_key, region_code)
      select 'weibo', 'c' || i, 'a' || i, 'a' || i, 'k' || i, (array['360102', '361100'])[1 + i % 2] from generate_series(0, 39) i returning id::int`
    const rows = await t.db.sql<{ id: number }[]>`
      insert into candidate (channel_id, proposal, rule, clause, edition, evidence, answers, opened_at, judged_at)
      select id, 'shut_down', 'zombie', '{"zh":"条款","en":"clause"}', 'e', '[]', '[]', now(), now() from unnest(${channels.map((c) => c.id)}::bigint[]) id returning id::int`
    ids.push(...rows.map((r) => r.id))
  })
  afterAll(() => t.close())
  const stateOf = async (id: number): Promise<string> => (await t.db.sql<{ state: string }[]>`select state from candidate where id = ${id}`)[0]?.state ?? ''

  test('each step leaves its trace in the same transaction, and shutting down closes the channel', async () => {
    const [id = 0] = ids
    await decide({ ctx: t.ctx, input: { candidate: id, step: 'plan_shut_down', reason: '长期不更新', deadline: '2026-07-01' } })
    await decide({ ctx: t.ctx, input: { candidate: id, step: 'contest', reason: '单位申诉:正在改版' } })
    await decide({ ctx: t.ctx, input: { candidate: id, step: 'uphold', reason: '申诉理由不成立' } })
    await decide({ ctx: t.ctx, input: { candidate: id, step: 'confirm_shut_down', reason: '已注销' } })
    expect(await stateOf(id)).toBe('shut_down')
    const steps = await t.db.sql<{ step: string; reason: string }[]>`select step, reason from candidate_step where candidate_id = ${id} order by id`
    expect(steps.map((s) => s.step)).toEqual(['plan_shut_down', 'contest', 'uphold', 'confirm_shut_down'])
    expect(await t.db.sql`select 1 from audit where entity = 'candidate' and entity_id = ${String(id)}`).toHaveLength(4)
    expect(await t.db.sql`select 1 from channel c join candidate k on k.channel_id = c.id where k.id = ${id} and c.state = 'closed'`).toHaveLength(1)
  })

  test('two reviewers at once: the second is told and nothing is overwritten', async () => {
    const id = ids[1] ?? 0
    const both = await Promise.allSettled([
      decide({ ctx: t.ctx, input: { candidate: id, step: 'dismiss', reason: '误报', version: 1 } }),
      decide({ ctx: t.ctx, input: { candidate: id, step: 'order', reason: '整改', deadline: '2026-07-01', version: 1 } }),
    ])
    expect(both.map((b) => b.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find((b) => b.status === 'rejected')?.reason).toMatchObject({ code: 'conflict' })
    expect(await t.db.sql`select 1 from candidate_step where candidate_id = ${id}`).toHaveLength(1)
  })

  test.each<[string, Partial<Record<string, unknown>>, string]>([
    ['no reason', { step: 'dismiss', reason: ' ' }, 'bad_input'],
    ['an order without a deadline', { step: 'order', reason: '改' }, 'bad_input'],
    ['a deadline that has passed', { step: 'order', reason: '改', deadline: '2026-05-01' }, 'bad_input'],
    ['a day that does not exist', { step: 'order', reason: '改', deadline: '2026-02-30' }, 'bad_input'],
    ['an exemption without an end', { step: 'exempt', reason: '改版' }, 'bad_input'],
    ['a merge into nothing', { step: 'plan_merge', reason: '重复', deadline: '2026-07-01' }, 'bad_input'],
    ['an illegal step', { step: 'pass', reason: '好了' }, 'conflict'],
    ['an unknown candidate', { candidate: 999_999, step: 'dismiss', reason: 'x' }, 'not_found'],
  ])('%s is refused and leaves nothing', async (_name, input, code) => {
    const id = ids[2] ?? 0
    await expect(decide({ ctx: t.ctx, input: { candidate: id, ...input } as never })).rejects.toMatchObject({ code })
    expect(await stateOf(id)).toBe('open')
    expect(await t.db.sql`select 1 from candidate_step where candidate_id = ${id}`).toHaveLength(0)
  })

  test('many at once are all or none', async () => {
    const [good, done] = [ids[3] ?? 0, ids[1] ?? 0]
    await expect(decideMany({ ctx: t.ctx, input: { candidates: [good, done], step: 'keep', reason: '保留' } })).rejects.toMatchObject({ code: 'conflict' })
    expect(await stateOf(good)).toBe('open')
    await decideMany({ ctx: t.ctx, input: { candidates: [good, good], step: 'keep', reason: '保留' } })
    expect(await stateOf(good)).toBe('kept')
  })

  test('a region’s staff touch their own region only, a unit contact only answers', async () => {
    const user = { kind: 'user', id: '1', name: '张三', role: 'rectification', region: '360100' } as const
    const rows = await t.db.sql<{ id: number; region: string }[]>`select k.id::int, c.region_code as region from candidate k join channel c on c.id = k.channel_id where k.state = 'open' order by k.id`
    const mine = rows.find((r) => r.region === '360102')?.id ?? 0
    const other = rows.find((r) => r.region === '361100')?.id ?? 0
    await expect(decide({ ctx: { ...t.ctx, actor: user }, input: { candidate: other, step: 'dismiss', reason: 'x' } })).rejects.toMatchObject({ code: 'forbidden' })
    await decide({ ctx: { ...t.ctx, actor: user }, input: { candidate: mine, step: 'order', reason: '限期整改', deadline: '2026-07-01' } })
    const contact = { ...user, role: 'unit_contact' } as const
    await expect(decide({ ctx: { ...t.ctx, actor: contact }, input: { candidate: mine, step: 'dismiss', reason: 'x' } })).rejects.toMatchObject({ code: 'forbidden' })
    await decide({ ctx: { ...t.ctx, actor: contact }, input: { candidate: mine, step: 'answer', reason: '已更新' } })
    expect(await stateOf(mine)).toBe('answered')
  })

  test('random steps: only legal ones are taken, and the trail retells the state', async () => {
    const steps = Object.keys(STEPS) as Step[]
    const free = ids.slice(20)
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(free.length - 1), fc.constantFrom(...steps)), { maxLength: 25 }), async (moves) => {
      for (const [which, step] of moves) {
        const id = free[which] ?? 0
        const before = (await stateOf(id)) as State
        const input = { candidate: id, step, reason: 'r', deadline: '2026-08-01', until: '2026-08-01', ...(step === 'plan_merge' ? { target: 1_000_000 } : {}) }
        const legal = legalSteps(before).includes(step)
        const done = await decide({ ctx: t.ctx, input }).then(() => true, () => false)
        expect(done).toBe(legal)
        const [last] = await t.db.sql<{ to: string }[]>`select to_state as "to" from candidate_step where candidate_id = ${id} order by id desc limit 1`
        expect(await stateOf(id)).toBe(last?.to ?? 'open')
      }
    }), { numRuns: 12 })
    const [sum] = await t.db.sql<{ steps: number; audits: number }[]>`
      select (select count(*)::int from candidate_step) as steps, (select count(*)::int from audit where entity = 'candidate') as audits`
    expect(sum?.audits).toBe(sum?.steps)
  })
})
