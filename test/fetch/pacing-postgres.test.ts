import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { HostResting, NoSlot, postgresPacer, prunePacing } from '../../src/fetch/index.ts'
import { testDatabase } from '../helpers/postgres.ts'
import type { TestDatabase } from '../helpers/postgres.ts'

let database: TestDatabase
const policy = { pace: 60_000, atOnce: 2, organisationAtOnce: 3, maxWait: 10_000_000 }
const free = { acquire: async () => ({ waitedMs: 0, release: () => undefined }), report: () => undefined }

/** Workers of their own processes: nothing is shared but the database, and sleeping is only noted. */
function worker(naps: number[] = [], more: { lease?: number; awake?: (nap: number) => Promise<void> | void } = {}) {
  return postgresPacer({
    sql: database.db.sql, local: free, ...(more.lease === undefined ? {} : { lease: more.lease }),
    sleep: async (ms) => {
      naps.push(Math.round(ms / 1000))
      await more.awake?.(naps.length)
    },
  })
}
const leases = async (key: string): Promise<number> => {
  const [row] = await database.db.sql<{ n: number }[]>`select count(*)::int as n from pacing, jsonb_object_keys(leases) where key = ${key}`
  return row?.n ?? 0
}

beforeAll(async () => void (database = await testDatabase()))
afterAll(() => database.close())
beforeEach(() => database.db.sql`truncate pacing`.then(() => undefined))

describe('slots shared by workers', () => {
  it('are spaced across workers and hosts of one address, each slot given once', async () => {
    const naps: number[] = []
    const wide = { ...policy, atOnce: 64 }
    await Promise.all(Array.from({ length: 12 }, (_, i) => worker(naps).acquire({ host: `h${i}.gov.cn`, address: '1.1.1.1' }, wide)))
    expect(naps.sort((a, b) => a - b)).toEqual([60, 120, 180, 240, 300, 360, 420, 480, 540, 600, 660])
  })

  it('keep three quarters of the pace between real starts of one process', async () => {
    const naps: number[] = []
    let at = 0
    // Reserved at 0, 60 and 120 s. The second begins at 115 s, late; the third is in time, and waits until 160 s.
    const wakes = [() => 115_000, () => 120_000, (ms: number) => at + ms]
    const pacer = postgresPacer({ sql: database.db.sql, local: free, now: () => at, sleep: async (ms) => { at = wakes[naps.length]!(ms); naps.push(Math.round(ms / 1000)) } })
    for (let i = 0; i < 3; i += 1) (await pacer.acquire({ host: 'late.gov.cn', address: '' }, { ...policy, atOnce: 9 })).release()
    expect(naps).toEqual([60, 120, 40])
  })

  it('are free across addresses', async () => {
    const naps: number[] = []
    await Promise.all([1, 2, 3].map((n) => worker(naps).acquire({ host: `h${n}`, address: `${n}` }, policy)))
    expect(naps).toEqual([])
  })

  it('are at most so many at once, and what is given back is taken by another worker', async () => {
    const fast = { ...policy, pace: 1 }
    const held = await Promise.all([worker().acquire({ host: 'a', address: '' }, fast), worker().acquire({ host: 'a', address: '' }, fast)])
    expect(await leases('host:a')).toBe(2)
    const naps: number[] = []
    await worker(naps, { awake: (nap) => (nap === 3 ? held[0]?.release() : delay(1)) }).acquire({ host: 'a', address: '' }, fast)
    expect(naps.length).toBeGreaterThanOrEqual(3)
    expect(await leases('host:a')).toBe(2)
  })

  it('are capped by organisation, whatever the host', async () => {
    const fast = { ...policy, pace: 1 }
    for (const n of [1, 2, 3]) await worker().acquire({ host: `h${n}`, address: '', organisation: 7 }, fast)
    const visit = new AbortController()
    const stuck = worker([], { awake: () => visit.abort() }).acquire({ host: 'h4', address: '', organisation: 7 }, fast, visit.signal)
    await expect(stuck).rejects.toBeInstanceOf(NoSlot)
    expect(await leases('host:h4')).toBe(0)
    await worker().acquire({ host: 'h4', address: '', organisation: 8 }, fast)
  })

  it('of a worker that died are free again when their lease has lapsed', async () => {
    const fast = { ...policy, pace: 1, atOnce: 1 }
    await worker([], { lease: 0 }).acquire({ host: 'a', address: '' }, fast)
    await worker([], { awake: () => delay(2) }).acquire({ host: 'a', address: '' }, fast)
    expect(await leases('host:a')).toBe(1)
  })

  it('are refused at once, taking nothing, when the host rests for longer than one may wait', async () => {
    worker().report('a', { status: 429, retryAfterMs: 3_000_000 })
    await expect.poll(() => database.db.sql`select 1 from pacing where failures = 1`.then((r) => r.length)).toBe(1)
    await expect(worker().acquire({ host: 'a', address: '' }, { ...policy, maxWait: 60_000 })).rejects.toBeInstanceOf(HostResting)
    expect(await leases('host:a')).toBe(0)
    const naps: number[] = []
    await worker(naps).acquire({ host: 'a', address: '' }, policy)
    expect(naps[0]).toBeGreaterThan(2900)
  })

  it('grow further apart with every 429 in a row, and an answer forgives', async () => {
    const one = worker()
    const failures = async (): Promise<number> => (await database.db.sql<{ failures: number }[]>`select failures from pacing where key = 'host:a'`)[0]?.failures ?? 0
    for (const n of [1, 2, 3]) {
      one.report('a', { status: 503, retryAfterMs: null })
      await expect.poll(failures).toBe(n)
    }
    const naps: number[] = []
    await worker(naps).acquire({ host: 'a', address: '' }, policy)
    expect(naps[0]).toBeGreaterThan(25)
    expect(naps[0]).toBeLessThanOrEqual(40)
    one.report('a', { status: 200, retryAfterMs: null })
    await expect.poll(failures).toBe(0)
  })

  it('never ask the database with pace 0', async () => {
    const sql = (() => { throw new Error('asked') }) as unknown as TestDatabase['db']['sql']
    const slot = await postgresPacer({ sql }).acquire({ host: 'a', address: '1' }, { ...policy, pace: 0 })
    slot.release()
  })

  it('are not had without the database, which is our own fault', async () => {
    const sql = (() => Promise.reject(new Error('connection lost'))) as unknown as TestDatabase['db']['sql']
    await expect(postgresPacer({ sql }).acquire({ host: 'a', address: '1' }, policy)).rejects.toBeInstanceOf(NoSlot)
  })

  it('are forgotten a day after they were last used', async () => {
    await database.db.sql`insert into pacing (key, next_at) values ('host:old', now() - interval '2 days'), ('host:new', now())`
    await database.db.sql`insert into pacing (key, next_at, leases) values ('host:busy', now() - interval '2 days', '{"x": 99999999999999}')`
    expect(await prunePacing(database.db.sql)).toBe(1)
  })
})
