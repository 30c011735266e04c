import { describe, expect, test } from 'vitest'
import { check, gov2019 } from '../../src/standard/index.ts'
import { exact, ratio, show } from '../../src/standard/ratio.ts'
import { ago, column, NOW, times } from './build.ts'
import { fine, guide, portal, portalColumns } from './portal.ts'

const run = (facts: Parameters<typeof check>[0]) => check(facts, gov2019, NOW, 'seed')

describe('the score of a portal', () => {
  test('nothing wrong is 100 and what the bonus earns', () => {
    const s = run(portal()).score
    expect(s.openVetoes).toEqual([])
    expect(s.base).toEqual({ worst: { exact: '100', shown: '100.00' }, best: { exact: '100', shown: '100.00' } })
    // B1 2, B2 3, B5 2, B7 3, B8 4 by observation.
    expect(s).toMatchObject({ verdict: 'passed', worst: { shown: '114.00' }, best: { shown: '114.00' }, settledBy: [] })
  })

  test('the published self-check of a ministry: −5 −2 −3 −1 is 89, qualified', () => {
    const columns = portalColumns().map((c) => (c.class === 'policy' ? { ...c, newest: '2025-12-29' } : c))
    const f = fine()
    const facts = portal({
      services: { ...f.services, statistics: { published: true, newestOn: '2026-03-29' } },
      letters: { ...f.letters, newestOn: '2026-04-29' },
      search: { ...f.search, tried: f.search.tried.map((t, i) => ({ ...t, found: i > 2 })).slice(2) },
    }, { columns })
    const record = run(facts)
    const points = Object.fromEntries(record.score.items.filter((i) => i.tenths > 0 && i.id.startsWith('D')).map((i) => [i.id, i.tenths / 10]))
    expect(points).toEqual({ D5: 5, D12: 2, D18: 3, D25: 1 })
    expect(record.score.base).toEqual({ worst: { exact: '89', shown: '89.00' }, best: { exact: '89', shown: '89.00' } })
    expect(record.score.verdict).toBe('passed')
  })

  test('any veto fails it, and nothing else is scored', () => {
    const s = run(portal({}, { columns: times(5, (i) => column({ id: i, newest: ago(15) })) })).score
    expect(s).toMatchObject({ verdict: 'failed', vetoes: ['W4a'], worst: null, best: null })
  })

  test('60 passes, 59.9 does not; the bonus counts above 80 and not at 80', () => {
    const f = fine()
    const bad = (extra: number) => portal({
      services: { ...f.services, grouped: false, statistics: { published: false, newestOn: null }, guides: times(8, (i) => guide(i, { vague: ['其他'], formAvailable: false })) }, // D10 3, D12 2, D13 8, D15 2
      links: { checked: 9, broken: times(extra, (i) => ({ url: `http://x/${i}`, page: 'http://www.example.gov.cn/deep', reason: '404' })), not_observed: [] },
      letters: { ...f.letters, newestOn: ago(200), statistics: false }, // D18 6
      search: { ...f.search, box: false }, // D25 4
      identity: { ...f.identity, domainProper: false, nameProper: false, nameInHeader: false }, // D20 3
      interpretation: { documents: f.interpretation.documents.map((d) => ({ ...d, interpreted: false })), pieces: f.interpretation.pieces.map((p) => ({ ...p, linksToDocument: false, documentLinksBack: false })) }, // D7 3, D8 3
    }, { columns: portalColumns().map((c) => (c.class === 'policy' ? { ...c, newest: ago(300) } : c)) }) // D5 5 → 40
    const with6 = (extra: number) => {
      const facts = bad(extra)
      return run({ ...facts, probes: { ...facts.probes, ipv6: { ...facts.probes!['ipv6']!, value: { aaaa: false, reached: null } } } }).score
    }
    expect(run(bad(0)).score.base?.best.exact).toBe('61')
    expect(with6(0)).toMatchObject({ verdict: 'passed', base: { best: { exact: '60' } } })
    expect(with6(1)).toMatchObject({ verdict: 'failed', base: { best: { exact: '599/10' } } })

    const twenty = (newestOn: string) => portal({
      services: { ...f.services, grouped: false, statistics: { published: true, newestOn }, guides: times(8, (i) => guide(i, { vague: ['其他'], formAvailable: false })) },
    }, { columns: portalColumns().map((c) => (c.class === 'policy' ? { ...c, newest: ago(300) } : c)) })
    expect(run(twenty(ago(200))).score).toMatchObject({ worst: { exact: '80' }, best: { exact: '80' } })
    expect(run(twenty(ago(40))).score).toMatchObject({ base: { best: { exact: '81' } }, best: { exact: '95' } })
  })

  test('an item never deducts more than its cap', () => {
    const f = fine()
    const facts = portal({ links: { ...f.links, broken: times(50, (i) => ({ url: `http://x/${i}`, page: 'http://www.example.gov.cn/', reason: '404' })) } })
    expect(run(facts).score.base?.worst.shown).toBe('99.00')
  })

  test('a State Council department without services: out of 75, times 4/3, exactly', () => {
    const facts = (over: object) => portal(over, {}, { stateCouncil: true, publicServices: false })
    expect(run(facts({})).score.base?.worst.exact).toBe('100')
    const f = fine()
    expect(run(facts({ ipv6: { aaaa: false, reached: null } })).score.base?.worst).toEqual({ exact: '296/3', shown: '98.67' })
    const d = run(portal({ identity: f.identity }, { columns: portalColumns().filter((c) => c.class !== 'organisation') }, { stateCouncil: true })).score
    expect(d.items.find((i) => i.id === 'D2')).toMatchObject({ cap: 40, tenths: 40 })
    expect(d.items.some((i) => i.id === 'D1')).toBe(false)
  })

  test('what was not seen makes a range, named with what would settle it; never full marks', () => {
    const { search: _, ...rest } = portal().probes!
    const s = run(portal({}, { probes: rest })).score
    expect(s.base).toEqual({ worst: { exact: '96', shown: '96.00' }, best: { exact: '100', shown: '100.00' } })
    expect(s.settledBy).toEqual(['D25', 'B8'])
    const nothing = run(portal({}, { probes: {}, findings: [], columns: [], home: undefined as never })).score
    expect(nothing).toMatchObject({ verdict: 'undecided', base: { worst: { exact: '0' }, best: { exact: '100' } } })
  })

  test('new media have vetoes only', () => {
    const s = run({ ...portal(), channel: { ...portal().channel, kind: 'weibo', portal: false } }).score
    expect(s.base).toBeNull()
  })
})

describe('fractions', () => {
  test('two decimals, half up, both signs', () => {
    expect([ratio(260, 3), ratio(1, 200), ratio(-1, 200), ratio(12345, 1000), ratio(0)].map(show)).toEqual(['86.67', '0.01', '-0.01', '12.35', '0.00'])
    expect(exact(ratio(4, -6))).toBe('-2/3')
    expect(() => ratio(1, 0)).toThrow(RangeError)
  })
})
