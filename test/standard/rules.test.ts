import { describe, expect, test } from 'vitest'
import { check, edition, gov2019, judge, parseEdition, parseFinding } from '../../src/standard/index.ts'
import type { ChannelFacts } from '../../src/standard/facts.ts'
import { FINDING_STANDS_DAYS } from '../../src/standard/person.ts'
import { account, ago, at, blankColumn, column, home, NOW, site, times, TODAY } from './build.ts'
import { asProbes, fine, guide, letter, portal, portalColumns, signed, type Values } from './portal.ts'

const of = (facts: ChannelFacts, id: string, now = NOW) => {
  const found = check(facts, gov2019, now, 'seed').results.find((r) => r.id === id)
  if (found === undefined) throw new Error(id)
  return { answer: found.result.answer, reason: found.result.reason, points: found.result.points.reduce((n, p) => n + p.tenths, 0) / 10, open: found.result.openTenths / 10, leads: found.result.leads, places: found.result.places }
}
const f = fine()
const with_ = (values: Values) => portal(values)
const without = (...probes: string[]) => portal({}, { probes: Object.fromEntries(Object.entries(asProbes(fine())).filter(([id]) => !probes.includes(id))) })

describe('W2, a week of visits', () => {
  const series = (perDay: number, failures: number, over: object = {}) => ({
    availability: { samples: times(perDay * 7, (i) => ({ at: at(ago(1 + Math.floor(i / perDay)), 1 + (i % perDay) * (20 / perDay)), outcome: 'ok' as const, ms: i < failures ? 15_000 : 14_999, ...(i < failures ? over : {}) })) },
  })
  test('5.00 % is violated, below is met; 15 s counts, 14.999 s does not', () => {
    expect(of(with_(series(20, 7)), 'W2').answer).toBe('violated') // 7 of 140 is 5.00 %
    expect(of(with_(series(20, 6)), 'W2').answer).toBe('met')
    expect(of(with_(series(200, 70)), 'W2').answer).toBe('violated')
    expect(of(with_(series(200, 69)), 'W2').answer).toBe('met') // 4.93 %
  })
  test('19 visits on a day are too few; our own outage and walls are no samples', () => {
    expect(of(with_(series(19, 19)), 'W2')).toMatchObject({ answer: 'not_observed', reason: 'too_few_samples' })
    expect(of(with_(series(20, 7, { ownNetwork: true })), 'W2').answer).toBe('not_observed')
    expect(of(with_(series(40, 40, { ownNetwork: true })), 'W2').answer).toBe('not_observed')
    expect(of(with_(series(30, 8, { outcome: 'challenge' })), 'W2').answer).toBe('met')
    expect(of(without('availability'), 'W2').answer).toBe('not_observed')
  })
  test('a failure counts once a second vantage saw it; what nobody confirmed decides nothing while it could', () => {
    expect(of(with_(series(20, 7, { second: 'shut' })), 'W2').answer).toBe('violated')
    expect(of(with_(series(30, 8, { second: 'open' })), 'W2').answer).toBe('met')
    expect(of(with_(series(20, 7, { second: 'none' })), 'W2')).toMatchObject({ answer: 'not_observed', reason: 'one_vantage' })
    // 6 of 140 could not reach 5 % even if all of them had been failures.
    expect(of(with_(series(20, 6, { second: 'none' })), 'W2').answer).toBe('met')
  })
  test('a series that ended more than a week ago is not this week’s', () => {
    expect(of(with_(series(20, 0)), 'W2', new Date(NOW.getTime() + 6 * 86_400_000)).answer).toBe('met')
    expect(of(with_(series(20, 0)), 'W2', new Date(NOW.getTime() + 7 * 86_400_000)).answer).toBe('not_observed')
  })
  test('with the ordinary visits too few, it is not observed; and it never makes a candidate by itself', () => {
    expect(of(site(), 'W2').answer).toBe('not_observed')
    expect(judge(with_(series(20, 140, { outcome: 'refused' })), edition('campaign'), NOW).proposal).toBeNull()
  })
})

describe('W4b, long not updated', () => {
  const on = parseEdition({ id: 'strict', name: { zh: '严', en: 'strict' }, document: { zh: '严', en: 'strict' }, base: 'gov-2019', only: ['W4b'], change: { W4b: { on: true } } })
  const run = (n: number, newest: string, over: object = {}) => judge(site({ columns: times(n, () => column({ newest, class: 'data', ...over })) }), on, NOW).answers[0]?.answer
  test('9 and 10 columns, a year by calendar; topics and plain pages do not count', () => {
    expect(run(9, '2025-06-29')).toBe('met')
    expect(run(10, '2025-06-29')).toBe('violated')
    expect(run(10, '2025-06-30')).toBe('met')
    expect(run(12, '2020-01-01', { class: 'topic' })).toBe('met')
    expect(run(10, '2025-06-29', { outcome: 'timeout' })).toBe('not_observed')
  })
  test('is off, and then nobody’s business', () => expect(of(site({ columns: times(12, () => column({ newest: '2020-01-01', class: 'data' })) }), 'W4b').answer).toBe('not_applicable'))
})

describe('W5b, unanswered letters', () => {
  const unanswered = (askedOn: string) => letter(1, { askedOn, answeredOn: null, answer: false })
  test('three months by calendar, within the last year', () => {
    expect(of(with_({ letters: { ...f.letters, letters: [unanswered('2026-03-30')] } }), 'W5b').answer).toBe('met')
    expect(of(with_({ letters: { ...f.letters, letters: [unanswered('2026-03-29')] } }), 'W5b')).toMatchObject({ answer: 'violated' })
    expect(of(with_({ letters: { ...f.letters, letters: [unanswered('2025-06-29')] } }), 'W5b').answer).toBe('met')
    expect(of(with_({ letters: { ...f.letters, letters: [unanswered('2025-06-30')] } }), 'W5b').answer).toBe('violated')
  })
  test('a list that is not whole cannot be met', () => {
    expect(of(with_({ letters: { ...f.letters, complete: false } }), 'W5b').answer).toBe('not_observed')
    expect(of(without('letters'), 'W5b')).toMatchObject({ answer: 'not_observed', reason: 'probe_not_run' })
  })
})

describe('W6, services', () => {
  const poor = (missing: number) => ({ elements: guide(0).elements.slice(missing) })
  const services = (bad: number, total: number, missing: number, read = total) =>
    with_({ services: { ...f.services, items: total, guides: times(read, (i) => guide(i, i < bad ? poor(missing) : {})) } })
  test('W6a', () => {
    expect(of(with_({ services: { ...f.services, entry: false } }), 'W6a').answer).toBe('violated')
    expect(of(portal(), 'W6a').answer).toBe('met')
    expect(of(with_({ services: { ...f.services, entry: null } }), 'W6a').answer).toBe('not_observed')
    expect(of(portal({}, {}, { publicServices: false }), 'W6a').answer).toBe('not_applicable')
  })
  test('W6b: 4 and 5 services, 3 and 4 elements', () => {
    expect(of(services(5, 8, 4), 'W6b').answer).toBe('violated')
    expect(of(services(4, 8, 4), 'W6b').answer).toBe('met')
    expect(of(services(8, 8, 3), 'W6b').answer).toBe('met')
    expect(of(services(4, 8, 4, 6), 'W6b')).toMatchObject({ answer: 'not_observed', reason: 'partly_observed' })
    expect(of(services(2, 2, 4), 'W6b').answer).toBe('not_applicable')
  })
  test('W6c: fewer than five services, every one of them', () => {
    expect(of(services(4, 4, 4), 'W6c').answer).toBe('violated')
    expect(of(services(3, 4, 4), 'W6c').answer).toBe('met')
    expect(of(services(5, 5, 4), 'W6c').answer).toBe('not_applicable')
    expect(of(without('services'), 'W6c').answer).toBe('not_observed')
  })
})

describe('new media vetoes', () => {
  const app = (over: Partial<ChannelFacts> = {}) => account(over, { kind: 'app' })
  const gone = [{ at: new Date(NOW.getTime() - 24 * 3_600_000), outcome: 'gone_nonexistent' as const, evidence: [] }, { at: NOW, outcome: 'gone_nonexistent' as const, evidence: [] }]
  test('N2b: gone from the stores twice is seen; using it, a person tries', () => {
    expect(of(app(), 'N2b').answer).toBe('person')
    expect(of(app({ gone, visits: [] }), 'N2b').answer).toBe('violated')
    expect(of(app({ gone: gone.slice(1), visits: [] }), 'N2b').answer).toBe('person')
    expect(of(app({ findings: signed() }), 'N2b').answer).toBe('met')
    expect(of(account(), 'N2b').answer).toBe('not_applicable')
  })
  test('N3a: by what was seen, else by a person', () => {
    const effective = (is: boolean | null) => account({ probes: asProbes({ interaction: { ...f.interaction, effective: is } }) })
    expect(of(effective(true), 'N3a').answer).toBe('met')
    expect(of(effective(false), 'N3a').answer).toBe('violated')
    expect(of(effective(null), 'N3a').answer).toBe('person')
  })
})

describe('leads, never verdicts', () => {
  test('a back-dated batch is told, and freshness is judged as printed', () => {
    const late = (n: number, lag: number) => times(n, (i) => ({ title: `补${i}`, url: null, date: ago(10 + lag), firstSeenOn: ago(1), previousLookOn: ago(10) }))
    expect(of(site({ lateItems: late(3, 7) }), 'W1.5')).toMatchObject({ answer: 'person', leads: [{ zh: expect.stringContaining('3条') }] })
    expect(of(site({ lateItems: late(2, 7) }), 'W1.5').leads).toEqual([])
    expect(of(site({ lateItems: late(3, 6) }), 'W1.5').leads).toEqual([])
    expect(of(site({ lateItems: late(9, 90) }), 'W3').answer).toBe('met')
  })
  test.each(['D16', 'D17', 'D26'])('%s: what the probe doubts is for a person', (id) => {
    const doubt = portal({ interaction: { ...f.interaction, submittable: false, unifiedLogin: false } }, { findings: [] })
    expect(of(doubt, id)).toMatchObject({ answer: 'person', points: 0 })
    expect(of(doubt, id).leads).toHaveLength(1)
    expect(of(portal({}, { findings: [] }), id)).toMatchObject({ answer: 'person', leads: [] })
    expect(of(portal(), id).answer).toBe('met')
  })
})

describe('deductions by observation', () => {
  const columns = (over: Partial<Record<string, object | null>>) => portalColumns().flatMap((c) => (over[c.class] === null ? [] : [{ ...c, ...over[c.class] }]))
  const on = (over: Partial<Record<string, object | null>>, h = home({ navigationRead: true })) => portal({}, { columns: columns(over), home: h })

  test.each([['D1', 'overview', 2], ['D2', 'organisation', 2], ['D3', 'leaders', 2], ['D4', 'news', 5], ['D5', 'policy', 5], ['D6', 'interpretation', 5]] as const)('%s: no such column, said only when all was read', (id, cls, points) => {
    expect(of(portal(), id)).toMatchObject({ answer: 'met', points: 0, open: 0 })
    expect(of(on({ [cls]: null }), id)).toMatchObject({ answer: 'violated', points })
    expect(of(on({ [cls]: null }, home({})), id)).toMatchObject({ answer: 'not_observed', points: 0, open: points })
  })
  test('D1 to D3: how accurate, a person says', () => {
    expect(of(portal({}, { findings: signed(['D3']) }), 'D3')).toMatchObject({ answer: 'person', open: 2 })
  })
  test('D4: 14 and 15 days; D5, D6: six months', () => {
    expect(of(on({ news: { newest: ago(14) } }), 'D4').points).toBe(0)
    expect(of(on({ news: { newest: ago(15) } }), 'D4').points).toBe(5)
    expect(of(on({ news: { newest: ago(15), outcome: 'challenge' } }), 'D4')).toMatchObject({ answer: 'not_observed', open: 5 })
    for (const [id, cls] of [['D5', 'policy'], ['D6', 'interpretation']] as const) {
      expect(of(on({ [cls]: { newest: '2025-12-30' } }), id).points).toBe(0)
      expect(of(on({ [cls]: { newest: '2025-12-29' } }), id).points).toBe(5)
      expect(of(on({ [cls]: { newest: ago(900), level: 2 } }), id).points).toBe(0)
    }
  })
  test('D9: blank 2 each, stale 1 each, not what D4 to D6 have deducted, at most 4', () => {
    const add = (...more: ReturnType<typeof column>[]) => portal({}, { columns: [...portalColumns(), ...more] })
    expect(of(add(blankColumn({ class: 'topic' })), 'D9').points).toBe(2)
    expect(of(add(column({ class: 'notice', newest: '2025-12-29' })), 'D9').points).toBe(1)
    expect(of(add(column({ class: 'notice', newest: '2025-12-30' })), 'D9').points).toBe(0)
    expect(of(add(column({ class: 'news', newest: ago(15) })), 'D9').points).toBe(1)
    expect(of(on({ news: { newest: ago(15) } }), 'D9').points).toBe(0)
    expect(of(on({ policy: { newest: null, empty: true, outcome: 'ok_empty' } }), 'D9').points).toBe(0)
    expect(of(on({ policy: { newest: null, empty: true, outcome: 'ok_empty' } }), 'D5').points).toBe(5)
    expect(check(add(...times(3, () => blankColumn({ class: 'topic' }))), gov2019, NOW, 's').score.items.find((i) => i.id === 'D9')?.tenths).toBe(40)
    expect(of(add(column({ class: 'other', newest: ago(900) })), 'D9').points).toBe(0)
    expect(of(add(column({ class: 'notice', newest: null, outcome: 'timeout' })), 'D9')).toMatchObject({ answer: 'not_observed' })
  })
})

describe('deductions and bonus by probe', () => {
  const docs = (n: number) => with_({ interpretation: { ...f.interpretation, documents: f.interpretation.documents.map((d, i) => ({ ...d, interpreted: i >= n })) } })
  const cases: readonly (readonly [string, Values, number])[] = [
    ['D8', { interpretation: { ...f.interpretation, pieces: f.interpretation.pieces.map((p) => ({ ...p, linksToDocument: false })) } }, 1.5],
    ['D10', { services: { ...f.services, grouped: false } }, 3],
    ['D12', { services: { ...f.services, statistics: { published: false, newestOn: null } } }, 2],
    ['D13', { services: { ...f.services, guides: times(8, (i) => guide(i, { present: false })) } }, 20],
    ['D15', { services: { ...f.services, guides: times(8, (i) => guide(i, { formAvailable: false })) } }, 2],
    ['D18', { letters: { ...f.letters, published: false } }, 6],
    ['D20', { identity: { ...f.identity, nameProper: false } }, 1],
    ['D21', { identity: { ...f.identity, footers: f.identity.footers.map((x, i) => ({ ...x, icp: i !== 1, police: false })) } }, 1],
    ['D22', { links: { ...f.links, broken: [{ url: 'http://x/', page: 'http://www.example.gov.cn', reason: '404' }, { url: 'http://x/', page: 'http://www.example.gov.cn/a/', reason: '404' }] } }, 0.3],
    ['D23', { identity: { ...f.identity, footers: f.identity.footers.map((x) => ({ ...x, findFault: x.home })) } }, 0.4],
    ['D25', { search: { ...f.search, works: false } }, 4],
    ['D27', { tags: { pages: f.tags.pages.map((p) => ({ ...p, metas: p.kind === 'article' ? { SiteName: '某县' } : p.metas })) } }, 0.5],
    ['D29', { ipv6: { aaaa: true, reached: false } }, 1],
  ]
  test.each(cases)('%s: wrong, right, and not looked at', (id, values, points) => {
    expect(of(with_(values), id)).toMatchObject({ answer: 'violated', points })
    expect(of(portal(), id)).toMatchObject({ answer: 'met', points: 0, open: 0 })
    const probe = gov2019.rules.find((r) => r.id === id)!.needs.find((n) => n.from === 'probe')!.probe
    expect(of(without(probe), id)).toMatchObject({ answer: 'not_observed', points: 0, reason: 'probe_not_run' })
    expect(of(site({ probes: asProbes({ ...fine(), ...values }) }), id).answer).toBe('not_applicable')
  })
  test('D7: each of three sampled documents', () => {
    expect(of(docs(5), 'D7').points).toBe(3)
    expect(of(docs(0), 'D7').points).toBe(0)
  })
  test('D12: one month, three months, by calendar', () => {
    const on = (newestOn: string) => of(with_({ services: { ...f.services, statistics: { published: true, newestOn } } }), 'D12')
    expect(on('2026-05-30').points).toBe(0)
    expect(on('2026-05-29').points).toBe(1)
    expect(check(with_({ services: { ...f.services, statistics: { published: true, newestOn: '2026-03-29' } } }), gov2019, NOW, 's').score.items.find((i) => i.id === 'D12')?.tenths).toBe(20)
    expect(check(with_({ services: { ...f.services, statistics: { published: true, newestOn: '2026-03-30' } } }), gov2019, NOW, 's').score.items.find((i) => i.id === 'D12')?.tenths).toBe(10)
  })
  test('D18: two months by calendar, and what letters lack', () => {
    const on = (over: object) => of(with_({ letters: { ...f.letters, ...over } }), 'D18').points
    expect(on({ newestOn: '2026-04-30' })).toBe(0)
    expect(on({ newestOn: '2026-04-29' })).toBe(3)
    expect(on({ statistics: false })).toBe(3)
    expect(on({ letters: times(8, (i) => letter(i, { unit: null })) })).toBe(5)
  })
  test('D13: each kind of fault', () => {
    const on = (over: object) => of(with_({ services: { ...f.services, guides: times(5, (i) => guide(i, i === 0 ? over : {})) } }), 'D13').points
    expect(on({ present: false })).toBe(4)
    expect(on({ elements: guide(0).elements.slice(2) })).toBe(1)
    expect(on({ unclearMaterials: ['身份证'] })).toBe(1)
    expect(on({ vague: ['法律法规规定的其他材料'] })).toBe(2)
    expect(on({ nameOnly: ['某办法'] })).toBe(0.5)
  })
  test('D22: on an entrance page the second-level pages count as the home page', () => {
    const broken = { links: { ...f.links, broken: [{ url: 'http://x/', page: 'http://www.example.gov.cn/c1/', reason: '404' }] } }
    expect(of(with_(broken), 'D22').points).toBe(0.1)
    expect(of(portal(broken, { home: home({ navigationOnly: true }), columns: [column({ id: 1 })] }), 'D22').points).toBe(0.2)
  })
  test('D25: 4 headlines, 1 point each; one that could not be searched stays open', () => {
    const found = (is: boolean | null) => with_({ search: { ...f.search, tried: f.search.tried.map((t) => ({ ...t, found: is })) } })
    expect(of(found(false), 'D25').points).toBe(4)
    expect(of(found(null), 'D25')).toMatchObject({ answer: 'not_observed', open: 4 })
  })
  test('bonus: earned, not earned, not seen', () => {
    const data = (newest: string) => of(portal({}, { columns: portalColumns().map((c) => (c.class === 'data' ? { ...c, newest } : c)) }), 'B1')
    const b1 = (newest: string) => check(portal({}, { columns: portalColumns().map((c) => (c.class === 'data' ? { ...c, newest } : c)) }), gov2019, NOW, 's').score.items.find((i) => i.id === 'B1')?.tenths
    expect([b1('2026-03-30'), b1('2026-03-29'), b1('2025-12-30'), b1('2025-12-29')]).toEqual([20, 10, 10, 0])
    expect(data('2025-12-29').answer).toBe('violated')
    expect(of(portal(), 'B2')).toMatchObject({ answer: 'met', points: 3 })
    expect(of(with_({ interpretation: { ...f.interpretation, pieces: f.interpretation.pieces.map((p) => ({ ...p, forms: ['text' as const] })) } }), 'B2').points).toBe(0)
    expect(of(portal(), 'B5').points).toBe(2)
    expect(of(with_({ services: { ...f.services, guides: times(8, (i) => guide(i, { basisLinked: false })) } }), 'B5')).toMatchObject({ answer: 'violated', points: 0 })
    expect(of(portal(), 'B7').points).toBe(3)
    expect(of(with_({ interaction: { ...f.interaction, surveys: f.interaction.surveys!.slice(0, 5) } }), 'B7').points).toBe(1)
    expect(of(with_({ interaction: { ...f.interaction, surveys: f.interaction.surveys!.map((s) => ({ ...s, feedbackOn: null })) } }), 'B7').points).toBe(2)
    expect(of(portal(), 'B8').points).toBe(4)
    expect(of(without('search'), 'B8')).toMatchObject({ answer: 'not_observed', points: 0, open: 4 })
  })
  test('a value that does not fit its schema decides nothing; an old one neither', () => {
    const probes = asProbes(fine())
    expect(of(portal({}, { probes: { ...probes, ipv6: { ...probes['ipv6']!, value: { aaaa: 'no' } } } }), 'D29')).toMatchObject({ answer: 'not_observed', reason: 'unreadable' })
    expect(of(portal({}, { probes: { ...probes, ipv6: { ...probes['ipv6']!, at: at(ago(40)), value: { aaaa: false, reached: null } } } }), 'D29').reason).toBe('observation_old')
  })
})

describe('findings of people', () => {
  const d28 = gov2019.rules.find((r) => r.id === 'D28')!
  const form = { by: '检查员甲', at: NOW, on: TODAY, value: { browsers: 1 }, evidence: ['a'.repeat(64)] }
  test('are signed, fit the form, and decide', () => {
    const finding = parseFinding(d28, { ...form, at: NOW.toISOString(), places: [{ question: 'browsers', note: 'Firefox 下导航错位', url: 'http://x/' }] })
    expect(of(portal({}, { findings: [...signed(['D28']), finding] }), 'D28')).toMatchObject({ answer: 'violated', points: 1 })
  })
  test.each([['no name', { by: ' ' }], ['a wrong question', { value: { browser: 1 } }], ['no answer', { value: {} }], ['a half', { value: { browsers: 0.5 } }], ['no such day', { on: '2026-02-30' }], ['no hash', { evidence: ['x'] }]])('refused: %s', (_, over) => {
    expect(() => parseFinding(d28, { ...form, ...over })).toThrow()
  })
  test('an indicator that observations decide takes none', () => {
    expect(() => parseFinding(gov2019.rules.find((r) => r.id === 'W3')!, form)).toThrow('observations')
  })
  test('stand for a quarter; the latest one counts; none from the future', () => {
    const said = (on: string, browsers: number) => ({ indicator: 'D28', by: '甲', at: at(on), on, value: { browsers }, evidence: [] })
    const run = (...findings: ReturnType<typeof said>[]) => of(portal({}, { findings }), 'D28')
    expect(run(said(ago(FINDING_STANDS_DAYS), 1)).points).toBe(1)
    expect(run(said(ago(FINDING_STANDS_DAYS + 1), 1)).answer).toBe('person')
    expect(run(said(ago(9), 1), said(ago(3), 0)).answer).toBe('met')
    expect(run(said('2026-07-01', 1)).answer).toBe('person')
  })
  test('a signed veto fails the channel', () => {
    const finding = { indicator: 'W1.1', by: '甲', at: NOW, on: TODAY, value: { found: true }, evidence: [] }
    expect(check(portal({}, { findings: [...signed(['W1.1']), finding] }), gov2019, NOW, 's').score).toMatchObject({ verdict: 'failed', vetoes: ['W1.1'] })
  })
})

describe('app-2026', () => {
  const app = (channel: object) => judge(account({}, { kind: 'app', ...channel }), edition('app-2026'), NOW)
  test('binds applications for internal use; those for the public by reference only', () => {
    const unfiled = { filingStatus: 'unfiled', regionCode: '360121' }
    expect(app({ ...unfiled, internalUse: true }).proposal).toMatchObject({ rule: 'A2', proposal: 'rectify' })
    expect(app(unfiled)).toMatchObject({ proposal: null })
    expect(app(unfiled).answers.find((a) => a.rule === 'A2')).toMatchObject({ answer: 'violated', proposes: null })
    expect(app({ filingStatus: 'filed', internalUse: true }).proposal).toBeNull()
    expect(app({ filingStatus: null, internalUse: true }).answers.find((a) => a.rule === 'A2')?.answer).toBe('not_observed')
  })
  test('units below the county should have none; the county may', () => {
    expect(app({ filingStatus: 'filed', internalUse: true, regionCode: '360121103' }).proposal).toMatchObject({ rule: 'A1', proposal: 'shut_down' })
    expect(app({ filingStatus: 'filed', internalUse: true, regionCode: '360121' }).proposal).toBeNull()
    expect(app({ filingStatus: 'filed', internalUse: true, regionCode: null }).proposal).toBeNull()
  })
})

describe('jiangxi-2020-campaign', () => {
  test('names its six kinds of problem and adds its own rule without code', () => {
    const e = edition('jiangxi-2020-campaign')
    expect(new Set(e.rules.map((r) => r.item.zh))).toEqual(new Set(['内容长期不更新', '功能失效或无效', '内容不更新', '功能不实用', '解读比例低', '互动回应差', '同一平台重复开设']))
    const facts = portal({ interpretation: { ...f.interpretation, documents: f.interpretation.documents.map((d) => ({ ...d, interpreted: false })) } })
    expect(check(facts, e, NOW, 's').results.find((r) => r.id === 'JX-D7')?.result.answer).toBe('violated')
  })
})
