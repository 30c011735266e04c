import type { ChannelFacts } from './facts.ts'
import { place } from './interpretation.ts'
import { probe, type ProbeValue } from './needs.ts'
import { unseen, type Tallies } from './scored.ts'

type Broken = ProbeValue<'links'>['broken'][number]

/** Same page, whatever the trailing slash or fragment. */
const key = (url: string): string => url.replace(/#.*$/, '').replace(/\/$/, '').replace(/^https?:\/\//, '').toLowerCase()

/**
 * D22: broken links and attachments on the home page and elsewhere; where the home page is only an entrance, those of all
 * second-level pages count as the home page's. Links that could not be tried count nowhere.
 */
export function brokenLinks(facts: ChannelFacts, now: Date): Tallies {
  const links = probe(facts, 'links', now)
  if ('unseen' in links) return { home: unseen(links.unseen), others: unseen(links.unseen) }
  const attachments = probe(facts, 'attachments', now)
  const evidence = [...links.evidence, ...('unseen' in attachments ? [] : attachments.evidence)]
  const broken = [...links.value.broken, ...('unseen' in attachments ? [] : attachments.value.broken)]
  const front = new Set([
    ...(facts.channel.address === undefined ? [] : [key(facts.channel.address)]),
    ...(facts.home?.navigationOnly === true ? facts.columns.map((c) => key(c.url)) : []),
  ])
  // One address broken on one page is one place, whichever probe found it.
  const once = [...new Map(broken.map((b) => [`${key(b.page)}\n${b.url}`, b])).values()]
  const tally = (rows: readonly Broken[]) => ({ count: rows.length, places: rows.map((b) => place(b.page, b.url, 'violated', `打不开:${b.reason}`, `does not open: ${b.reason}`)), evidence })
  const onFront = (b: Broken): boolean => front.has(key(b.page))
  return { home: tally(once.filter(onFront)), others: tally(once.filter((b) => !onFront(b))) }
}
