import type { ChannelFacts, ColumnFacts } from '../../src/standard/facts.ts'
import { gov2019 } from '../../src/standard/index.ts'
import type { ProbeId } from '../../src/standard/needs.ts'
import { account, ago, at, blankColumn, column, home, NOW, posts, site, times } from './build.ts'
import { asProbes, fine, guide, letter, portal, portalColumns, type Values } from './portal.ts'

/** What is expected: an answer, or the points that an item comes to. */
export type Expected = 'met' | 'violated' | 'not_observed' | number
/** Facts on both sides of one parameter's edge. */
export type Edge = readonly [param: string, inside: ChannelFacts, Expected, outside: ChannelFacts, Expected]
export type Ways = {
  readonly met: ChannelFacts
  readonly violated: ChannelFacts
  readonly notApplicable: ChannelFacts
  readonly notObserved: ChannelFacts
  readonly edges: readonly Edge[]
}

const f = fine()
const withOf = (values: Values): ChannelFacts => portal(values)
const without = (probe: ProbeId): ChannelFacts => portal({}, { probes: Object.fromEntries(Object.entries(asProbes(fine())).filter(([id]) => id !== probe)) })
const noPortal = site({ probes: asProbes(fine()) })
const noServices = portal({}, {}, { stateCouncil: true, publicServices: false })
const noService = portal({}, {}, { publicServices: false })

const series = (perDay: number, failures: number, { days = 7, ms = 15_000 } = {}): ChannelFacts => withOf({
  availability: { samples: times(perDay * days, (i) => ({ at: at(ago(1 + Math.floor(i / perDay)), 1 + (i % perDay) * (20 / perDay)), outcome: 'ok' as const, ms: i < failures ? ms : 900 })) },
})
const still = (n: number, over: Partial<ColumnFacts>): ChannelFacts => site({ columns: times(n, () => column(over)) })
const unseen = (n: number, over: Partial<ColumnFacts> = {}): ChannelFacts => still(n, { newest: ago(400), outcome: 'challenge', ...over })
const waiting = (askedOn: string): ChannelFacts => withOf({ letters: { ...f.letters, letters: [letter(1, { askedOn, answeredOn: null, answer: false })] } })
const poor = (bad: number, total: number, missing: number): ChannelFacts =>
  withOf({ services: { ...f.services, items: total, guides: times(total, (i) => guide(i, i < bad ? { elements: guide(0).elements.slice(missing) } : {})) } })
const guides = (over: Parameters<typeof guide>[1]): ChannelFacts => withOf({ services: { ...f.services, guides: times(8, (i) => guide(i, over)) } })
const on = (cls: string, over: Partial<ColumnFacts>): ChannelFacts => portal({}, { columns: portalColumns().map((c) => (c.class === cls ? { ...c, ...over } : c)) })
const more = (...columns: ColumnFacts[]): ChannelFacts => portal({}, { columns: [...portalColumns(), ...columns] })
const consultation = (entries: number, wholeHomeRead: boolean): ChannelFacts =>
  site({ consultation: { at: NOW, outcome: 'ok', entries: times(entries, () => ({ text: '信箱', url: 'http://x/' })), wholeHomeRead, evidence: [] } })
const stated = (daysAgo: number): ChannelFacts => account({ posts: posts({ source: 'attested', outcome: 'attested', attestedOn: ago(daysAgo), newest: ago(60) }) })
const nothingSince = (hours: number): ChannelFacts => account({ posts: posts({ newest: null, outcome: 'ok_empty', emptySince: new Date(NOW.getTime() - hours * 3_600_000) }) }, { openedOn: '2026-01-01' })
const statistics = (newestOn: string | null, published = true): ChannelFacts => withOf({ services: { ...f.services, statistics: { published, newestOn } } })
const surveys = (n: number, over: object = {}): ChannelFacts => withOf({ interaction: { ...f.interaction, surveys: f.interaction.surveys!.slice(0, n).map((s) => ({ ...s, ...over })) } })
const foot = (over: object): ChannelFacts => withOf({ identity: { ...f.identity, footers: f.identity.footers.map((x) => ({ ...x, ...over })) } })
const pieces = (over: object): ChannelFacts => withOf({ interpretation: { ...f.interpretation, pieces: f.interpretation.pieces.map((p) => ({ ...p, ...over })) } })

const scored = (probe: ProbeId, violated: ChannelFacts, edges: readonly Edge[] = [], notApplicable = noPortal): Ways => ({ met: portal(), violated, notApplicable, notObserved: without(probe), edges })
const opened = (cls: string, inside: string, outside: string): Ways => ({
  met: portal(), violated: portal({}, { columns: portalColumns().filter((c) => c.class !== cls) }), notApplicable: noPortal, notObserved: on(cls, { newest: ago(400), outcome: 'challenge' }),
  edges: [['limit', on(cls, { newest: inside }), 0, on(cls, { newest: outside }), 5]],
})

/** Every indicator that observations decide, four ways, and on both sides of each of its parameters. */
export const WAYS: Readonly<Record<string, Ways>> = {
  W2: {
    met: series(20, 0), violated: series(20, 140), notApplicable: account(), notObserved: without('availability'),
    edges: [
      // 349 and 350 of 7,000: 4.99 % and 5.00 %.
      ['percent', series(1000, 349), 'met', series(1000, 350), 'violated'],
      ['limit', series(20, 140, { ms: 14_999 }), 'met', series(20, 140), 'violated'],
      ['visits', series(20, 140), 'violated', series(19, 133), 'not_observed'],
      ['days', series(20, 140), 'violated', series(20, 120, { days: 6 }), 'not_observed'],
    ],
  },
  W3: {
    met: site(), violated: site({ home: home({ newest: ago(40) }) }), notApplicable: account(), notObserved: site({ home: home({ newest: ago(40), outcome: 'challenge' }) }),
    edges: [['limit', site({ home: home({ newest: ago(14) }) }), 'met', site({ home: home({ newest: ago(15) }), columns: [] }), 'violated']],
  },
  W4a: {
    met: site(), violated: still(9, { newest: ago(90) }), notApplicable: account(), notObserved: unseen(9),
    edges: [
      ['news', still(5, { newest: ago(14) }), 'met', still(5, { newest: ago(15) }), 'violated'],
      ['policy', still(5, { newest: '2025-12-30', class: 'policy' }), 'met', still(5, { newest: '2025-12-29', class: 'policy' }), 'violated'],
      ['count', still(4, { newest: ago(15) }), 'met', still(5, { newest: ago(15) }), 'violated'],
    ],
  },
  // Switched on for the test: by default it applies to nobody.
  W4b: {
    met: still(12, { class: 'data' }), violated: still(12, { class: 'data', newest: '2020-01-01' }), notApplicable: account(), notObserved: unseen(12, { class: 'data' }),
    edges: [
      ['long', still(10, { class: 'data', newest: '2025-06-30' }), 'met', still(10, { class: 'data', newest: '2025-06-29' }), 'violated'],
      ['count', still(9, { class: 'data', newest: '2025-06-29' }), 'met', still(10, { class: 'data', newest: '2025-06-29' }), 'violated'],
    ],
  },
  W4c: {
    met: site(), violated: site({ columns: times(9, () => blankColumn()) }), notApplicable: account(), notObserved: unseen(5, { newest: null, empty: true }),
    edges: [['count', site({ columns: times(4, () => blankColumn()) }), 'met', site({ columns: times(5, () => blankColumn()) }), 'violated']],
  },
  W5a: { met: consultation(1, true), violated: consultation(0, true), notApplicable: account(), notObserved: consultation(0, false), edges: [] },
  W5b: {
    met: portal(), violated: waiting('2026-01-10'), notApplicable: account(), notObserved: without('letters'),
    edges: [['limit', waiting('2026-03-30'), 'met', waiting('2026-03-29'), 'violated'], ['back', waiting('2025-06-29'), 'met', waiting('2025-06-30'), 'violated']],
  },
  W6a: { met: portal(), violated: withOf({ services: { ...f.services, entry: false } }), notApplicable: noService, notObserved: without('services'), edges: [] },
  W6b: {
    met: portal(), violated: poor(8, 8, 10), notApplicable: noService, notObserved: without('services'),
    edges: [['elements', poor(8, 8, 3), 'met', poor(8, 8, 4), 'violated'], ['items', poor(4, 8, 4), 'met', poor(5, 8, 4), 'violated']],
  },
  W6c: {
    met: poor(0, 4, 4), violated: poor(4, 4, 10), notApplicable: noService, notObserved: without('services'),
    edges: [['elements', poor(4, 4, 3), 'met', poor(4, 4, 4), 'violated'], ['items', poor(3, 4, 4), 'met', poor(4, 4, 4), 'violated']],
  },
  N2a: {
    met: account(), violated: account({ posts: posts({ newest: ago(60) }) }), notApplicable: account({}, { functionType: 'service' }), notObserved: account({ posts: posts({ newest: ago(60), outcome: 'login_wall' }) }),
    edges: [
      ['limit', account({ posts: posts({ newest: ago(14) }) }), 'met', account({ posts: posts({ newest: ago(15) }) }), 'violated'],
      ['attestation', stated(30), 'violated', stated(31), 'not_observed'],
      ['confirm', nothingSince(24), 'violated', nothingSince(23.99), 'not_observed'],
    ],
  },
  D4: opened('news', ago(14), ago(15)),
  D5: opened('policy', '2025-12-30', '2025-12-29'),
  D6: opened('interpretation', '2025-12-30', '2025-12-29'),
  D7: scored('interpretation', withOf({ interpretation: { ...f.interpretation, documents: f.interpretation.documents.map((d) => ({ ...d, interpreted: false })) } })),
  D8: scored('interpretation', pieces({ documentLinksBack: false })),
  D9: {
    met: portal(), violated: more(blankColumn({ class: 'topic' })), notApplicable: noPortal, notObserved: more(column({ class: 'notice', newest: ago(400), outcome: 'challenge' })),
    edges: [
      ['news', more(column({ newest: ago(14) })), 0, more(column({ newest: ago(15) })), 1],
      ['policy', more(column({ class: 'notice', newest: '2025-12-30' })), 0, more(column({ class: 'notice', newest: '2025-12-29' })), 1],
    ],
  },
  D10: scored('services', withOf({ services: { ...f.services, grouped: false } }), [], noServices),
  D12: scored('services', statistics(null, false), [['month', statistics('2026-05-30'), 0, statistics('2026-05-29'), 1], ['quarter', statistics('2026-03-30'), 1, statistics('2026-03-29'), 2]], noServices),
  D13: scored('services', guides({ vague: ['法律法规规定的其他材料'] }), [], noServices),
  D15: scored('services', guides({ formAvailable: false }), [], noServices),
  D18: scored('letters', withOf({ letters: { ...f.letters, published: false } }), [['limit', withOf({ letters: { ...f.letters, newestOn: '2026-04-30' } }), 0, withOf({ letters: { ...f.letters, newestOn: '2026-04-29' } }), 3]]),
  D20: scored('identity', withOf({ identity: { ...f.identity, domainProper: false } })),
  D21: scored('identity', foot({ icp: false })),
  D22: scored('links', withOf({ links: { ...f.links, broken: [{ url: 'http://x/', page: 'http://www.example.gov.cn/', reason: '404' }] } })),
  D23: scored('identity', foot({ findFault: false })),
  D25: scored('search', withOf({ search: { ...f.search, works: false } })),
  D27: scored('tags', withOf({ tags: { pages: f.tags.pages.map((p) => ({ ...p, metas: {} })) } })),
  D29: scored('ipv6', withOf({ ipv6: { aaaa: false, reached: null } })),
  B2: scored('interpretation', pieces({ forms: ['text' as const] })),
  B5: scored('services', guides({ basisLinked: false })),
  B7: scored('interaction', surveys(0), [
    ['count', surveys(6), 3, surveys(5), 1],
    ['back', surveys(6, { openedOn: '2025-06-30', closedOn: '2025-07-10', feedbackOn: '2025-07-20' }), 3, surveys(6, { openedOn: '2025-06-29', closedOn: '2025-07-10', feedbackOn: '2025-07-20' }), 0],
    ['feedback', surveys(6, { closedOn: '2026-04-10', feedbackOn: '2026-05-10' }), 3, surveys(6, { closedOn: '2026-04-10', feedbackOn: '2026-05-11' }), 2],
  ]),
  B8: scored('search', withOf({ search: { ...f.search, fuzzy: false, serves: false, subordinate: f.search.subordinate.map((s) => ({ ...s, found: false })) } })),
}

/** Parameters that need no edge of their own: points, and how long a look may stand for the present. */
export const WITHOUT_EDGE = (name: string): boolean => name.startsWith('points_') || name === 'looked'

export const AUTOMATIC = gov2019.rules.filter((r) => r.decided === 'automatic')
