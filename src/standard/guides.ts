import type { ChannelFacts } from './facts.ts'
import { GUIDE_ELEMENTS, probe, type ProbeValue } from './needs.ts'
import { met, notApplicable, notObserved, violated, type Place, type Result } from './result.ts'

export type Guide = ProbeValue<'services'>['guides'][number]

/** Key elements (of ten) that a guide lacks. A guide that is not there lacks all. */
export const missingElements = (g: Guide): readonly string[] => (g.present ? GUIDE_ELEMENTS.filter((e) => !g.elements.includes(e)) : GUIDE_ELEMENTS)

export const guidePlace = (g: Guide, zh: string, en: string): Place => ({
  name: g.name, url: g.url, answer: 'violated', reason: null, newest: null, daysOver: null, since: null, note: { zh, en },
})

/**
 * W6b and W6c: guides that lack `elements` or more. Where the site has `items` services or more, that many such guides
 * break the rule; where it has fewer, all of them. Guides not read leave the question open while they could decide it.
 */
export function poorGuides(facts: ChannelFacts, which: 'many' | 'few', elements: number, items: number, now: Date): Result {
  if (facts.channel.publicServices === false) return notApplicable()
  const seen = probe(facts, 'services', now)
  if ('unseen' in seen) return notObserved(seen.unseen)
  const { guides, items: total } = seen.value
  const shown = { evidence: seen.evidence }
  const poor = guides.filter((g) => missingElements(g).length >= elements)
  const places = poor.map((g) => guidePlace(g, `缺少:${missingElements(g).join('、')}`, `lacks ${missingElements(g).length} of the ten elements`))
  if (total === null) return which === 'many' && poor.length >= items ? violated({ ...shown, places }) : notObserved('partly_observed', { ...shown, places })
  if ((total < items) !== (which === 'few') || total === 0) return notApplicable()
  const unread = Math.max(0, total - guides.length)
  const needed = which === 'few' ? total : items
  if (poor.length >= needed) return violated({ ...shown, places })
  return poor.length + unread >= needed ? notObserved('partly_observed', { ...shown, places }) : met({ ...shown, places })
}
