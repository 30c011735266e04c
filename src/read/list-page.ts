import type { Day } from '../domain/date.ts'
import type { ListItem, PageKind } from '../domain/page.ts'
import type { Witness } from '../domain/witness.ts'
import type { Judged } from './article.ts'
import type { Section } from './lists/sections.ts'

/** Rows of the lists that hold, newest first; undated ones after, in the page's order. */
export function itemsOf(sections: readonly Section[], embedded: readonly ListItem[]): ListItem[] {
  const seen = new Set<string>()
  const out: ListItem[] = []
  for (const item of [...embedded, ...sections.flatMap((s) => [...s.items])]) {
    const key = `${item.url ?? ''} ${item.title}`
    if (seen.has(key)) continue
    seen.add(key)
    out.push(item)
    if (out.length >= 1000) break
  }
  return out.sort((a, b) => (a.date === b.date ? 0 : (b.date ?? '') < (a.date ?? '') ? -1 : 1))
}

/** Lists that stand on any page, whatever it is about. */
const BESIDE = /热门|热点|推荐|排行|相关|最新|图片|专题|友情|猜你/

/** Characters between a story set above a list and the list: no heading fits in. */
const LEAD_GAP = 3

/** The list a list page is about: the heaviest one, with those of its kind; a home page is about all of its lists. */
export function mainSections(kind: PageKind, sections: readonly Section[]): readonly Section[] {
  const dated = sections.filter((s) => s.newest !== null)
  if (kind === 'home') {
    const central = dated.filter((s) => !s.aside)
    return central.length > 0 ? central : dated
  }
  const weight = (s: Section): number => (s.dated > 0 ? s.weight : s.weight * 0.3) * (s.aside ? 0.4 : BESIDE.test(s.name ?? '') ? 0.7 : 1)
  let best: Section | null = null
  for (const section of dated) if (best === null || weight(section) > weight(best)) best = section
  if (best === null) return []
  const list = best
  return dated.filter((s) => s === list || (s.dated > 0 && !s.aside && !BESIDE.test(s.name ?? '') && (isLead(s, list) || isTwin(s, list) || isLike(s, list, weight(s) / weight(list)))))
}

/** A story set right above the list, with its picture and summary. */
const isLead = (s: Section, list: Section): boolean => s.dated <= 2 && s.last <= list.start && list.start - s.last <= LEAD_GAP

/** A list that the same template made (国务院文件 beside 县政府文件), whatever its size: a live column must not look older than it is. */
const isTwin = (s: Section, list: Section): boolean => s.shape !== null && s.shape === list.shape

/** A part of a list that is cut into several (a block for every five rows), or a list of like size under a name of its own. A small box beside the list is neither. */
const isLike = (s: Section, list: Section, share: number): boolean => s.dated >= 3 && share >= (s.name === list.name || s.name === null ? 0.4 : 0.6)

/** The newest publication of the list or home page at `url`, with the witnesses of the newest rows. */
export function judgeList({ kind, url }: { kind: PageKind; url: string }, sections: readonly Section[], embedded: readonly ListItem[]): Judged {
  const rows = embedded.some((i) => i.date !== null) && sections.every((s) => s.dated === 0) ? embedded : [...mainSections(kind, sections).flatMap((s) => [...s.items]), ...(kind === 'home' ? embedded : [])]
  const dated = rows.filter((i) => i.date !== null)
  const printed = dated.filter((i) => i.witness?.source !== 'url')
  // Rows whose dates are printed outrank days read from addresses; on a home page, pictures that lead to newer pages of its own are news as well.
  const counted = printed.length === 0 ? dated : kind === 'home' ? dated.filter((i) => i.witness?.source !== 'url' || isOwn(i, url)) : printed
  let newest: Day | null = null
  for (const item of counted) if (item.date !== null && (newest === null || item.date > newest)) newest = item.date
  const witnesses: Witness[] = []
  for (const item of counted) if (item.date === newest && item.witness !== null && witnesses.length < 6) witnesses.push(item.witness)
  for (const item of rows) if (item.witness?.doubt !== undefined && witnesses.length < 12) witnesses.push(item.witness)
  return { date: newest, confidence: newest === null ? 'none' : witnesses.length > 1 ? 'agreed' : 'single', witnesses }
}

function isOwn(item: ListItem, url: string): boolean {
  const own = hostOf(url)
  return own !== null && item.url !== null && hostOf(item.url) === own
}

function hostOf(url: string): string | null {
  return URL.parse(url)?.host.replace(/^www\./, '') ?? null
}
