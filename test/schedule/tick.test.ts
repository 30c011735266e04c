import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDb } from '../../db/client.ts'
import { abandonSlot, pauseChannel, reclaim, resumeChannel, runChannel, setPolicy, slotIsOpen, tick } from '../../src/schedule/index.ts'
import { interleave } from '../../src/schedule/tick.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { addChannels, makeVisit, memoryQueue } from './fixtures.ts'

let t: TestDatabase
let queue: ReturnType<typeof memoryQueue>
beforeEach(async () => {
  t = await testDatabase()
  queue = memoryQueue()
})
afterEach(() => t.close())

const claimed = async (): Promise<number> => (await t.db.sql<{ n: number }[]>`select count(*)::int as n from channel where claimed_slot is not null`)[0]!.n
const ids = (): number[] => [...queue.jobs.values()].map((j) => j.channelId).toSorted((a, b) => a - b)

describe('a tick', () => {
  test('claims what is due and never visited, and nothing else', async () => {
    await addChannels(t.db, 2)
    await addChannels(t.db, 2, { dueAt: '2026-06-01T03:59:59Z' })
    await addChannels(t.db, 2, { dueAt: '2026-06-01T04:00:01Z' })
    await t.db.sql`update channel set state = 'closed' where id = 2`
    expect(await tick({ ctx: t.ctx, queue })).toEqual({ enqueued: 3, deferred: 0, held: false })
    expect(ids()).toEqual([1, 3, 4])
    expect([...queue.jobs.values()].find((j) => j.channelId === 3)).toEqual({ channelId: 3, slotMs: Date.parse('2026-06-01T03:59:59Z'), reason: 'first' })
    expect((await tick({ ctx: t.ctx, queue })).enqueued).toBe(0)
  })

  test('claims no more than there is room for, what failed and comes again soon counted as well', async () => {
    await addChannels(t.db, 30)
    const counted = (delayed: number) => ({ add: queue.add, counts: async () => ({ waiting: 4, active: 50, delayed }) })
    expect(await tick({ ctx: t.ctx, queue: counted(6), highWater: 10 })).toEqual({ enqueued: 0, deferred: 0, held: true })
    expect((await tick({ ctx: t.ctx, queue: counted(3), highWater: 10 })).enqueued).toBe(3)
    expect(await claimed()).toBe(3)
  })

  test('a never-visited channel is due at once whatever the clock', async () => {
    await addChannels(t.db, 1)
    t.ctx.clock.set(new Date('1999-01-01T00:00:00Z'))
    expect((await tick({ ctx: t.ctx, queue })).enqueued).toBe(1)
  })

  test('ten at once never claim the same channel, and claim them all', async () => {
    await addChannels(t.db, 300)
    await addChannels(t.db, 300, { dueAt: '2026-06-01T00:00:00Z' })
    const dbs = Array.from({ length: 10 }, () => openDb(t.url, { max: 2 }))
    const added: string[] = []
    const counting = { counts: queue.counts, add: async (jobs: readonly { channelId: number; slotMs: number; reason: string }[]) => { added.push(...jobs.map((j) => String(j.channelId))) } }
    for (let round = 0; round < 30 && added.length < 600; round++) {
      await Promise.all(dbs.map((db) => tick({ ctx: { ...t.ctx, db }, queue: counting, batch: 17 })))
    }
    await Promise.all(dbs.map((db) => db.close()))
    expect(added).toHaveLength(600)
    expect(new Set(added).size).toBe(600)
  })

  test('a fresh ledger does not starve what is due', async () => {
    await addChannels(t.db, 100)
    await addChannels(t.db, 100, { dueAt: '2026-06-01T00:00:00Z' })
    await tick({ ctx: t.ctx, queue, batch: 20 })
    expect(ids().filter((id) => id <= 100)).toHaveLength(10)
    expect(ids().filter((id) => id > 100)).toHaveLength(10)
  })

  test('stops claiming when the queue holds enough', async () => {
    await addChannels(t.db, 100)
    expect((await tick({ ctx: t.ctx, queue, batch: 50, highWater: 60 })).enqueued).toBe(50)
    expect((await tick({ ctx: t.ctx, queue, batch: 50, highWater: 60 })).enqueued).toBe(10)
    expect(await tick({ ctx: t.ctx, queue, batch: 50, highWater: 60 })).toEqual({ enqueued: 0, deferred: 0, held: true })
    expect(await claimed()).toBe(60)
  })

  test('a large organisation that is due first does not make the others wait', async () => {
    await addChannels(t.db, 200, { dueAt: '2026-06-01T00:00:00Z' })
    await addChannels(t.db, 20, { dueAt: '2026-06-01T03:00:00Z' })
    await t.db.sql`insert into organisation (name) select 'unit ' || i from generate_series(1, 11) i`
    await t.db.sql`update channel set organisation_id = case when id <= 200 then 1 else 2 + id % 10 end`
    await tick({ ctx: t.ctx, queue, batch: 22 })
    expect(ids().filter((id) => id > 200)).toHaveLength(20)
    expect(ids().filter((id) => id <= 200)).toHaveLength(2)
  })

  test('nor does one whose ledger is fresh', async () => {
    await addChannels(t.db, 200)
    await addChannels(t.db, 10)
    await t.db.sql`insert into organisation (name) values ('large'), ('small')`
    await t.db.sql`update channel set organisation_id = case when id <= 200 then 1 else 2 end`
    await tick({ ctx: t.ctx, queue, batch: 20 })
    expect(ids().filter((id) => id > 200)).toHaveLength(10)
  })

  test('enqueues one of each organisation in turn', async () => {
    const claim = (id: number, organisationId: number | null) => ({ id, kind: 'website', regionCode: null, organisationId, slotMs: 1, reason: 'first' })
    expect(interleave([claim(1, 1), claim(2, 1), claim(3, 1), claim(4, 2), claim(5, null)]).map((c) => c.id)).toEqual([1, 4, 5, 2, 3])
  })

  test('gives a channel a new slot each time, even when the clock stands still', async () => {
    await addChannels(t.db, 1)
    await tick({ ctx: t.ctx, queue })
    const first = [...queue.jobs.values()][0]!.slotMs
    await makeVisit(t.ctx, 1, new Date(first), 'ok', 0)
    await tick({ ctx: t.ctx, queue })
    const slots = [...queue.jobs.values()].map((j) => j.slotMs)
    expect(slots).toEqual([first, first + 1])
    expect(await slotIsOpen(t.db.sql, { channelId: 1, slot: new Date(first) })).toBe(false)
    expect(await slotIsOpen(t.db.sql, { channelId: 1, slot: new Date(first + 1) })).toBe(true)
  })

  test('puts off what is in a window or paused by policy, but not what was asked for', async () => {
    await addChannels(t.db, 3)
    await setPolicy({ ctx: t.ctx, input: { scope: 'all', settings: { windows: [{ from: '08:00', to: '18:00' }] } } })
    await setPolicy({ ctx: t.ctx, input: { scope: 'channel', target: 2, settings: { paused: true } } })
    await runChannel({ ctx: t.ctx, input: { id: 3 } })
    expect(await tick({ ctx: t.ctx, queue })).toEqual({ enqueued: 1, deferred: 2, held: false })
    expect(ids()).toEqual([3])
    expect((await tick({ ctx: t.ctx, queue })).deferred).toBe(0)
    t.ctx.clock.set(new Date('2026-06-01T19:00:00+08:00'))
    await tick({ ctx: t.ctx, queue })
    expect(ids()).toEqual([1, 3])
  })
})

describe('a crash between claim and queue', () => {
  test('loses nothing: the claim is handed over again under the same id', async () => {
    await addChannels(t.db, 5)
    queue.fail = true
    await expect(tick({ ctx: t.ctx, queue })).rejects.toThrow('crashed')
    expect(await claimed()).toBe(5)
    expect((await tick({ ctx: t.ctx, queue })).enqueued).toBe(0)
    queue.fail = false
    expect(await reclaim({ ctx: t.ctx, queue })).toBe(0)
    await t.db.sql`update channel set claimed_at = claimed_at - interval '10 minutes'`
    expect(await reclaim({ ctx: t.ctx, queue })).toBe(5)
    expect(ids()).toEqual([1, 2, 3, 4, 5])
    // Handed over just now: not again at once.
    expect(await reclaim({ ctx: t.ctx, queue })).toBe(0)
  })

  test('a claim whose job is still there is not doubled', async () => {
    await addChannels(t.db, 3)
    await tick({ ctx: t.ctx, queue })
    expect(await reclaim({ ctx: t.ctx, queue, olderThanMs: 0 })).toBe(3)
    expect(queue.jobs.size).toBe(3)
  })
})

describe('a visit that could not be made', () => {
  test('leaves its row, judges nothing, and comes again later', async () => {
    await addChannels(t.db, 1)
    await tick({ ctx: t.ctx, queue })
    const { slotMs } = [...queue.jobs.values()][0]!
    const input = { channelId: 1, slot: new Date(slotMs), reason: 'first', error: 'boom' }
    await abandonSlot({ ctx: t.ctx, input })
    await abandonSlot({ ctx: t.ctx, input })
    const visits = await t.db.sql`select outcome, detail from visit`
    expect(visits).toEqual([{ outcome: 'own_fault', detail: 'boom' }])
    expect(await claimed()).toBe(0)
    expect((await tick({ ctx: t.ctx, queue })).enqueued).toBe(0)
    t.ctx.clock.advance(2 * 3_600_000)
    expect((await tick({ ctx: t.ctx, queue })).enqueued).toBe(1)
  })

  test('is not written off once it has been completed', async () => {
    await addChannels(t.db, 1)
    await tick({ ctx: t.ctx, queue })
    const slot = new Date([...queue.jobs.values()][0]!.slotMs)
    await makeVisit(t.ctx, 1, slot)
    await abandonSlot({ ctx: t.ctx, input: { channelId: 1, slot, reason: 'first', error: 'late' } })
    expect(await t.db.sql`select outcome from visit`).toEqual([{ outcome: 'ok' }])
  })
})

describe('pause, resume, run', () => {
  test('a paused channel is not visited, not even from the queue; resumed it is', async () => {
    await addChannels(t.db, 1)
    await tick({ ctx: t.ctx, queue })
    const slot = new Date([...queue.jobs.values()][0]!.slotMs)
    expect(await pauseChannel({ ctx: t.ctx, input: { id: 1, reason: 'renovation' } })).toMatchObject({ state: 'paused', claimed: false })
    expect(await slotIsOpen(t.db.sql, { channelId: 1, slot })).toBe(false)
    expect((await tick({ ctx: t.ctx, queue })).enqueued).toBe(0)
    expect(await resumeChannel({ ctx: t.ctx, input: { id: '1' } })).toMatchObject({ state: 'active' })
    expect((await tick({ ctx: t.ctx, queue })).enqueued).toBe(1)
    expect((await t.db.sql`select verb, reason from audit order by id`).map((a) => [a['verb'], a['reason']])).toEqual([['channel.pause', 'renovation'], ['channel.resume', null]])
  })

  test('run makes it due now; what is not there, closed, or nonsense is refused', async () => {
    await addChannels(t.db, 2, { dueAt: '2026-07-01T00:00:00Z' })
    await runChannel({ ctx: t.ctx, input: { id: 1 } })
    await tick({ ctx: t.ctx, queue })
    expect([...queue.jobs.values()]).toEqual([{ channelId: 1, slotMs: t.ctx.clock.now().getTime(), reason: 'run_now' }])
    await t.db.sql`update channel set state = 'closed' where id = 2`
    await expect(runChannel({ ctx: t.ctx, input: { id: 2 } })).rejects.toMatchObject({ code: 'conflict' })
    await expect(pauseChannel({ ctx: t.ctx, input: { id: 2 } })).rejects.toMatchObject({ code: 'conflict' })
    await expect(runChannel({ ctx: t.ctx, input: { id: 77 } })).rejects.toMatchObject({ code: 'not_found' })
    await expect(runChannel({ ctx: t.ctx, input: { id: 'one' } })).rejects.toMatchObject({ code: 'bad_input' })
  })
})
