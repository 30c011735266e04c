import type { Text } from '../domain/text.ts'
import type { ChannelFacts, ChannelIdentity } from './facts.ts'
import { DOC_2019, type Indicator, type Param, type Params, type Question } from './indicator.ts'
import { standing, type PersonFinding } from './person.ts'
import type { Reason } from './reason.ts'
import { evidenceOf, forPerson, met, notApplicable, notObserved, violated, type Place, type Points, type Result } from './result.ts'

/** One rule of a deduction or bonus item: so many tenths once, or for each place. */
export type SubRule = {
  readonly key: string
  readonly text: Text
  readonly tenths: number
  readonly per?: 'each'
  /** At most so many places: the size of the sample. */
  readonly most?: number
  /** Rules of one group exclude each other: the largest counts. */
  readonly group?: string
  /** Only a person can tell. */
  readonly by?: 'person'
}

/** What was seen for one rule: how many times it holds; or why that is not known. */
export type Tally =
  | { readonly count: number; readonly places?: readonly Place[]; readonly evidence?: readonly string[]; readonly leads?: readonly Text[]; readonly open?: number; readonly why?: Reason }
  | { readonly unseen: Reason; readonly most?: number; readonly leads?: readonly Text[] }
export type Tallies = Readonly<Record<string, Tally>>

export const holds = (is: boolean, more: { places?: readonly Place[]; evidence?: readonly string[] } = {}): Tally => ({ count: is ? 1 : 0, ...more })
export const unseen = (reason: Reason, most?: number): Tally => ({ unseen: reason, ...(most === undefined ? {} : { most }) })

export type Scored<P extends Params> = Pick<Indicator, 'id' | 'group' | 'item' | 'clause' | 'needs' | 'decided' | 'samples' | 'capTenthsStateCouncil'> & {
  readonly part: 'deduction' | 'bonus'
  /** In points. */
  readonly cap: number
  readonly rules: readonly SubRule[]
  readonly params?: P
  /** Not checked for such a channel. */
  readonly except?: (channel: ChannelIdentity) => boolean
  readonly look?: (facts: ChannelFacts, params: P, now: Date) => Tallies
}

/**
 * A deduction or bonus item. Each rule's points are a parameter (`points_<key>`, in tenths); observations tally the rules
 * they can decide; a signed finding answers the rest, and stands over the machine where both speak.
 */
export function scored<const P extends Params>(spec: Scored<P>): Indicator {
  const { rules, cap, params, look, except, ...rest } = spec
  const own = Object.fromEntries(rules.map((r): [string, Param] => [`points_${r.key}`, { value: r.tenths, unit: 'tenths', text: r.text }]))
  const questions = rules.map((r): Question => ({ key: r.key, text: r.text, type: r.per === 'each' ? 'count' : 'yes_no', ...(r.most === undefined ? {} : { most: r.most }) }))
  return {
    ...rest,
    document: DOC_2019,
    capTenths: cap * 10,
    appliesTo: ['portal'],
    sure: 'table',
    params: { ...own, ...params },
    form: { ask: spec.clause, questions },
    evaluate: (facts, p, now) => {
      const limit = facts.channel.stateCouncil === true && spec.capTenthsStateCouncil !== undefined ? spec.capTenthsStateCouncil : cap * 10
      if (limit === 0 || except?.(facts.channel) === true) return notApplicable()
      const seen = look?.(facts, p as unknown as P, now) ?? {}
      const finding = standing(facts.findings, spec.id, now)
      return compose(rules, p, limit, spec.part, (r) => said(r, finding) ?? seen[r.key] ?? unseen(r.by === 'person' ? 'person_needed' : 'probe_not_run'))
    },
  }
}

/** A person's answer to a rule; null where the person did not look at it. */
function said(rule: SubRule, finding: PersonFinding | null): Tally | null {
  const value = finding?.value[rule.key]
  if (finding === null || value === undefined) return null
  const count = typeof value === 'number' ? value : value ? 1 : 0
  const places = (finding.places ?? []).filter((x) => x.question === rule.key).map((x): Place => ({
    name: x.note, url: x.url ?? null, answer: 'violated', reason: null, newest: null, daysOver: null, since: null, note: { zh: x.note, en: x.note },
  }))
  return { count, places, evidence: finding.evidence }
}

function compose(rules: readonly SubRule[], params: Params, limit: number, part: 'deduction' | 'bonus', tallyOf: (r: SubRule) => Tally): Result {
  const rows = rules.map((rule) => ({ rule, tally: tallyOf(rule), each: params[`points_${rule.key}`]?.value ?? rule.tenths }))
  const points = rows.flatMap(({ rule, tally, each }) => ('count' in tally ? spread(rule, tally.count, tally.places ?? [], each) : []))
  const leads = rows.flatMap(({ tally }) => tally.leads ?? [])
  const seen = rows.flatMap(({ tally }) => ('count' in tally ? [tally] : []))
  const details = {
    points, leads,
    evidence: evidenceOf(...seen.map((t) => t.evidence ?? [])),
    places: seen.flatMap((t) => t.places ?? []),
    openTenths: openTenths(rows, limit, itemTenths(points, limit)),
  }
  const open = rows.flatMap(({ tally }): Reason[] => ('unseen' in tally ? [tally.unseen] : (tally.open ?? 0) > 0 ? [tally.why ?? 'partly_observed'] : []))
  const first = open.find((r) => r !== 'person_needed') ?? open[0]
  if (points.length > 0) return part === 'bonus' ? met({ ...details, reason: first ?? null }) : violated({ ...details, reason: first ?? null })
  if (first === undefined) return part === 'bonus' ? violated(details) : met(details)
  return first === 'person_needed' ? forPerson(details) : notObserved(first, details)
}

/** One line a place; what has no place of its own is one line. */
function spread(rule: SubRule, count: number, places: readonly Place[], each: number): Points[] {
  const n = Math.min(count, rule.most ?? count)
  const group = rule.group === undefined ? {} : { group: rule.group }
  const bad = places.filter((p) => p.answer === 'violated').slice(0, n)
  const rest = n - bad.length
  return [
    ...bad.map((place): Points => ({ tenths: each, for: rule.text, place, ...group })),
    ...(rest > 0 ? [{ tenths: each * rest, for: rule.text, ...group }] : []),
  ]
}

/** What an item's points come to: the largest of each exclusive group, all others added, never beyond the cap. */
export function itemTenths(points: readonly Points[], limit: number): number {
  const groups = new Map<string, number>()
  let sum = 0
  for (const p of points) {
    if (p.group === undefined) sum += p.tenths
    else groups.set(p.group, Math.max(groups.get(p.group) ?? 0, p.tenths))
  }
  return Math.min(limit, [...groups.values()].reduce((a, b) => a + b, sum))
}

/** What the unseen could still add, up to the cap. */
function openTenths(rows: readonly { rule: SubRule; tally: Tally; each: number }[], limit: number, known: number): number {
  const more = rows.reduce((sum, { rule, tally, each }) => {
    if ('count' in tally) return sum + (tally.open ?? 0) * each
    return sum + (rule.per === 'each' ? (tally.most ?? rule.most ?? limit) : 1) * each
  }, 0)
  return Math.min(limit - known, more)
}
