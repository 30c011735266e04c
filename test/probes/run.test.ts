import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isObserved } from '../../src/domain/outcome.ts'
import { HuoshuiError } from '../../src/domain/error.ts'
import { availabilityOf, forgedDates } from '../../src/probes/index.ts'
import type { ItemRow, Probe, ProbeContext, SeriesVisit, Trial } from '../../src/probes/index.ts'
import { runProbes } from '../../src/probes/run.ts'
import { PROBE_VALUES, availabilityValue } from '../../src/standard/needs.ts'
import { gov2019 } from '../../src/standard/index.ts'
import { availability } from '../../src/standard/availability.ts'
import type { Site } from '../fetch/servers.ts'
import { PROBES, articles, contextOf, home, serveRoutes, tryProbe } from './try.ts'

const sites: Site[] = []
afterEach(() => Promise.all(sites.splice(0).map((s) => s.close())))
const served = async (): Promise<Site> => {
  const s = await serveRoutes({ ...articles(), '/': home('') })
  sites.push(s)
  return s
}
const probe = (id: string, run: (t: Trial) => Promise<{ outcome: 'ok'; value: unknown }>, over: Partial<Probe> = {}): Probe => ({ id, serves: [], needs: ['http'], budget: { requests: 3, seconds: 5 }, value: z.object({ n: z.number() }), run, ...over })

describe('the seam', () => {
  it('has one probe for each value that the standard reads, and each serves indicators that ask for it', () => {
    expect(PROBES.map((p) => p.id).sort()).toEqual(Object.keys(PROBE_VALUES).sort())
    const asked = gov2019.rules.flatMap((i) => i.needs.flatMap((n) => (n.from === 'probe' ? [`${n.probe} ${i.id}`] : [])))
    const told = new Set(PROBES.flatMap((p) => p.serves.map((s) => `${p.id} ${s}`)))
    expect(asked.filter((a) => !told.has(a) && !a.endsWith(' N3a'))).toEqual([])
  })

  it('takes no probe down with another: one that throws, hangs, or gives the wrong form is named', async () => {
    const context = await contextOf((await served()).url)
    const runs = await runProbes([
      probe('throws', () => Promise.reject(new Error('broken inside'))),
      probe('wrong', async () => ({ outcome: 'ok', value: { n: 'one' } })),
      probe('nothing', async () => ({ outcome: 'ok', value: null })),
      probe('hangs', () => new Promise(() => undefined), { budget: { requests: 1, seconds: 0.01 } }),
      probe('works', async () => ({ outcome: 'ok', value: { n: 1 } })),
    ], 'all', context)
    expect(runs.map((r) => [r.id, r.outcome, r.value])).toEqual([['throws', 'own_fault', null], ['wrong', 'own_fault', null], ['nothing', 'own_fault', null], ['hangs', 'timeout', null], ['works', 'ok', { n: 1 }]])
    expect(runs[0]?.note).toBe('broken inside')
    expect(runs.filter((r) => r.outcome !== 'ok').every((r) => !isObserved(r.outcome))).toBe(true)
  })

  it('counts requests, and refuses those beyond the budget', async () => {
    const s = await served()
    const context = await contextOf(s.url)
    const before = s.requests.length
    const outcomes: string[] = []
    const [run] = await runProbes([probe('busy', async (t) => {
      for (let i = 0; i < 5; i++) outcomes.push((await t.ask.fetch({ url: `${s.url}/col0/?${i}` })).outcome)
      return { outcome: 'ok', value: { n: t.left() } }
    })], 'all', context)
    expect(outcomes).toEqual(['ok', 'ok', 'ok', 'own_fault', 'own_fault'])
    expect(run).toMatchObject({ value: { n: 0 }, cost: { requests: 3 } })
    expect(s.requests.length - before).toBe(3)
  })

  it('reads a page once for all probes of a run', async () => {
    const s = await served()
    const open = async (t: Trial): Promise<{ outcome: 'ok'; value: unknown }> => ({ outcome: 'ok', value: { n: (await t.open(`${s.url}/col0/`)).status } })
    const runs = await runProbes([probe('a', open), probe('b', open)], 'all', await contextOf(s.url))
    expect(runs.map((r) => [r.value, r.cost.requests])).toEqual([[{ n: 200 }, 1], [{ n: 200 }, 0]])
  })

  it.each([[undefined, true], [true, false]] as const)('sends no POST unless the manifest (%s) and the policy (%s) allow it', async (posts, mayPost) => {
    const s = await served()
    const context = await contextOf(s.url, { policy: { mayPost } })
    const [run] = await runProbes([probe('poster', async (t) => ({ outcome: 'ok', value: { n: (await t.ask.fetch({ url: s.url, method: 'POST', body: 'x=1' })).status ?? 0 } }), posts === undefined ? {} : { posts })], 'all', context)
    expect(run?.value).toEqual({ n: 0 })
    expect(s.requests.every((r) => r.method === 'GET')).toBe(true)
  })

  it('sends nothing but GET and HEAD with every probe, on a site full of forms', async () => {
    const s = await serveRoutes({ ...articles(), '/': home('<a href="/hdjl/">互动交流</a><form action="/so" method="post" class="search"><input type="text" name="wd"><button>搜索</button></form>'), '/hdjl/': '<html><body><form action="/submit" method="post"><input name="title"><textarea name="content"></textarea><button>提交</button></form></body></html>' })
    sites.push(s)
    const context = await contextOf(s.url, { columns: [{ name: '互动交流', path: '/hdjl/', class: 'interaction' }] })
    const runs = await runProbes(PROBES, 'all', context)
    expect(runs.map((r) => r.id)).toEqual(PROBES.filter((p) => !p.needs.includes('history')).map((p) => p.id))
    expect(s.requests.length).toBeGreaterThan(10)
    expect(s.requests.filter((r) => r.method !== 'GET' && r.method !== 'HEAD')).toEqual([])
  })

  it('names an unknown probe, and what a probe lacks', async () => {
    const context = await contextOf((await served()).url)
    await expect(runProbes(PROBES, ['no_such'], context)).rejects.toThrow(HuoshuiError)
    expect((await tryProbe('availability', context)).outcome).toBe('own_fault')
    expect((await runProbes([probe('c', async () => ({ outcome: 'ok', value: { n: 1 } }), { needs: ['credential'] })], ['c'], context))[0]?.outcome).toBe('credential_missing')
  })
})

describe('availability', () => {
  const at = (n: number): Date => new Date(Date.UTC(2026, 10, 16, 0, 30) + n * 3_600_000 - 8 * 3_600_000)
  const visit = (n: number, outcome: SeriesVisit['outcome'], ms?: number): SeriesVisit => ({ at: at(n), outcome, ...(ms === undefined ? {} : { ms }) })
  it('counts failures with the sample, and takes out and shows those of our own network and of walls', () => {
    const visits = Array.from({ length: 168 }, (_, n) => n % 24 === 3 ? visit(n, 'timeout', 15_000) : n === 30 || n === 31 ? visit(n, 'refused') : n === 50 ? visit(n, 'challenge') : n === 60 ? visit(n, 'timeout', 9000) : n === 70 ? visit(n, 'ok', 15_000) : visit(n, 'ok', 14_999))
    const value = availabilityOf(visits, [{ from: at(29.5), until: at(31.5) }])
    expect(value).toMatchObject({ counted: 164, failed: 8, percent: 4.9, ownNetwork: 2, barred: 2 })
    expect(value.days).toHaveLength(7)
    expect(value.days[1]).toMatchObject({ day: '2026-11-17', counted: 22, failed: 1, leftOut: 2 })
    // The rule's own evaluator, on the same samples, comes to the same counts.
    const { samples } = availabilityValue.parse(value)
    const rule = availability(samples.map(({ at: when, outcome, ms, ownNetwork }) => ({ at: when, outcome, ...(ms === undefined ? {} : { ms }), ...(ownNetwork === undefined ? {} : { ownNetwork }) })), { days: 7, visitsPerDay: 20, limitMs: 15_000, percent: 5 }, new Date('2026-11-23T00:30:00+08:00'))
    expect(rule).toMatchObject({ answer: 'met', samples: 164, failures: 8, leftOut: 4 })
  })
  it('has no share of nothing', () => expect(availabilityOf([])).toMatchObject({ counted: 0, percent: null, samples: [] }))
  it('is a probe where rows are handed in', async () => {
    const context = await contextOf((await served()).url, { history: { visits: [visit(0, 'ok', 20), visit(1, 'dns')] } })
    expect((await tryProbe('availability', context)).value).toMatchObject({ counted: 2, failed: 1, percent: 50 })
  })
})

describe('forged dates', () => {
  const item = (n: number, over: Partial<ItemRow> = {}): ItemRow => ({ title: `动态${n}`, url: `http://x/${n}`, column: 'http://x/col', date: '2026-11-20', firstSeenOn: '2026-11-21', previousLookOn: '2026-11-20', ...over })
  it('suspects what came up late, batches, and dates changed; and nothing of the first look', () => {
    expect(forgedDates([item(1, { date: '2026-10-01', firstSeenOn: '2026-11-21', previousLookOn: null }), item(2), item(3, { date: '2026-11-07' })])).toEqual([])
    const [late] = forgedDates([item(1, { date: '2026-11-06' })])
    expect(late).toMatchObject({ kind: 'late', url: 'http://x/1' })
    // Not looked at between the date and its first sight: nobody knows when it came up.
    expect(forgedDates([item(1, { date: '2026-10-01', previousLookOn: '2026-09-01' })])).toEqual([])
    const batch = forgedDates(Array.from({ length: 12 }, (_, i) => item(i, { date: `2026-11-${String(1 + i).padStart(2, '0')}` })))
    expect(batch).toHaveLength(1)
    expect(batch[0]).toMatchObject({ kind: 'batch', url: 'http://x/col' })
    expect(batch[0]?.items).toHaveLength(12)
    expect(forgedDates([item(1, { dateBefore: '2026-10-01' })])).toMatchObject([{ kind: 'edited' }])
  })
  it('is a probe where rows are handed in', async () => {
    const context: ProbeContext = await contextOf((await served()).url, { history: { items: [item(1, { date: '2026-10-01' })] } })
    expect((await tryProbe('forged_dates', context)).value.suspects).toHaveLength(1)
    expect((await tryProbe('forged_dates', await contextOf((await served()).url, { history: {} }))).outcome).toBe('own_fault')
  })
})
