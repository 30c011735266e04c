import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { confirmReturn, decide, fileChannel, gatherFacts, judgePending, listCandidates, listFilings, listWatched, showCandidate } from '../../src/review/index.ts'
import { tick } from '../../src/schedule/index.ts'
import { CAMPAIGN_EDITION, judge } from '../../src/standard/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { NANCHANG, addCandidates } from './register.ts'

const DAY = 86_400_000

describe('what was shut or merged', () => {
  let t: TestDatabase
  let channels: number[]
  let candidates: number[]
  beforeAll(async () => {
    t = await testDatabase()
    ;({ channels, candidates } = await addCandidates(t, 4, 'shut_down'))
    await t.db.sql`update channel set next_due_at = ${new Date(t.ctx.clock.now().getTime() + 400 * DAY)}`
    await decide({ ctx: t.ctx, input: { candidate: candidates[0] ?? 0, step: 'plan_shut_down', reason: '关停', deadline: '2026-07-01' } })
    await decide({ ctx: t.ctx, input: { candidate: candidates[0] ?? 0, step: 'confirm_shut_down', reason: '已注销' } })
  })
  afterAll(() => t.close())
  const jobs = async (): Promise<number[]> => {
    const seen: number[] = []
    const queue: Parameters<typeof tick>[0]['queue'] = { add: async (list) => void seen.push(...list.map((j) => j.channelId)), counts: async () => ({ waiting: 0, active: 0, failed: 0, delayed: 0 }) }
    await tick({ ctx: t.ctx, queue })
    return seen
  }

  test('is visited still, every thirty days', async () => {
    t.ctx.clock.advance(29 * DAY)
    expect(await jobs()).toEqual([])
    t.ctx.clock.advance(DAY)
    expect(await jobs()).toEqual([channels[0]])
  })

  test('publishing again it is a zombie’s return, never a new candidate; a person confirms, and it is open and active again', async () => {
    const now = t.ctx.clock.now()
    expect(await listWatched({ ctx: t.ctx, input: { returnedOnly: true } })).toEqual([])
    await t.db.sql`update channel set last_visit_at = ${now}, last_seen_at = ${now}, last_outcome = 'ok', newest_on = '2026-06-29' where id = ${channels[0] ?? 0}`
    await judgePending({ ctx: t.ctx })
    expect((await listCandidates({ ctx: t.ctx })).map((c) => c.channel.id)).not.toContain(channels[0])
    expect(await listWatched({ ctx: t.ctx, input: { returnedOnly: true } })).toMatchObject([{ channel: channels[0], returned: true, newest: '2026-06-29', gone: false }])
    await expect(confirmReturn({ ctx: { ...t.ctx, actor: { ...NANCHANG, region: '361100' } }, input: { channel: channels[0] ?? 0, reason: 'x' } })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await confirmReturn({ ctx: t.ctx, input: { channel: channels[0] ?? 0, reason: '又在发布' } })).toEqual({ channel: channels[0], from: 'closed', candidate: candidates[0] })
    expect(await showCandidate({ ctx: t.ctx, input: { id: candidates[0] ?? 0 } })).toMatchObject({ state: 'open', channel: { state: 'active' } })
    await expect(confirmReturn({ ctx: t.ctx, input: { channel: channels[0] ?? 0, reason: '再次' } })).rejects.toMatchObject({ code: 'conflict' })
    await expect(confirmReturn({ ctx: t.ctx, input: { channel: 999_999, reason: 'x' } })).rejects.toMatchObject({ code: 'not_found' })
    expect(await listWatched({ ctx: t.ctx })).toEqual([])
  })

  test('a unit that reports its channel shut before anybody acted ends the question, audited', async () => {
    await t.db.sql`update channel set state = 'closed', updated_at = ${t.ctx.clock.now()} where id = ${channels[1] ?? 0}`
    await judgePending({ ctx: t.ctx })
    expect(await showCandidate({ ctx: t.ctx, input: { id: candidates[1] ?? 0 } })).toMatchObject({ state: 'withdrawn' })
    expect(await t.db.sql`select 1 from audit where verb = 'candidate.withdrawn' and entity_id = ${String(candidates[1])}`).toHaveLength(1)
  })

  test('reopening a shut candidate brings its channel back', async () => {
    const id = candidates[2] ?? 0
    await decide({ ctx: t.ctx, input: { candidate: id, step: 'plan_shut_down', reason: '关停', deadline: '2026-12-01' } })
    await decide({ ctx: t.ctx, input: { candidate: id, step: 'confirm_shut_down', reason: '已注销' } })
    await decide({ ctx: t.ctx, input: { candidate: id, step: 'reopen', reason: '误报' } })
    expect(await showCandidate({ ctx: t.ctx, input: { id } })).toMatchObject({ state: 'open', channel: { state: 'active' }, steps: [{}, {}, { step: 'reopen', actor: { name: 'test' } }] })
  })
})

describe('exemptions and answers', () => {
  let t: TestDatabase
  let channel: number
  beforeAll(async () => {
    t = await testDatabase()
    const made = await addCandidates(t, 1)
    channel = made.channels[0] ?? 0
    await decide({ ctx: t.ctx, input: { candidate: made.candidates[0] ?? 0, step: 'exempt', reason: '网站改版', until: '2026-06-20' } })
  })
  afterAll(() => t.close())

  test('an exemption holds a proposal back within its dates, visibly, and not a day longer', async () => {
    const look = async () => {
      const now = t.ctx.clock.now()
      await t.db.sql`insert into visit (channel_id, slot, started_at, ended_at, outcome) values (${channel}, ${now}, ${now}, ${now}, 'ok')`
      const value = { newest: '2026-01-02', witness: null, source: 'site' }
      await t.db.sql`insert into observation (channel_id, visit_id, at, about, outcome, newest_on, value, evidence) values (${channel}, 1, ${now}, 'account', 'ok', '2026-01-02', ${t.db.sql.json(value)}, ${['a'.repeat(64)]})`
      const [facts] = await gatherFacts({ ctx: t.ctx, channelIds: [channel], asOf: now })
      if (facts === undefined) throw new Error('no facts')
      expect(facts.channel.exemptions).toEqual([{ from: '2026-06-01', until: '2026-06-20', reason: '网站改版' }])
      return judge(facts, CAMPAIGN_EDITION, now)
    }
    t.ctx.clock.set(new Date('2026-06-20T23:00:00+08:00'))
    const held = await look()
    expect(held.proposal).toBeNull()
    expect(held.heldBack?.exemption.until).toBe('2026-06-20')
    t.ctx.clock.set(new Date('2026-06-21T00:10:00+08:00'))
    const after = await look()
    expect(after.heldBack).toBeNull()
    expect(after.proposal).not.toBeNull()
  })

  test('filing names what is lacking, then takes it; shut channels and days ahead are refused', async () => {
    expect(await listFilings({ ctx: t.ctx, input: { incompleteOnly: true } })).toMatchObject([{ channel, lacking: [], number: null, complete: false }])
    await t.db.sql`update channel set region_code = null where id = ${channel}`
    await expect(fileChannel({ ctx: t.ctx, input: { channel, number: '赣备1', reviewedBy: '王' } })).rejects.toMatchObject({ code: 'bad_input', details: ['region_code'] })
    await t.db.sql`update channel set region_code = '360102' where id = ${channel}`
    await expect(fileChannel({ ctx: t.ctx, input: { channel, number: '赣备1', reviewedBy: '王', filedOn: '2027-01-01' } })).rejects.toMatchObject({ code: 'bad_input' })
    await fileChannel({ ctx: { ...t.ctx, actor: NANCHANG }, input: { channel, number: '赣备1', reviewedBy: '王' } })
    expect(await listFilings({ ctx: t.ctx })).toMatchObject([{ channel, number: '赣备1', filedOn: '2026-06-21', reviewedBy: '王', complete: true }])
    await t.db.sql`update channel set state = 'closed' where id = ${channel}`
    await expect(fileChannel({ ctx: t.ctx, input: { channel, number: '赣备2', reviewedBy: '王' } })).rejects.toMatchObject({ code: 'conflict' })
  })
})
