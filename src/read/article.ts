import { type Day, daysBetween, makeDay } from '../domain/date.ts'
import type { PageFacts } from '../domain/page.ts'
import type { Witness, WitnessSource } from '../domain/witness.ts'
import { type Heading, findHeading } from './collect/heading.ts'
import { type Label, labelOf, WEEKDAY } from './collect/labels.ts'
import { type HeadingZone, fillsLine, headingZone, inByline, inRunningText, standsApart } from './collect/zone.ts'
import { VAGUE, type Metas } from './collect/metas.ts'
import { jsonLdDates } from './collect/json-ld.ts'
import { markedDates } from './collect/microdata.ts'
import { heldEpochs } from './collect/epochs.ts'
import { embeddedDates, writtenDates } from './collect/scripts.ts'
import type { Context } from './context.ts'
import type { DateHit } from './dates/hit.ts'
import { firstDate, isFuture } from './dates/parse.ts'
import { urlDate, urlMonth } from './dates/url.ts'
import { attribute } from './html/attributes.ts'
import type { Section } from './lists/sections.ts'
import { neighbourhood } from './collect/neighbourhood.ts'

export type Judged = { readonly date: Day | null; readonly confidence: PageFacts['confidence']; readonly witnesses: readonly Witness[] }

/** A witness with its weight: what it is counts, then where it stands. */
type Candidate = { source: WitnessSource; day: Day; raw: string; where: string; weight: number; doubt?: string; partial?: boolean; yearLess?: boolean }

/** Below this weight a witness is shown but decides nothing: no date is better than an invented one. */
const SPEAKS = 30

/** When an article was published, with the witnesses for it, the believed one first. */
export function judgeArticle(context: Context, metas: Metas, sections: readonly Pick<Section, 'taken'>[] = []): Judged {
  const heading = findHeading(context, metas)
  const candidates: Candidate[] = [
    ...metaCandidates(context, metas),
    ...structuredCandidates(context),
    ...visibleCandidates(context, heading, rowDates(sections, heading), newestMeta(metas)),
    ...timeTagCandidates(context, heading),
    ...markedCandidates(context, heading),
    ...writtenCandidates(context, heading),
  ]
  const url = urlDate(context.source.url) ?? urlDate(metas.values['og:url'] ?? metas.values['url'] ?? '')
  if (url !== null) candidates.push({ source: 'url', day: url.day, raw: url.raw, where: 'address', weight: 44 })
  if (!candidates.some((c) => c.weight >= 60 && c.doubt === undefined && c.partial !== true)) candidates.push(...embeddedCandidates(context), ...heldCandidates(context))
  return decide(context, candidates)
}

function metaCandidates(context: Context, metas: Metas): Candidate[] {
  const generated = metas.dates.filter((d) => d.says === 'generated').map((d) => d.day)
  return metas.dates.map((d): Candidate => {
    const where = `meta[${d.name}]`
    if (d.says === 'generated') return { source: 'meta', day: d.day, raw: d.raw, where, weight: 0, doubt: 'generated' }
    if (d.says === 'updated') return { source: 'meta', day: d.day, raw: d.raw, where, weight: context.chinese ? 34 : 40 }
    const weight = (context.chinese ? 84 : 92) - Math.min(d.rank, 30) * 0.3 - (d.rank > 80 ? 20 : VAGUE.has(d.name.toLowerCase()) ? 22 : 0)
    // A PubDate that only repeats the moment of generation is the template's, not the article's.
    return generated.includes(d.day) ? { source: 'meta', day: d.day, raw: d.raw, where, weight: 40, doubt: 'generated' } : { source: 'meta', day: d.day, raw: d.raw, where, weight }
  })
}

function structuredCandidates(context: Context): Candidate[] {
  return jsonLdDates(context).map((d, i) => ({
    source: 'json_ld',
    day: d.day,
    raw: d.raw,
    where: `ld+json ${d.key}`,
    weight: (d.says === 'updated' ? 38 : (context.chinese ? 80 : 90) - Math.min(i, 20)) - (d.rank === 2 ? 45 : 0),
  }))
}

function embeddedCandidates(context: Context): Candidate[] {
  const found = embeddedDates(context)
  const days = new Map<string, Set<Day>>()
  for (const d of found) days.set(d.key, (days.get(d.key) ?? new Set()).add(d.day))
  return found.map((d, i): Candidate => {
    const platform = d.key === 'ct' || d.key.startsWith('ori')
    let weight = (platform ? 70 : /creat/i.test(d.key) ? 42 : 52) - Math.min(i, 15) * 0.5
    // One name with many days belongs to the rows of a list, not to the page.
    if (!platform && (days.get(d.key)?.size ?? 0) > 1) weight -= 25
    return { source: platform ? 'platform' : 'embedded', day: d.day, raw: d.raw, where: `script ${d.key}`, weight }
  })
}

/** Moments held for a script to print; where there are several days they belong to the rows of a list. */
function heldCandidates(context: Context): Candidate[] {
  const held = heldEpochs(context)
  const several = new Set(held.map((d) => d.day)).size > 1
  return held.slice(0, 1).map((d): Candidate => ({ source: 'embedded', day: d.day, raw: d.raw, where: 'tag', weight: several ? 20 : 48 }))
}

function writtenCandidates(context: Context, heading: Heading | null): Candidate[] {
  return writtenDates(context).map((d) => {
    const near = heading !== null && d.at >= heading.from - 200 && d.at <= heading.to + 400
    return { source: 'embedded', day: d.day, raw: d.raw, where: 'document.write', weight: near ? 78 : 36 }
  })
}

function timeTagCandidates(context: Context, heading: Heading | null): Candidate[] {
  const { tape } = context
  const out: Candidate[] = []
  for (const node of context.all.times.slice(0, 40)) {
    const value = attribute(tape, node, 'datetime')
    if (value === null) continue
    const hit = firstDate(value, context.today, context.dayFirst)
    if (hit?.day === null || hit === null || hit.form === 'month_day' || hit.form === 'relative') continue
    const at = tape.flowFrom[node] ?? 0
    const spot = neighbourhood(context, node, heading?.from ?? -1)
    const published = attribute(tape, node, 'itemprop')?.toLowerCase() === 'datepublished' || attribute(tape, node, 'pubdate') !== null
    const updated = /updated|modified/i.test((attribute(tape, node, 'class') ?? '') + (attribute(tape, node, 'itemprop') ?? ''))
    const near = heading !== null && at >= heading.from - 400 && at <= heading.to + 800
    let weight = near ? 66 - Math.min(20, Math.abs(at - heading.to) / 40) : 45 - Math.min(10, out.length)
    if (published) weight += 10
    if (updated) weight -= 20
    if (spot.aside) weight -= 40
    out.push({ source: 'time_tag', day: hit.day, raw: value.slice(0, 120), where: 'time[datetime]', weight })
  }
  return out
}

/**
 * Dates of the rows of lists that stand beside the article: each is its row's, and no publication of this page. Behind
 * the title three rows make a list: a by-line may hold two dates and the author's link.
 */
function rowDates(sections: readonly Pick<Section, 'taken'>[], heading: Heading | null): ReadonlySet<number> {
  return new Set(sections.flatMap((s) => (s.taken.length >= 3 ? s.taken : s.taken.length === 2 ? s.taken.filter((from) => heading !== null && from < heading.from) : [])))
}

/** Dates marked up as the publication, unless they belong to what stands beside the article. */
function markedCandidates(context: Context, heading: Heading | null): Candidate[] {
  return markedDates(context).map((d, i): Candidate => {
    const aside = neighbourhood(context, d.node, heading?.from ?? -1).aside
    return { source: 'time_tag', day: d.day, raw: d.raw, where: d.where, weight: (d.says === 'updated' ? 36 : 76 - Math.min(i, 10)) - (aside ? 50 : 0) }
  })
}

/** The newest day that a meta gives as the publication. */
function newestMeta(metas: Metas): Day {
  return metas.dates.reduce((newest, d) => (d.says === 'published' && d.day > newest ? d.day : newest), '')
}

function visibleCandidates(context: Context, heading: Heading | null, inRows: ReadonlySet<number>, newestPublished: Day): Candidate[] {
  const out: Candidate[] = []
  const { tape } = context
  const zone = headingZone(context, heading)
  for (const hit of context.hits.slice(0, 400)) {
    if (hit.day === null) continue
    let label = labelOf(tape, hit)
    // A weekday beside a date under the title belongs to a by-line; above it, to a clock.
    if (label.text === WEEKDAY && heading !== null && hit.from > heading.to && zone.nearness(hit) >= 32 && (hit.time || inByline(tape, hit))) label = { kind: 'none', text: '', colon: false }
    // The address names the year of a day that is printed without one.
    const near = hit.form === 'month_day' ? urlMonth(context.source.url) : null
    const day = near === null || near.month !== hit.month ? hit.day : makeDay(near.year, near.month, hit.dom) ?? hit.day
    const yearLess = hit.form === 'month_day' && near?.month !== hit.month
    const weight = visibleWeight(context, zone, hit, label, newestPublished) - (inRows.has(hit.from) && label.kind !== 'publish' ? 45 : 0)
    const doubt = doubtOf(label)
    if (weight < 5 && doubt === undefined) continue
    if (out.length >= 60) break
    const where = label.text !== '' ? label.text : heading !== null && Math.abs(hit.from - heading.to) < 600 ? 'beside the title' : 'text'
    const source: WitnessSource = label.kind === 'publish' || label.kind === 'plain' || label.kind === 'update' || label.kind === 'document' ? 'label' : weight >= SPEAKS ? 'byline' : 'text'
    const candidate: Candidate = { source, day, raw: tape.line(hit.from, hit.to).slice(0, 120), where, weight }
    if (doubt !== undefined) candidate.doubt = doubt
    if (yearLess || hit.form === 'relative') candidate.partial = true
    if (yearLess) candidate.yearLess = true
    out.push(candidate)
  }
  return out
}

function doubtOf(label: Label): string | undefined {
  switch (label.kind) {
    case 'clock':
    case 'generated':
    case 'copyright':
    case 'event':
      return label.kind
    default:
      return undefined
  }
}

function visibleWeight(context: Context, zone: HeadingZone, hit: DateHit, label: Label, newestPublished: Day): number {
  const near = zone.nearness(hit)
  const apart = standsApart(context.tape, hit) && (context.chinese || !inRunningText(context.tape, hit))
  let weight = 0
  switch (label.kind) {
    case 'publish': weight = label.colon || near > 0 ? (context.chinese ? 62 : 50) + near : apart || label.text.length >= 8 ? 34 : 10; break
    case 'plain': weight = near >= 18 ? 44 + near : 14; break
    case 'update': weight = (label.colon || label.text.length >= 8 ? 32 : 28) + near / 2; break
    case 'document': weight = label.colon || near > 0 ? 26 + near / 4 : 8; break
    case 'none': weight = near >= 18 ? 26 + near : 4; break
    default: weight = 0
  }
  if (apart && hit.form !== 'compact' && (label.kind === 'none' || label.kind === 'plain') && (inByline(context.tape, hit) || isAlone(context, near, hit, newestPublished))) weight = Math.max(weight + 24, 44 + near / 2)
  else if (apart && label.kind === 'none' && near === 40 && hit.time) weight += 12
  // A by-line stands by itself; a date inside a sentence tells of what the sentence tells.
  if (!apart && label.kind !== 'publish') weight -= label.colon ? 0 : 45
  if (hit.time) weight += 8
  if (hit.form === 'month_day') weight -= 24
  else if (hit.form === 'relative') weight -= 40
  else if (hit.form === 'compact' && label.kind === 'none') weight -= 40
  else if (hit.form === 'short' && label.kind === 'none') weight -= 12
  if (zone.inTitle(hit) && label.kind === 'none') weight -= 50
  const spot = neighbourhood(context, context.tape.nodeAt(hit.from), zone.at)
  if (spot.aside) weight -= 45
  if (spot.link) weight -= 20
  // A labelled publication at the foot of an article is its own; other dates there are the site's.
  if (spot.foot) weight -= label.kind === 'publish' && label.colon ? 20 : label.kind === 'update' && !context.chinese ? 5 : 40
  if (label.kind === 'none' && spot.prose && !hit.time) weight -= 16
  return weight
}

/** A date that is all of a line under the title speaks as a by-line does, unless a meta names a newer day: then it may be the document's own. */
const isAlone = (context: Context, near: number, hit: DateHit, newestPublished: Day): boolean =>
  context.chinese && near === 40 && hit.form === 'full' && (hit.day ?? '') >= newestPublished && fillsLine(context.tape, hit)

function decide(context: Context, candidates: Candidate[]): Judged {
  for (const c of candidates) if (c.doubt === undefined && isFuture(c.day, context.today)) c.doubt = 'future'
  // A date without its year or counted back from today takes the year of a full witness for the same day of the year.
  for (const c of candidates) {
    if (c.partial !== true) continue
    const full = candidates.find((d) => d.partial !== true && d.doubt === undefined && d.day.slice(5) === c.day.slice(5))
    if (full !== undefined && c.weight >= 10) full.weight = Math.max(full.weight, c.weight + 30)
    // Alone, a day without its year decides nothing: the year would be made up.
    else if (c.yearLess === true || candidates.some((d) => d.partial !== true && d.doubt === undefined && d.weight >= SPEAKS)) c.weight = Math.min(c.weight, 20)
  }
  const believed = candidates.filter((c) => c.doubt === undefined && c.weight >= SPEAKS).sort((a, b) => b.weight - a.weight)
  const best = believed[0]
  const rest = candidates.filter((c) => c.doubt !== undefined || c.weight < SPEAKS).sort((a, b) => b.weight - a.weight)
  const witnesses = unique([...believed, ...rest])
  if (best === undefined) return { date: null, confidence: 'none', witnesses }
  const strong = believed.filter((c) => c.weight >= 44)
  const others = strong.filter((c) => c.source !== best.source)
  const disputed = strong.some((c) => c.weight >= 60 && Math.abs(daysBetween(c.day, best.day)) > 1)
  const agreed = others.some((c) => c.day === best.day)
  return { date: best.day, confidence: agreed && !disputed ? 'agreed' : disputed ? 'disputed' : 'single', witnesses }
}

function unique(candidates: readonly Candidate[]): Witness[] {
  const out: Witness[] = []
  const known = new Set<string>()
  for (const c of candidates) {
    const key = `${c.source} ${c.day} ${c.where}`
    if (known.has(key) || out.length >= 16) continue
    known.add(key)
    out.push({ source: c.source, day: c.day, raw: c.raw, where: c.where, ...(c.doubt === undefined ? {} : { doubt: c.doubt }) })
  }
  return out
}
