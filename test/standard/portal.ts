import type { ChannelFacts, ColumnFacts, ProbeFact } from '../../src/standard/facts.ts'
import { gov2019 } from '../../src/standard/index.ts'
import { GUIDE_ELEMENTS, type ProbeId, type ProbeValue } from '../../src/standard/needs.ts'
import type { PersonFinding } from '../../src/standard/person.ts'
import type { ColumnClass } from '../../src/domain/page.ts'
import { ago, at, column, home, NOW, site, times, TODAY } from './build.ts'

export type Values = { -readonly [I in ProbeId]?: ProbeValue<I> }

export const guide = (i: number, over: Partial<ProbeValue<'services'>['guides'][number]> = {}): ProbeValue<'services'>['guides'][number] => ({
  name: `事项${i}`, url: `http://www.example.gov.cn/bs/${i}`, present: true, elements: [...GUIDE_ELEMENTS], unclearMaterials: [], vague: [], nameOnly: [],
  formRequired: true, formAvailable: true, basisLinked: true, ...over,
})

export const letter = (i: number, over: Partial<ProbeValue<'letters'>['letters'][number]> = {}): ProbeValue<'letters'>['letters'][number] => ({
  title: `来信${i}`, url: `http://www.example.gov.cn/xx/${i}`, askedOn: ago(20 + i), answeredOn: ago(18 + i), unit: '县教育局', answer: true, ...over,
})

/** Probe values of a portal with nothing wrong. */
export const fine = (): Required<Values> => ({
  availability: { samples: times(7 * 20, (i) => ({ at: at(ago(1 + Math.floor(i / 20)), 1 + (i % 20)), outcome: 'ok' as const, ms: 900 })) },
  links: { checked: 200, broken: [], not_observed: [] },
  attachments: { checked: 20, broken: [], not_observed: [] },
  search: {
    box: true, works: true, grouped: true, fuzzy: true, serves: true,
    tried: times(6, (i) => ({ title: `标题${i}`, url: `http://www.example.gov.cn/a/${i}`, found: true })),
    subordinate: times(3, (i) => ({ title: `下级标题${i}`, url: `http://sub.example.gov.cn/a/${i}`, found: true })),
  },
  interaction: {
    entries: [{ text: '县长信箱', url: 'http://www.example.gov.cn/xx/' }], submittable: true, unifiedLogin: true, effective: null,
    surveys: times(6, (i) => ({ title: `征集${i}`, url: `http://www.example.gov.cn/zj/${i}`, openedOn: ago(200 + i), closedOn: ago(170 + i), feedbackOn: ago(160 + i), byMailOnly: false })),
  },
  letters: { published: true, complete: true, letters: times(8, (i) => letter(i)), newestOn: ago(5), statistics: true },
  services: { entry: true, grouped: true, items: 8, guides: times(8, (i) => guide(i)), statistics: { published: true, newestOn: ago(10) } },
  interpretation: {
    documents: times(5, (i) => ({ url: `http://www.example.gov.cn/zc/${i}`, title: `文件${i}`, interpreted: true })),
    pieces: times(5, (i) => ({ url: `http://www.example.gov.cn/jd/${i}`, title: `解读${i}`, linksToDocument: true, documentLinksBack: true, forms: ['chart' as const] })),
  },
  tags: {
    pages: times(12, (i) => ({
      url: `http://www.example.gov.cn/p/${i}`, kind: i % 2 === 0 ? ('article' as const) : ('column' as const),
      metas: { SiteName: '某县人民政府', SiteDomain: 'www.example.gov.cn', SiteIDCode: '3601210001', ArticleTitle: '题', ColumnName: '栏' },
    })),
  },
  identity: {
    domainProper: true, nameProper: true, nameInHeader: true,
    footers: times(3, (i) => ({ url: `http://www.example.gov.cn/${i === 0 ? '' : i}`, home: i === 0, mark: true, siteCode: true, icp: true, police: true, sponsor: true, contact: true, findFault: true })),
  },
  ipv6: { aaaa: true, reached: true },
  tls: { https: true, daysLeft: 90 },
  forged_dates: { suspects: [] },
  hijack: { suspects: [] },
})

export const asProbes = (values: Values): Record<string, ProbeFact> =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { at: NOW, outcome: 'ok' as const, value, evidence: [`probe-${id}`] }]))

/** Signed findings that answer every question of every form with “nothing found” (and nothing earned). */
export const signed = (except: readonly string[] = []): PersonFinding[] =>
  gov2019.rules.filter((r) => r.form !== undefined && !except.includes(r.id)).flatMap((r): PersonFinding[] => {
    const questions = r.form!.questions.filter((q) => r.decided !== 'automatic' && !['absent', 'absent_department', 'quarter', 'half'].includes(q.key))
    const value = Object.fromEntries(questions.map((q) => [q.key, q.type === 'yes_no' ? false : 0]))
    return questions.length === 0 ? [] : [{ indicator: r.id, by: '检查员甲', at: NOW, on: TODAY, value, evidence: [] }]
  })

const col = (id: number, cls: ColumnClass, over: Partial<ColumnFacts> = {}): ColumnFacts => column({ id, class: cls, newest: ago(3), ...over })

export const portalColumns = (): ColumnFacts[] => [
  col(1, 'news'), col(2, 'notice'), col(3, 'policy'), col(4, 'interpretation'), col(5, 'overview', { newest: null }), col(6, 'organisation', { newest: null }),
  col(7, 'leaders', { newest: null }), col(8, 'interaction', { newest: null }), col(9, 'service', { newest: null }), col(10, 'data'),
]

/** A portal of which everything was seen and nothing is wrong; `values` replaces probe values. */
export const portal = (values: Values = {}, over: Partial<ChannelFacts> = {}, channel: Partial<ChannelFacts['channel']> = {}): ChannelFacts =>
  site({
    home: home({ navigationRead: true }), columns: portalColumns(), probes: asProbes({ ...fine(), ...values }), findings: signed(),
    consultation: { at: NOW, outcome: 'ok', entries: [{ text: '县长信箱', url: 'http://www.example.gov.cn/xx/' }], wholeHomeRead: true, evidence: ['home'] },
    ...over,
  }, { portal: true, ...channel })
