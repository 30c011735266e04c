import { daysBetween } from '../domain/date.ts'
import type { Text } from '../domain/text.ts'
import type { ChannelFacts, LateItem } from './facts.ts'
import { probe } from './needs.ts'

export type Leads = { readonly texts: readonly Text[]; readonly evidence: readonly string[] }

/** What the hijack probe suspects. */
export function hijackLeads(facts: ChannelFacts, now: Date): Leads {
  const seen = probe(facts, 'hijack', now)
  if ('unseen' in seen) return { texts: [], evidence: [] }
  return {
    texts: seen.value.suspects.map((s) => ({ zh: `疑似:${s.what}${s.url === null ? '' : `(${s.url})`}`, en: `suspected: ${s.what}${s.url === null ? '' : ` (${s.url})`}` })),
    evidence: seen.evidence,
  }
}

/**
 * Back-dated batches: items that we did not see at our previous look at their list, though they bear a date at least
 * `lag` days before that look; `batch` or more that appeared on one day make a lead. They never change a freshness
 * verdict: printed dates are judged as printed, and the suspicion goes to a person.
 */
export function backDated(items: readonly LateItem[], lag: number, batch: number): readonly (readonly LateItem[])[] {
  const byDay = new Map<string, LateItem[]>()
  for (const item of items) {
    if (item.firstSeenOn < item.previousLookOn) continue
    if (daysBetween(item.date, item.previousLookOn) < lag) continue
    byDay.set(item.firstSeenOn, [...(byDay.get(item.firstSeenOn) ?? []), item])
  }
  return [...byDay.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group).filter((group) => group.length >= batch)
}

/** Suspicions of 伪造发稿日期, from our own first sight of items and from the probe. */
export function forgedDateLeads(facts: ChannelFacts, lag: number, batch: number, now: Date): Leads {
  const batches = backDated(facts.lateItems ?? [], lag, batch).map((group): Text => {
    const dates = group.map((i) => i.date).sort()
    const [first, day, last] = [dates[0] ?? '', group[0]?.firstSeenOn ?? '', dates.at(-1) ?? '']
    return {
      zh: `${day}首次出现${group.length}条落款${first}至${last}的信息,而此前查看时并不存在`,
      en: `${group.length} items dated ${first} to ${last} first appeared on ${day}, and were not there at the look before`,
    }
  })
  const seen = probe(facts, 'forged_dates', now)
  if ('unseen' in seen) return { texts: batches, evidence: [] }
  return { texts: [...batches, ...seen.value.suspects.map((s) => ({ zh: s.what, en: s.what }))], evidence: seen.evidence }
}
