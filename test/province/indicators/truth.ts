import { addMonths, dayInChina, daysBetween } from '../../../src/domain/date.ts'
import type { Day } from '../../../src/domain/date.ts'
import { FAMILIES } from '../cms/family.ts'
import { functionsOf, GUIDES, POOR } from '../functions/plan.ts'
import { itemsAt, newestAt } from '../streams.ts'
import type { Column, Item, Site } from '../types.ts'
import { isPortal, pairsOf, portalPlan, statisticsOn, STATISTICS_AGE, surveysOf } from './plan.ts'

/*
 * What is true of each automatic indicator of 国办秘函〔2019〕19号 on a site of the province, from the data and switches
 * that its pages are made of: never from a page, never from an evaluator. Where the pages do not let anybody tell (a wall,
 * a form that one would have to send, an address without a name), the truth is that it cannot be known.
 */

export type Known = 'met' | 'violated' | 'not_observed' | 'not_applicable'
export type VetoTruth = { readonly id: string; readonly answer: Known; readonly why: string }
/** Points that are certain, never beyond the cap, and whether more may come of what cannot be known. */
export type PointsTruth = { readonly id: string; readonly points: number; readonly open: boolean; readonly why: string }

/** The members that a check has drawn for one of its samples. */
export type Drawn = (sample: string) => readonly string[]

const CAPS: Readonly<Record<string, number>> = { D4: 5, D5: 5, D6: 5, D7: 3, D8: 3, D9: 4, D10: 3, D12: 2, D13: 8, D15: 2, D18: 6, D20: 3, D21: 3, D22: 1, D23: 1, D25: 4, D27: 1, D29: 1, B2: 3, B5: 2, B7: 3, B8: 4 }

const newestOf = (column: Column, now: Date): Day | null => (column.stream === null ? null : newestAt(column.stream, now))
const overDays = (newest: Day | null, days: number, today: Day): boolean => newest !== null && daysBetween(newest, today) > days
const overMonths = (newest: Day | null, months: number, today: Day): boolean => newest !== null && addMonths(newest, months) < today
const greatest = (days: readonly (Day | null)[]): Day | null => days.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null)

/** Is the column over the limit of its class: two weeks for news, six months for notices, documents and interpretations? */
function over(column: Column, now: Date): boolean {
  const today = dayInChina(now)
  const newest = newestOf(column, now)
  if (column.class === 'news') return overDays(newest, 14, today)
  return ['notice', 'policy', 'interpretation'].includes(column.class) && overMonths(newest, 6, today)
}

/** The veto clauses of a site that can be seen. */
export function vetoTruth(site: Site, now: Date): readonly VetoTruth[] {
  const today = dayInChina(now)
  const plan = functionsOf(site)
  const is = (id: string, broken: boolean, why: string): VetoTruth => ({ id, answer: broken ? 'violated' : 'met', why })
  const unknown = (id: string, why: string): VetoTruth => ({ id, answer: 'not_observed', why })
  const shown = site.columns.filter((c) => site.traps.includes('nav_only_home') || c.onHome)
  const home = greatest(shown.map((c) => newestOf(c, now)))
  const still = site.columns.filter((c) => ['news', 'notice', 'policy'].includes(c.class) && over(c, now)).length
  const blank = site.columns.filter((c) => c.form === 'blank').length
  const mailbox = site.columns.some((c) => c.form === 'interaction')
  return [
    is('W3', overDays(home, 14, today), `home page newest ${home ?? 'none'}`),
    is('W4a', still >= 5, `${still} columns still`),
    { id: 'W4b', answer: 'not_applicable', why: 'switched off: how long “long” is, no national text says' },
    is('W4c', blank >= 5, `${blank} blank columns`),
    is('W5a', !mailbox, mailbox ? 'an entry for letters' : 'no entry for letters'),
    !mailbox || plan.letters === 'absent' || plan.letters === 'walled' ? unknown('W5b', `letters ${mailbox ? plan.letters : 'have no mailbox'}: nobody sees what waits`) : is('W5b', plan.letters === 'broken', `letters ${plan.letters}`),
    is('W6a', false, 'a service hall on every site'),
    plan.guides === 'walled' ? unknown('W6b', 'the guides are walled') : is('W6b', plan.guides === 'broken' || plan.guides === 'absent', `guides ${plan.guides}: ${POOR.length} lack five elements, or all ${GUIDES.length} are not there`),
    { id: 'W6c', answer: 'not_applicable', why: `${GUIDES.length} services, not fewer than five` },
  ]
}

/** The deduction and bonus items of a portal. */
export function pointsTruth(site: Site, address: string, now: Date, drawn: Drawn): readonly PointsTruth[] {
  if (!isPortal(site)) return []
  const plan = portalPlan(site)
  const works = functionsOf(site)
  const at = (path: string): string => new URL(path, address).href
  const of = (id: string, points: number, why: string, unknown = false): PointsTruth => {
    const cap = CAPS[id] ?? 0
    const sum = Math.min(cap, Math.round(points * 10) / 10)
    return { id, points: sum, open: unknown && sum < cap, why }
  }
  const columns = (cls: Column['class']): readonly Column[] => site.columns.filter((c) => c.class === cls && c.form === 'list')
  const allOver = (cls: Column['class']): boolean => columns(cls).every((c) => over(c, now))
  const taken = new Set(['news', 'policy', 'interpretation'].filter((cls) => allOver(cls as Column['class'])))
  const rest = site.columns.filter((c) => !taken.has(c.class))
  const poor = rest.filter((c) => c.form === 'list' && over(c, now)).length
  const blank = rest.filter((c) => c.form === 'blank').length

  const pairs = pairsOf(site, now)
  const url = (column: Column, item: Item): string => at(FAMILIES[site.family].article(site, column, item))
  const explained = new Set(plan.linking === 'none' ? [] : pairs.map((p) => url(p.documentColumn, p.document)))
  const pieces = new Map(columns('interpretation').flatMap((c) => (c.stream === null ? [] : itemsAt(c.stream, now).map((i) => [url(c, i), i] as const))))
  const documents = new Map(columns('policy').flatMap((c) => (c.stream === null ? [] : itemsAt(c.stream, now).map((i) => [url(c, i), i] as const))))
  const named = (document: Item | undefined): boolean => document !== undefined && [...pieces.values()].some((p) => p.title.includes(core(document.title)) && p.day >= addMonths(dayInChina(now), -6))
  const paired = new Set(plan.linking === 'none' ? [] : pairs.map((p) => url(p.pieceColumn, p.piece)))
  const nothing = (sample: string): boolean => drawn(sample).length === 0

  const walled = works.guides === 'walled'
  const hall = drawn('D13')
  const guide = hall.reduce((sum, one) => {
    const n = GUIDES.findIndex((_, i) => at(`/bsfw/guide_${i}.html`) === one)
    if (works.guides === 'absent') return sum + 4
    const lacking = works.guides === 'broken' && POOR.includes(n) ? 5 * 0.5 : 0
    return sum + lacking + (plan.guides.includes('vague') ? 2 : 0) + (plan.guides.includes('unclear') ? 1 : 0) + (plan.guides.includes('name_only') ? 0.5 : 0)
  }, 0)
  const unlettered = works.letters === 'walled'
  const surveys = surveysOf(site)
  const due = surveys.filter((s) => addMonths(s.closedOn, 1) < dayInChina(now))
  const onTime = due.length > 0 && due.every((s) => s.answeredOn !== null && s.answeredOn <= addMonths(s.closedOn, 1))
  const found = works.search === 'working' || works.search === 'slow'
  // A home page that dates nothing shows no headline of which it is known when it was published: none is asked for, no article opened.
  const headlines = !site.traps.includes('home_undated')
  const figures = statisticsOn(site)
  return [
    of('D4', allOver('news') ? 5 : 0, 'news columns'),
    of('D5', allOver('policy') ? 5 : 0, 'policy document columns'),
    of('D6', allOver('interpretation') ? 5 : 0, 'interpretation columns'),
    of('D7', drawn('D7').filter((d) => !explained.has(d) && !named(documents.get(d))).length, `documents and pieces: ${plan.linking}`, nothing('D7')),
    // Which document a piece without a link explains, the piece does not say: whether that one leads back cannot be known.
    of('D8', drawn('D8').reduce((n, p) => n + (paired.has(p) ? (plan.linking === 'both' ? 0 : 0.5) : 0.5), 0), `documents and pieces: ${plan.linking}`, nothing('D8') || drawn('D8').some((p) => !paired.has(p))),
    of('D9', blank * 2 + poor, `${blank} blank, ${poor} still beside ${[...taken].join(' ')}`),
    of('D10', 0, `hall ${plan.hall}`, plan.hall === 'plain'),
    of('D12', figures === null ? 0 : plan.statistics === 'month' ? 1 : plan.statistics === 'quarter' ? 2 : 0, `statistics of ${figures ?? 'nothing seen'}, ${figures === null ? '' : STATISTICS_AGE[plan.statistics as 'fresh']} days`, figures === null),
    of('D13', guide, `guides ${works.guides}: ${plan.guides.join(' ')}`, walled),
    of('D15', works.guides !== 'absent' && plan.guides.includes('form_missing') ? drawn('D15').length : 0, plan.guides.join(' '), walled),
    works.letters === 'absent' ? of('D18', 6, 'no letters published', true)
      : of('D18', plan.letterUnits || unlettered ? 0 : drawn('D18').length, `letters ${works.letters}, unit ${plan.letterUnits}, statistics ${plan.letterStatistics}`, unlettered || !plan.letterStatistics),
    of('D20', 0, 'an address without a name has no domain', true),
    of('D21', plan.footer === 'whole' ? 0 : plan.footer === 'no_mark' ? 0.5 : 1.5, `footer ${plan.footer}`),
    of('D22', (works.brokenLink ? 0.2 : 0) + (works.brokenFile ? 0.2 : 0) + (works.guides === 'absent' ? GUIDES.length * 0.1 : 0), `link ${works.brokenLink}, file ${works.brokenFile}, guides ${works.guides}`),
    of('D23', plan.findFault === 'everywhere' ? 0 : 1, `entrance ${plan.findFault}`),
    of('D25', works.search === 'broken' || works.search === 'absent' ? 4 : 0, `search ${works.search}`, works.search === 'walled' || (found && !headlines)),
    of('D27', plan.tags === 'whole' || (plan.tags === 'no_article' && !headlines) ? 0 : plan.tags === 'no_site' && headlines ? 1 : 0.5, `tags ${plan.tags}`, !headlines),
    of('D29', 0, 'an address without a name has no AAAA record', true),
    // Every piece of the province is told as 一图读懂.
    of('B2', drawn('B2').filter((p) => pieces.get(p)?.title.startsWith('一图读懂') === true).length, 'pieces as charts', nothing('B2')),
    of('B5', works.guides !== 'absent' && !walled && plan.basis === 'linked' && !plan.guides.includes('name_only') ? 2 : 0, `basis ${plan.basis}`, walled || works.guides === 'absent'),
    of('B7', (surveys.length >= 6 ? 2 : 0) + (onTime ? 1 : 0), `${surveys.length} surveys, answered ${onTime}`),
    // Fuzzy search is found out by asking; a service in the results and subordinate sites cannot be told here.
    of('B8', found && headlines ? 1 : 0, `search ${works.search}`, true),
  ]
}

/** What stands in a document's 《》: the name by which a piece calls it. */
function core(title: string): string {
  return /《(.+)》/.exec(title)?.[1] ?? title
}
