import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openVisitQueue } from '../../src/queue/index.ts'
import type { VisitQueue } from '../../src/queue/index.ts'
import { crawlOnce, runTicker, runVisits, tick, watcherFigures } from '../../src/schedule/index.ts'
import type { VisitFn } from '../../src/schedule/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'
import { addChannels, makeVisit, memoryQueue } from './fixtures.ts'

let t: TestDatabase
let queue: VisitQueue
beforeEach(async () => {
  t = await testDatabase()
  queue = await openVisitQueue({ databaseUrl: t.url }, { backoffMs: 10 })
})
afterEach(async () => {
  await queue.close()
  await t.close()
})

const visit: VisitFn<{ outcome: string }> = ({ channelId, slot }) => makeVisit(t.ctx, channelId, slot)
const common = () => ({ ctx: t.ctx, queue, store: { databaseUrl: t.url }, concurrency: 8, timeoutMs: 30_000, lockMs: 4000, stalledMs: 500, pollMs: 10 })
const visits = async (): Promise<number[]> => (await t.db.sql<{ n: number }[]>`select count(v.id)::int as n from channel c left join visit v on v.channel_id = c.id group by c.id order by c.id`).map((r) => r.n)

describe('crawling once', () => {
  test('visits everything due, once, says how far it is, and stops', async () => {
    await addChannels(t.db, 40)
    await addChannels(t.db, 3, { dueAt: '2026-06-02T00:00:00Z' })
    const seen: number[] = []
    const result = await crawlOnce({ ...common(), visit, onProgress: (p) => { expect(p.total).toBe(40); seen.push(p.done) } })
    expect(result).toEqual({ done: 40, total: 40, deferred: 0, interrupted: false })
    expect(seen).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
    expect(await visits()).toEqual([...Array.from({ length: 40 }, () => 1), 0, 0, 0])
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0 })
  })

  test('with nothing due ends at once', async () => {
    expect(await crawlOnce({ ...common(), visit })).toMatchObject({ done: 0, total: 0 })
  })

  test('does not wait for what falls due in its course', async () => {
    await addChannels(t.db, 2)
    const result = await crawlOnce({ ...common(), visit: async ({ channelId, slot }) => { const s = await makeVisit(t.ctx, channelId, slot, 'timeout', 1); t.ctx.clock.advance(5); return s } })
    expect(result.done).toBe(2)
    expect(await visits()).toEqual([1, 1])
  })

  test('a visit that always fails is written off and holds nobody up', async () => {
    await addChannels(t.db, 3)
    const result = await crawlOnce({ ...common(), visit: (r) => (r.channelId === 2 ? Promise.reject(new Error('own fault')) : visit(r)) })
    expect(result.done).toBe(2)
    expect(await t.db.sql`select channel_id::int as id, outcome from visit order by channel_id`).toEqual([{ id: 1, outcome: 'ok' }, { id: 2, outcome: 'own_fault' }, { id: 3, outcome: 'ok' }])
  })

  test('hands over at once what was claimed when the queue did not hear of it', async () => {
    await addChannels(t.db, 5)
    let deaf = true
    const hard: VisitQueue = { ...queue, add: async (jobs) => {
      if (deaf && jobs.length > 0) {
        deaf = false
        throw new Error('connection cut')
      }
      return queue.add(jobs)
    } }
    expect(await crawlOnce({ ...common(), queue: hard, visit })).toMatchObject({ done: 5 })
    expect(deaf).toBe(false)
    expect(await visits()).toEqual([1, 1, 1, 1, 1])
  // By their age alone they would be taken up after two minutes.
  }, 100_000)

  test('takes up what a killed command claimed, in the queue or not, and visits each slot once', async () => {
    await addChannels(t.db, 6)
    const lost = memoryQueue()
    await tick({ ctx: t.ctx, queue: lost, batch: 3 })
    await tick({ ctx: t.ctx, queue, batch: 2 })
    const result = await crawlOnce({ ...common(), visit })
    expect(result).toMatchObject({ done: 6, total: 6 })
    expect(await visits()).toEqual([1, 1, 1, 1, 1, 1])
  })

  test('a job that is run a second time after its visit was stored visits nothing', async () => {
    await addChannels(t.db, 1)
    await tick({ ctx: t.ctx, queue })
    const [row] = await t.db.sql<{ ms: number }[]>`select (extract(epoch from claimed_slot) * 1000)::float8 as ms from channel`
    await makeVisit(t.ctx, 1, new Date(row!.ms))
    let calls = 0
    const worker = await runVisits({ ...common(), visit: async () => { calls++ } })
    await expect.poll(() => queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0 })
    await worker.close()
    expect(calls).toBe(0)
  })

  test('two crawls at once share the work', async () => {
    await addChannels(t.db, 60)
    const [a, b] = await Promise.all([crawlOnce({ ...common(), visit }), crawlOnce({ ...common(), visit })])
    expect(a.done + b.done).toBe(60)
    expect(new Set(await visits())).toEqual(new Set([1]))
  })

  test('interrupted, it leaves what is not done to the next', async () => {
    await addChannels(t.db, 30)
    const stop = new AbortController()
    const first = await crawlOnce({ ...common(), concurrency: 1, signal: stop.signal, visit: async (r) => { const s = await visit(r); stop.abort(); return s } })
    expect(first.interrupted).toBe(true)
    expect(first.done).toBeLessThan(30)
    const second = await crawlOnce({ ...common(), visit })
    expect(second.done).toBe(30 - first.done)
    expect(new Set(await visits())).toEqual(new Set([1]))
  })
})

test('the ticker claims until it is closed, outlives a failing queue, and hands over what it had claimed when that failed', async () => {
  await addChannels(t.db, 5)
  const memory = memoryQueue()
  memory.fail = true
  const warned: string[] = []
  const ticker = runTicker({ ctx: t.ctx, queue: memory, everyMs: 5, log: { warn: (m) => warned.push(m) } })
  await expect.poll(() => warned).toEqual(['tick: crashed'])
  memory.fail = false
  await addChannels(t.db, 2)
  await expect.poll(() => memory.jobs.size).toBe(7)
  await ticker.close()
})

describe('the watcher’s own figures', () => {
  test('of an empty register', async () => {
    const f = await watcherFigures({ ctx: t.ctx })
    expect(f).toMatchObject({ channels: 0, coverage: null, failureShare: null, oldestUnchecked: null, overdue: 0, outcomes: {} })
    expect(f.alarms.map((a) => a.en)).toEqual(['no channel is registered: import a ledger'])
  })

  test('count what was visited, seen, failed, late', async () => {
    await addChannels(t.db, 10)
    await tick({ ctx: t.ctx, queue, batch: 16 })
    const claims = await t.db.sql<{ id: number; ms: number }[]>`select id::int as id, (extract(epoch from claimed_slot) * 1000)::float8 as ms from channel order by id`
    for (const c of claims.slice(0, 8)) await makeVisit(t.ctx, c.id, new Date(c.ms), c.id <= 6 ? 'ok' : 'timeout')
    const f = await watcherFigures({ ctx: t.ctx })
    expect(f).toMatchObject({ channels: 10, neverVisited: 2, inHand: 2, overdue: 0, coverage: 0.8, observed: 0.6, failureShare: 0.25, outcomes: { ok: 6, timeout: 2 } })
    expect(f.oldestUnchecked).toBe('2026-06-01T04:00:00.000Z')
    expect(f.alarms.map((a) => a.zh)).toEqual(['14天覆盖率仅 80%,低于95%'])
    t.ctx.clock.advance(3 * 86_400_000)
    const later = await watcherFigures({ ctx: t.ctx })
    expect(later.overdue).toBe(8)
    expect(later.oldestDue).toBe('2026-06-02T04:00:00.000Z')
    expect(later.alarms.map((a) => a.en).join('\n')).toMatch(/stands still[\s\S]*more than 24 hours late/)
    t.ctx.clock.set(new Date('2026-05-01T00:00:00Z'))
    expect((await watcherFigures({ ctx: t.ctx })).alarms.map((a) => a.en).join()).toContain('the clock is off')
  })
})
