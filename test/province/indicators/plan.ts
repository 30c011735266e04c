import { addDays, addMonths, dayInChina } from '../../../src/domain/date.ts'
import type { Day } from '../../../src/domain/date.ts'
import { FAMILIES } from '../cms/family.ts'
import { itemsAt } from '../streams.ts'
import type { Column, Item, Site } from '../types.ts'

/** Vague wording; materials without their form; a basis by name only; a form that is demanded and offered, or not offered. */
export type GuideTrait = 'vague' | 'unclear' | 'name_only' | 'form' | 'form_missing'

/**
 * What the portals of the province do right and wrong beside their freshness and functions: one switch for each thing that
 * an indicator asks. Sites that are no portal are as the first choices say. A pure function of the site.
 */
export type PortalPlan = {
  /** D21: all six marks; all but that of party and government sites; nor the filings. */
  readonly footer: 'no_mark' | 'whole' | 'no_filings'
  /** D23. */
  readonly findFault: 'everywhere' | 'home_only' | 'nowhere'
  /** D27: tags of site, column and article; one layer missing. */
  readonly tags: 'whole' | 'no_article' | 'no_column' | 'no_site'
  /** D10: the hall shows its services under 个人办事 and 法人办事, or in one list. */
  readonly hall: 'plain' | 'grouped'
  /** D12: when the statistics of services were last renewed. */
  readonly statistics: 'none' | 'fresh' | 'month' | 'quarter'
  /** D13, D15: what each guide says or lacks, where the guides work. */
  readonly guides: readonly GuideTrait[]
  /** B5: the basis of each guide leads to the site's own library. */
  readonly basis: 'cited' | 'linked'
  /** D7, D8: piece and document lead to each other; the piece to the document alone; neither. */
  readonly linking: 'none' | 'both' | 'piece_only'
  /** D18. */
  readonly letterStatistics: boolean
  readonly letterUnits: boolean
  /** B7: surveys held within the year, and whether each that ended was answered. */
  readonly surveys: { readonly held: number; readonly answered: boolean }
}

/** By portal: those whose guides are not walled, absent or broken (`functionsOf`). */
const GUIDE_TRAITS: Readonly<Record<number, readonly GuideTrait[]>> = { 0: ['vague'], 3: ['name_only', 'form_missing'], 6: ['form'], 8: ['unclear'] }

const one = <T>(n: number, list: readonly [T, ...T[]]): T => list[n % list.length] ?? list[0]

export const isPortal = (site: Site): boolean => site.organisation.name.endsWith('人民政府')

export function portalPlan(site: Site): PortalPlan {
  const n = isPortal(site) ? site.seed % 1000 : 0
  return {
    footer: one(n, ['no_mark', 'whole', 'no_filings']),
    findFault: one(n, ['everywhere', 'home_only', 'everywhere', 'nowhere', 'everywhere']),
    tags: one(n, ['whole', 'whole', 'no_article', 'whole', 'no_column', 'no_site', 'whole']),
    hall: one(n, ['plain', 'grouped']),
    statistics: one(n, ['none', 'fresh', 'month', 'quarter']),
    guides: GUIDE_TRAITS[n] ?? [],
    basis: one(n, ['cited', 'linked', 'cited']),
    linking: one(n, ['none', 'both', 'piece_only', 'both']),
    letterStatistics: n % 2 === 1,
    letterUnits: n % 3 !== 2,
    surveys: one(n, [{ held: 0, answered: false }, { held: 6, answered: true }, { held: 5, answered: true }, { held: 7, answered: false }]),
  }
}

export const STATISTICS_AGE = { fresh: 10, month: 45, quarter: 110 } as const

/** The day on which the statistics of services were renewed; null without any. */
export function statisticsOn(site: Site): Day | null {
  const { statistics } = portalPlan(site)
  return statistics === 'none' ? null : addDays(site.base, -STATISTICS_AGE[statistics])
}

/** Documents and the pieces that explain them, in pairs: the newest with the newest. */
export function pairsOf(site: Site, now: Date): readonly { readonly document: Item; readonly documentColumn: Column; readonly piece: Item; readonly pieceColumn: Column }[] {
  const documentColumn = site.columns.find((c) => c.class === 'policy' && c.stream !== null)
  const pieceColumn = site.columns.find((c) => c.class === 'interpretation' && c.stream !== null)
  if (documentColumn?.stream == null || pieceColumn?.stream == null) return []
  const from = addMonths(dayInChina(now), -6)
  const recent = (column: Column): readonly Item[] => (column.stream === null ? [] : itemsAt(column.stream, now).filter((i) => i.day >= from && !i.future && !i.pinned))
  const pieces = recent(pieceColumn)
  return recent(documentColumn).slice(0, pieces.length).flatMap((document, i) => {
    const piece = pieces[i]
    return piece === undefined ? [] : [{ document, documentColumn, piece, pieceColumn }]
  })
}

const link = (site: Site, column: Column, item: Item, text: string): string => `<p><a href="${FAMILIES[site.family].article(site, column, item)}">${text}</a></p>`

/** What stands under an article that explains a document, or that a piece explains; empty under any other. */
export function crossLinks(site: Site, column: Column, item: Item, now: Date): string {
  const { linking } = portalPlan(site)
  if (linking === 'none' || !isPortal(site)) return ''
  const pair = pairsOf(site, now).find((p) => (p.documentColumn === column && p.document.id === item.id) || (p.pieceColumn === column && p.piece.id === item.id))
  if (pair === undefined) return ''
  if (pair.pieceColumn === column) return link(site, pair.documentColumn, pair.document, '政策原文')
  return linking === 'both' ? link(site, pair.pieceColumn, pair.piece, '相关解读') : ''
}

export type SurveyPlan = { readonly path: string; readonly title: string; readonly openedOn: Day; readonly closedOn: Day; readonly answeredOn: Day | null }

/** The surveys of the year, a month and a half apart; each lasts ten days. */
export function surveysOf(site: Site): readonly SurveyPlan[] {
  const { held, answered } = portalPlan(site).surveys
  return Array.from({ length: held }, (_, i): SurveyPlan => {
    const openedOn = addDays(site.base, -45 - 40 * i)
    const closedOn = addDays(openedOn, 10)
    return { path: `/hdjl/survey_${i}.html`, title: `关于${site.organisation.region.name}民生实事项目（第${i + 1}批）的意见征集`, openedOn, closedOn, answeredOn: answered || i > 0 ? addDays(closedOn, 15) : null }
  })
}
