import { describe, expect, it } from 'vitest'
import { createFetcher, createGuard, HostResting, memoryPacer, NoSlot } from '../../src/fetch/index.ts'
import { backoff } from '../../src/fetch/pacing.ts'
import { site } from './servers.ts'

/** A clock that moves only when someone sleeps: sleeping is over at once, and time has passed. */
function fakeTime() {
  let at = 1000
  return { now: () => at, sleep: async (ms: number) => void (at += ms), pass: (ms: number) => void (at += ms) }
}
const policy = { pace: 1000, atOnce: 2, organisationAtOnce: 3 }
const flush = (): Promise<void> => new Promise((done) => setImmediate(done))

describe('slots in one process', () => {
  it('are spaced by host', async () => {
    const time = fakeTime()
    const pacer = memoryPacer(time)
    const starts: number[] = []
    for (let i = 0; i < 4; i += 1) {
      const slot = await pacer.acquire({ host: 'a.gov.cn', address: '1.1.1.1' }, policy)
      starts.push(time.now())
      slot.release()
    }
    expect(starts).toEqual([1000, 2000, 3000, 4000])
  })

  it('keep three quarters of the pace between real starts, where the machine begins late what was reserved', async () => {
    const time = fakeTime()
    let late = 900
    // The second sleeper wakes late, as on a busy machine; whoever comes after it is in time.
    const pacer = memoryPacer({ now: time.now, sleep: async (ms) => { time.pass(ms + late); late = 0 } })
    const starts: number[] = []
    for (let i = 0; i < 4; i += 1) {
      const slot = await pacer.acquire({ host: 'a.gov.cn', address: '1.1.1.1' }, policy)
      starts.push(time.now())
      slot.release()
    }
    expect(starts).toEqual([1000, 2900, 3650, 4400])
  })

  it('are spaced by address across hosts, and free across addresses', async () => {
    const time = fakeTime()
    const pacer = memoryPacer(time)
    const waited: number[] = []
    for (const [host, address] of [['a', '1.1.1.1'], ['b', '1.1.1.1'], ['c', '2.2.2.2']] as const) {
      waited.push((await pacer.acquire({ host, address }, policy)).waitedMs)
    }
    expect(waited).toEqual([0, 1000, 0])
  })

  it('are at most so many at once for a host', async () => {
    const pacer = memoryPacer(fakeTime())
    const one = await pacer.acquire({ host: 'a', address: '1' }, policy)
    await pacer.acquire({ host: 'a', address: '1' }, policy)
    let third = false
    const waiting = pacer.acquire({ host: 'a', address: '1' }, policy).then(() => (third = true))
    await flush()
    expect(third).toBe(false)
    one.release()
    one.release() // giving back twice gives back once
    await waiting
    expect(third).toBe(true)
    let fourth = false
    void pacer.acquire({ host: 'a', address: '1' }, policy).then(() => (fourth = true))
    await flush()
    expect(fourth).toBe(false)
  })

  it('are at most so many at once for an organisation, whatever the host', async () => {
    const pacer = memoryPacer(fakeTime())
    const slots = await Promise.all([1, 2, 3].map((n) => pacer.acquire({ host: `h${n}`, address: `${n}`, organisation: 7 }, policy)))
    let other = false
    const waiting = pacer.acquire({ host: 'h4', address: '4', organisation: 7 }, policy).then(() => (other = true))
    await flush()
    expect(other).toBe(false)
    await pacer.acquire({ host: 'h5', address: '5', organisation: 8 }, policy)
    slots[0]?.release()
    await waiting
  })

  it('do not get lost when a waiter wakes up and must wait for another key', async () => {
    const pacer = memoryPacer(fakeTime())
    const tight = { pace: 1, atOnce: 1, organisationAtOnce: 1 }
    const host = await pacer.acquire({ host: 'a', address: '1' }, tight)
    const organisation = await pacer.acquire({ host: 'b', address: '2', organisation: 1 }, tight)
    const both = pacer.acquire({ host: 'a', address: '1', organisation: 1 }, tight)
    let got = false
    const plain = pacer.acquire({ host: 'a', address: '1' }, tight).then((s) => ((got = true), s))
    host.release()
    await flush()
    expect(got).toBe(true)
    ;(await plain).release()
    organisation.release()
    await both
  })

  it('cost nothing and hold nobody with pace 0', async () => {
    const pacer = memoryPacer(fakeTime())
    pacer.report('a', { status: 429, retryAfterMs: null })
    const slots = await Promise.all(Array.from({ length: 50 }, () => pacer.acquire({ host: 'a', address: '1' }, { ...policy, pace: 0 })))
    expect(slots.every((s) => s.waitedMs === 0)).toBe(true)
  })

  it('are not waited for after the visit has ended', async () => {
    const pacer = memoryPacer(fakeTime())
    const tight = { ...policy, atOnce: 1 }
    const one = await pacer.acquire({ host: 'a', address: '1' }, tight)
    const visit = new AbortController()
    const waiting = pacer.acquire({ host: 'a', address: '1' }, tight, visit.signal)
    visit.abort()
    await expect(waiting).rejects.toBeInstanceOf(NoSlot)
    one.release()
    await pacer.acquire({ host: 'a', address: '1' }, tight)
  })

  it('are given back when the sleep before them is ended', async () => {
    const visit = new AbortController()
    const pacer = memoryPacer({ now: () => 0, sleep: () => Promise.reject(new Error('aborted')) })
    const first = await pacer.acquire({ host: 'a', address: '1' }, { ...policy, atOnce: 1 })
    first.release()
    await expect(pacer.acquire({ host: 'a', address: '1' }, { ...policy, atOnce: 1 }, visit.signal)).rejects.toBeInstanceOf(NoSlot)
    await expect(pacer.acquire({ host: 'a', address: '1' }, { ...policy, atOnce: 1 }, visit.signal)).rejects.toBeInstanceOf(NoSlot)
  })
})

describe('back-off', () => {
  it('grows with every 429 in a row, keeps Retry-After, and is bounded', () => {
    expect([1, 2, 3, 4].map((n) => backoff(n, null))).toEqual([10_000, 20_000, 40_000, 80_000])
    expect(backoff(1, 90_000)).toBe(90_000)
    expect(backoff(500, null)).toBe(3_600_000)
    expect(backoff(1, 1e12)).toBe(86_400_000)
  })

  it('holds the host, and an answer forgives', async () => {
    const time = fakeTime()
    const pacer = memoryPacer(time)
    const acquire = async () => (await pacer.acquire({ host: 'a', address: '1' }, policy)).release()
    pacer.report('a', { status: 429, retryAfterMs: 30_000 })
    await acquire()
    expect(time.now()).toBe(31_000)
    pacer.report('a', { status: 503, retryAfterMs: null })
    await acquire()
    expect(time.now()).toBe(51_000)
    pacer.report('a', { status: 200, retryAfterMs: null })
    pacer.report('a', { status: 503, retryAfterMs: null })
    await acquire()
    expect(time.now()).toBe(61_000)
  })

  it('longer than a request may wait is said at once, and is rate limiting', async () => {
    const pacer = memoryPacer(fakeTime())
    pacer.report('127.0.0.1', { status: 429, retryAfterMs: 600_000 })
    await expect(pacer.acquire({ host: '127.0.0.1', address: '' }, policy)).rejects.toBeInstanceOf(HostResting)
    const fetcher = createFetcher({ allowNets: ['127.0.0.1'], pacer, pacing: policy })
    expect(await fetcher.fetch({ url: 'http://127.0.0.1:9/' })).toMatchObject({ outcome: 'rate_limited', status: null })
    await fetcher.close()
  })
})

describe('a paced fetcher', () => {
  it('takes a slot for every hop, reports answers, and gives slots back', async () => {
    const s = await site((req, res) => (req.url === '/' ? res.writeHead(302, { location: '/b' }).end() : res.writeHead(429, { 'retry-after': '7' }).end()))
    const log: string[] = []
    const pacer = {
      acquire: async (keys: { host: string; address: string; organisation?: string | number | undefined }) => {
        log.push(`take ${keys.host} ${keys.address} ${keys.organisation}`)
        return { waitedMs: 5, release: () => void log.push('give') }
      },
      report: (host: string, r: { status: number; retryAfterMs: number | null }) => void log.push(`${host} ${r.status} ${r.retryAfterMs}`),
    }
    const guard = createGuard({ allowNets: ['127.0.0.0/8'], resolve: () => Promise.resolve(['127.0.0.1']) })
    const fetcher = createFetcher({ guard, pacer, pacing: policy })
    const result = await fetcher.fetch({ url: `http://a.gov.cn:${s.port}/`, organisation: 12 })
    expect(result).toMatchObject({ outcome: 'rate_limited', waitedMs: 10 })
    expect(log).toEqual(['take a.gov.cn 127.0.0.1 12', 'give', 'a.gov.cn 302 null', 'take a.gov.cn 127.0.0.1 12', 'give', 'a.gov.cn 429 7000'])
    log.length = 0
    await fetcher.fetch({ url: `http://a.gov.cn:${s.port}/`, pacing: { pace: 0 } })
    expect(log).toEqual([])
    await fetcher.close()
    await s.close()
  })

  it('says own fault when no slot can be had, for that is no news of the site', async () => {
    const fetcher = createFetcher({ allowNets: ['127.0.0.1'], pacing: policy, pacer: { acquire: () => Promise.reject(new NoSlot('database gone')), report: () => undefined } })
    expect((await fetcher.fetch({ url: 'http://127.0.0.1:9/' })).outcome).toBe('own_fault')
    await fetcher.close()
  })
})
