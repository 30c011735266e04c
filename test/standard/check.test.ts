import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { check, diff, edition, EDITIONS, gov2019, judge, parseCanonical, canonical, replay, workList } from '../../src/standard/index.ts'
import type { ChannelFacts } from '../../src/standard/facts.ts'
import type { Outcome } from '../../src/domain/outcome.ts'
import { ago, account, column, home, NOW, posts, times } from './build.ts'
import { asProbes, fine, guide, portal, portalColumns } from './portal.ts'

const run = (facts: ChannelFacts, seed = 'seed') => check(facts, gov2019, NOW, seed)
const result = (facts: ChannelFacts, id: string) => run(facts).results.find((r) => r.id === id)!.result

describe('replay and comparison', () => {
  test('a stored check, read back as text, gives the same when run again later', () => {
    const record = run(portal())
    const stored = parseCanonical(canonical(record)) as typeof record
    const facts = parseCanonical(canonical(portal())) as ChannelFacts
    expect(replay(stored, facts, gov2019)).toEqual(record)
  })

  test('other facts or another standard are refused', () => {
    const record = run(portal())
    expect(() => replay(record, portal({ ipv6: { aaaa: false, reached: null } }), gov2019)).toThrow('facts')
    expect(() => replay(record, portal(), edition('campaign'))).toThrow('standard')
  })

  test('two checks compare: what changed, and the score', () => {
    const d = diff(run(portal()), run(portal({ ipv6: { aaaa: false, reached: null } })))
    expect(d.changes).toEqual([{ id: 'D29', what: 'answer', before: { answer: 'met', tenths: 0 }, after: { answer: 'violated', tenths: 10 } }])
    expect(d.score).toEqual({ before: ['114.00', '114.00'], after: ['113.00', '113.00'] })
    expect(d.params).toEqual([])
  })

  test('what waits for a person is a work list with its form and leads', () => {
    const facts = portal({ hijack: { suspects: [{ url: 'http://x/', what: '隐藏博彩链接' }] } }, { findings: [] })
    const list = workList(run(facts), gov2019)
    expect(list.map((w) => w.indicator.id)).toEqual(expect.arrayContaining(['W1.1', 'W1.2', 'W1.6', 'D11', 'D14', 'D19', 'D24', 'D28', 'B3', 'B4', 'B6', 'B9', 'B10']))
    expect(list.find((w) => w.indicator.id === 'W1.3')?.leads[0]?.zh).toContain('隐藏博彩链接')
    expect(list.find((w) => w.indicator.id === 'D14')?.samples[0]?.drawn).toHaveLength(5)
    expect(run(facts).results.find((r) => r.id === 'W1.3')?.result.answer).toBe('person')
  })
})

/** One thing going wrong on a portal, as a change to its facts. */
type Fault = (f: ReturnType<typeof fine>) => void
const FAULTS: readonly Fault[] = [
  (f) => void (f.ipv6 = { aaaa: false, reached: null }),
  (f) => void (f.links = { ...f.links, broken: [...f.links.broken, { url: `http://x/${f.links.broken.length}`, page: 'http://www.example.gov.cn/', reason: '404' }] }),
  (f) => void (f.links = { ...f.links, broken: [...f.links.broken, { url: `http://y/${f.links.broken.length}`, page: 'http://www.example.gov.cn/deep', reason: '404' }] }),
  (f) => void (f.search = { ...f.search, tried: f.search.tried.map((t) => ({ ...t, found: false })) }),
  (f) => void (f.search = { ...f.search, grouped: false }),
  (f) => void (f.search = { ...f.search, fuzzy: false }),
  (f) => void (f.services = { ...f.services, grouped: false }),
  (f) => void (f.services = { ...f.services, statistics: { published: true, newestOn: ago(40) } }),
  (f) => void (f.services = { ...f.services, guides: f.services.guides.map((g) => ({ ...g, elements: g.elements.slice(1) })) }),
  (f) => void (f.letters = { ...f.letters, statistics: false }),
  (f) => void (f.letters = { ...f.letters, letters: f.letters.letters.map((l) => ({ ...l, unit: null })) }),
  (f) => void (f.identity = { ...f.identity, nameInHeader: false }),
  (f) => void (f.identity = { ...f.identity, footers: f.identity.footers.map((x) => ({ ...x, findFault: false })) }),
  (f) => void (f.interpretation = { ...f.interpretation, documents: f.interpretation.documents.map((d) => ({ ...d, interpreted: false })) }),
  (f) => void (f.interaction = { ...f.interaction, surveys: [] }),
]
const faulty = (which: readonly number[]): ChannelFacts => {
  const f = fine()
  for (const i of which) FAULTS[i]!(f)
  return portal(f)
}
const number = (end: { shown: string } | null | undefined): number => Number(end?.shown ?? Number.NaN)

describe('properties', () => {
  const some = fc.subarray(FAULTS.map((_, i) => i))

  test('more violations never raise a score', () => {
    fc.assert(fc.property(some, fc.nat(FAULTS.length - 1), (which, more) => {
      const [a, b] = [run(faulty(which)).score, run(faulty([...which, more])).score]
      expect(number(b.best)).toBeLessThanOrEqual(number(a.best))
      expect(number(b.worst)).toBeLessThanOrEqual(number(a.worst))
    }), { numRuns: 60 })
  })

  test('hiding a probe only widens the range', () => {
    const ids = Object.keys(fine())
    fc.assert(fc.property(some, fc.subarray(ids), (which, hidden) => {
      const facts = faulty(which)
      const [a, b] = [run(facts).score, run({ ...facts, probes: Object.fromEntries(Object.entries(facts.probes!).filter(([id]) => !hidden.includes(id))) }).score]
      expect(number(b.worst)).toBeLessThanOrEqual(number(a.worst))
      expect(number(b.best)).toBeGreaterThanOrEqual(number(a.best))
    }), { numRuns: 60 })
  })

  test('order never matters', () => {
    const columns = [...portalColumns(), ...times(4, (i) => column({ id: 50 + i, newest: ago(15 + i) }))]
    const f = fine()
    const expected = run(portal(f, { columns }))
    fc.assert(fc.property(fc.shuffledSubarray(columns, { minLength: columns.length }), fc.shuffledSubarray(f.services.guides, { minLength: 8 }), fc.shuffledSubarray(f.search.tried, { minLength: 6 }), (cs, guides, tried) => {
      const other = run(portal({ ...f, services: { ...f.services, guides }, search: { ...f.search, tried } }, { columns: cs }))
      expect(other.score).toEqual(expected.score)
      expect(other.samples).toEqual(expected.samples)
      expect(other.results.map((r) => [r.id, r.result.answer])).toEqual(expected.results.map((r) => [r.id, r.result.answer]))
    }), { numRuns: 30 })
  })

  test('not observed never equals met, nor ever makes a candidate', () => {
    const walls: Outcome[] = ['challenge', 'login_wall', 'rate_limited', 'forbidden', 'robots', 'dns', 'refused', 'timeout', 'tls', 'own_network', 'own_fault', 'server_error', 'unreadable', 'parse_drift', 'truncated', 'empty_shell', 'redirect_loop', 'too_large', 'credential_expired', 'bridge_stale']
    fc.assert(fc.property(fc.constantFrom(...walls), fc.integer({ min: 100, max: 900 }), fc.constantFrom(...EDITIONS.map((e) => e.id)), (outcome, days, name) => {
      const e = edition(name)
      const blind: ChannelFacts = {
        ...portal({}, { home: home({ newest: ago(days), outcome }), columns: times(6, () => column({ newest: ago(days), outcome, empty: days % 2 === 0 })), findings: [], consultation: { at: NOW, outcome, entries: [], wholeHomeRead: true, evidence: [] }, visits: [{ at: NOW, outcome }] }),
        probes: Object.fromEntries(Object.entries(asProbes(fine())).map(([id, p]) => [id, { ...p, outcome }])),
      }
      for (const facts of [blind, account({ posts: posts({ newest: ago(days), outcome }), visits: [{ at: NOW, outcome }] })]) {
        const j = judge(facts, e, NOW)
        expect(j.proposal).toBeNull()
        for (const { id, result } of check(facts, e, NOW, 's').results) {
          expect([id, result.answer]).not.toEqual([id, 'violated'])
          const rule = e.rules.find((r) => r.id === id)!
          if (result.answer === 'met') expect([id, rule.needs.some((n) => n.from === 'observations' && n.what === 'register')]).toEqual([id, true])
        }
      }
    }), { numRuns: 60 })
  })

  test('a replay equals the original, whatever the faults and the seed', () => {
    fc.assert(fc.property(some, fc.string(), (which, seed) => {
      const record = run(faulty(which), seed)
      expect(replay(parseCanonical(canonical(record)) as typeof record, faulty(which), gov2019)).toEqual(record)
    }), { numRuns: 25 })
  })
})

describe('samples are drawn by the rules', () => {
  test('their sizes', () => {
    const sizes = Object.fromEntries(Object.values(run(portal()).samples).map((s) => [s.of, s.drawn.length]))
    expect(sizes).toEqual({ D7: 3, D8: 3, D13: 5, D14: 5, D15: 2, D18: 5, D25: 4, 'D27-article': 5, 'D27-column': 5, B2: 3, B5: 2, B8: 2 })
  })
  test('fewer than asked for: all; none: not observed', () => {
    const f = fine()
    const two = portal({ interpretation: { ...f.interpretation, documents: f.interpretation.documents.slice(0, 2).map((d) => ({ ...d, interpreted: false })) } })
    expect(result(two, 'D7').points.reduce((n, p) => n + p.tenths, 0)).toBe(20)
    expect(result(portal({ services: { ...f.services, guides: [], items: 8 } }), 'D13').answer).toBe('not_observed')
  })
  test('the guide drawn decides, by seed', () => {
    const f = fine()
    const facts = portal({ services: { ...f.services, guides: times(8, (i) => guide(i, i === 0 ? { vague: ['其他材料'] } : {})) } })
    const hit = times(20, (i) => run(facts, `s${i}`)).map((r) => ({ drawn: r.samples['D13']!.drawn.includes(guide(0).url), answer: r.results.find((x) => x.id === 'D13')!.result.answer }))
    expect(new Set(hit.map((h) => h.drawn))).toEqual(new Set([true, false]))
    for (const h of hit) expect(h.answer).toBe(h.drawn ? 'violated' : 'met')
  })
})
