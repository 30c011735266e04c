import { addMonths, dayInChina } from '../../../src/domain/date.ts'
import { columnPath, FAMILIES } from '../cms/family.ts'
import { isPortal, pairsOf, portalPlan } from '../indicators/plan.ts'
import { itemsAt } from '../streams.ts'
import type { Trap } from '../traps.ts'
import type { Column, Item, Site } from '../types.ts'
import { CERTIFICATES } from './certificates.ts'
import { functionsOf, GUIDES, lettersOf, POOR } from './plan.ts'

/*
 * What a citizen would find not to work, probe by probe, from the switches and data that the pages are made of: never from a
 * page, never from a probe. Where nobody could tell from here, the truth is that nothing may be said.
 */

export const PROBE_IDS = ['links', 'attachments', 'search', 'interaction', 'letters', 'services', 'interpretation', 'tags', 'identity', 'ipv6', 'tls', 'hijack', 'availability', 'forged_dates'] as const
export type JudgedProbe = (typeof PROBE_IDS)[number]
/** Addresses, or the name of what is wrong; null where it cannot be observed. */
export type ProbeTruth = Readonly<Record<JudgedProbe, readonly string[] | null>>

const DAYS_SOON = 30
const DOCUMENTS = 10
/** Lists whose rows a script fetches: the probe reads what is written. */
const DRAWN: readonly Trap[] = ['jpage_proxy', 'json_list', 'buildstatic']
const GONE: Readonly<Record<string, true>> = { parked: true, default_page: true }

/** `watched`: a week's watch was kept, so that its figures can be asked for. */
export function probeTruth(site: Site, address: string, now: Date, watched = false): ProbeTruth {
  const nothing = Object.fromEntries(PROBE_IDS.map((id) => [id, null])) as Record<JudgedProbe, null>
  const decayed = site.traps.some((t) => t in GONE)
  // Somebody else's page, a notice or a shell stands there: the functions of the site are not to be seen.
  if (decayed) return { ...nothing, hijack: ['home'] }
  if (site.traps.some((t) => ['moved_notice', 'closed_notice', 'empty_shell'].includes(t))) return nothing
  const plan = functionsOf(site)
  const at = (path: string): string => new URL(path, address).href
  const limit = addMonths(dayInChina(now), -3)
  const hall = site.columns.some((c) => c.form === 'service')
  const entries = site.columns.some((c) => c.form === 'interaction')
  const missingGuides = hall && plan.guides === 'absent' ? GUIDES.map((_, i) => at(`/bsfw/guide_${i}.html`)) : []
  const missingMailbox = entries && plan.mailbox === 'broken' ? [at('/hdjl/mail.html')] : []
  return {
    links: [...(plan.brokenLink ? [at('/old/2019/tzgg_17.html')] : []), ...missingGuides, ...missingMailbox],
    attachments: plan.brokenFile ? [at('/files/ys.pdf')] : [],
    search: plan.search === 'walled' ? null : plan.search === 'broken' ? ['works'] : plan.search === 'absent' ? ['box'] : [],
    interaction: plan.mailbox === 'walled' ? null : missingMailbox,
    // A wall before one entry may hide the list where none is linked.
    letters: !entries || plan.letters === 'walled' || (plan.letters === 'absent' && plan.mailbox === 'walled') ? null : plan.letters === 'absent' ? ['published'] : lettersOf(site).filter((l) => l.answeredOn === null && l.askedOn < limit).map((l) => at(l.path)),
    services: !hall || plan.guides === 'walled' ? null : plan.guides === 'absent' ? missingGuides : plan.guides === 'broken' ? POOR.map((i) => at(`/bsfw/guide_${i}.html`)) : [],
    interpretation: site.traps.some((t) => DRAWN.includes(t)) ? null : unexplained(site, now).map(at),
    tags: tagTruth(site),
    identity: identityTruth(site),
    // An address without a name has no AAAA record that could be asked for.
    ipv6: null,
    tls: plan.tls === null ? ['https'] : daysLeft(plan.tls, now) < DAYS_SOON ? ['certificate'] : [],
    hijack: plan.hijack === 'injected' ? ['hidden_link', 'bad_words'] : [],
    availability: watched ? (plan.downPercent >= 5 ? ['down'] : []) : null,
    forged_dates: batches(site, now).map((c) => `batch ${at(columnPath(site, c))}`),
  }
}

const daysLeft = (name: keyof typeof CERTIFICATES, now: Date): number => (Date.parse(CERTIFICATES[name].validTo) - now.getTime()) / 86_400_000

/** The newest documents of six months that no piece leads to or names. */
function unexplained(site: Site, now: Date): readonly string[] {
  const from = addMonths(dayInChina(now), -6)
  const recent = (cls: Column['class']): readonly { column: Column; item: Item }[] => site.columns.filter((c) => c.class === cls)
    .flatMap((column) => (column.stream === null ? [] : itemsAt(column.stream, now).filter((i) => i.day >= from && !i.future).map((item) => ({ column, item }))))
  const pieces = recent('interpretation').slice(0, DOCUMENTS)
  const linked = new Set(isPortal(site) && portalPlan(site).linking !== 'none' ? pairsOf(site, now).map((p) => p.document.id) : [])
  const subject = (title: string): string => /《(.+?)》/.exec(title)?.[1] ?? title
  return recent('policy').slice(0, DOCUMENTS)
    .filter(({ item }) => !linked.has(item.id) && !pieces.some((p) => subject(p.item.title) === subject(item.title)))
    .map(({ column, item }) => FAMILIES[site.family].article(site, column, item))
}

function tagTruth(site: Site): readonly string[] {
  const { tags } = portalPlan(site)
  // A home page that dates nothing shows no article whose tags could be read.
  if (tags === 'no_article') return site.traps.includes('home_undated') ? [] : ['article']
  return tags === 'whole' ? [] : [tags === 'no_site' ? 'site' : 'column']
}

function identityTruth(site: Site): readonly string[] | null {
  // The foot of a page in frames stands in another.
  if (site.traps.includes('frameset')) return null
  const { footer, findFault } = portalPlan(site)
  return [...(footer === 'whole' ? [] : ['mark']), ...(footer === 'no_filings' ? ['icp', 'police'] : []), ...(findFault === 'everywhere' ? [] : ['findFault'])]
}

/** Columns in which a batch came up under dates long past, after the first day on which anybody looked. */
function batches(site: Site, now: Date): readonly Column[] {
  return site.traps.includes('backdated_batch') ? site.columns.filter((c) => (c.stream?.extras ?? []).filter((e) => e.place === 'by_date' && e.from > site.base && e.from <= dayInChina(now)).length >= 6) : []
}
