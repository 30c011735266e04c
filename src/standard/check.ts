import type { Answer } from '../domain/outcome.ts'
import { HuoshuiError } from '../domain/error.ts'
import { digest } from './digest.ts'
import type { Edition } from './edition.ts'
import type { ChannelFacts } from './facts.ts'
import { applies } from './function-type.ts'
import type { Indicator } from './indicator.ts'
import { draw, type Sample } from './sample.ts'
import { score, type Score } from './score.ts'
import { notApplicable, type Result } from './result.ts'

/** Raised when an evaluator's logic changes: a check made before is then known to be of other rules. */
export const EVALUATORS = 1

export type CheckedIndicator = { readonly id: string; readonly result: Result }

/** A check as it is stored: with what it needs to be run again for the same moment and give the same. */
export type CheckRecord = {
  readonly channelId: number
  /** Edition, its digest (rules, clauses, parameters) and the evaluators' version. */
  readonly standard: { readonly id: string; readonly digest: string; readonly evaluators: number }
  /** Every parameter in force, by indicator. */
  readonly params: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** 监测时间点. */
  readonly at: Date
  readonly factsDigest: string
  readonly seed: string
  readonly samples: Readonly<Record<string, Sample>>
  readonly results: readonly CheckedIndicator[]
  readonly score: Score
}

/** Editions do not change while the program runs; a check of thousands of channels asks for theirs each time. */
const digests = new WeakMap<Edition, string>()

/** What identifies an edition's content. */
export function editionDigest(edition: Edition): string {
  const known = digests.get(edition) ?? digest(edition.rules.map(({ evaluate: _, samples: _s, ...data }) => data))
  digests.set(edition, known)
  return known
}

const paramsOf = (edition: Edition): CheckRecord['params'] =>
  Object.fromEntries(edition.rules.map((r) => [r.id, Object.fromEntries(Object.entries(r.params).map(([k, p]) => [k, p.value]))]))

/** Facts without their samples, which the record keeps itself. */
const factsDigest = ({ samples: _, ...facts }: ChannelFacts): string => digest(facts)

/**
 * Checks a channel against an edition at a moment: draws the samples that are missing, evaluates every indicator, scores.
 * `seed` makes the samples; samples already in the facts (replaced by hand, for one) are kept.
 */
export function check(facts: ChannelFacts, edition: Edition, now: Date, seed: string): CheckRecord {
  const concerned = edition.rules.filter((r) => applies(facts.channel, r.appliesTo))
  const samples: Record<string, Sample> = { ...facts.samples }
  for (const spec of concerned.flatMap((r) => r.samples ?? [])) {
    const population = samples[spec.of] === undefined ? spec.population(facts, now) : null
    if (population !== null) samples[spec.of] = draw(spec.of, population, spec.size, seed)
  }
  const given: ChannelFacts = { ...facts, samples }
  const judged = edition.rules.map((indicator) => ({ indicator, result: evaluate(indicator, given, now) }))
  return {
    channelId: facts.channel.id,
    standard: { id: edition.id, digest: editionDigest(edition), evaluators: EVALUATORS },
    params: paramsOf(edition),
    at: now,
    factsDigest: factsDigest(facts),
    seed,
    samples,
    results: judged.map(({ indicator, result }) => ({ id: indicator.id, result })),
    score: score(judged, facts.channel),
  }
}

/** An indicator's answer for a channel. One that is switched off is nobody's business until an edition switches it on. */
function evaluate(indicator: Indicator, facts: ChannelFacts, now: Date): Result {
  return indicator.off === true || !applies(facts.channel, indicator.appliesTo) ? notApplicable() : indicator.evaluate(facts, indicator.params, now)
}

/**
 * Runs a stored check again, for its own moment, with its own samples. Throws `conflict` when the facts or the edition
 * given are not those it was made from.
 */
export function replay(record: CheckRecord, facts: ChannelFacts, edition: Edition): CheckRecord {
  const wrong = (zh: string, en: string): HuoshuiError => new HuoshuiError('conflict', { zh, en })
  if (record.factsDigest !== factsDigest(facts)) throw wrong('所给事实与原检查不一致', 'these are not the facts of that check')
  if (record.standard.digest !== editionDigest(edition)) throw wrong('标准内容已变,不能重放', 'the standard is not the one of that check')
  if (record.standard.evaluators !== EVALUATORS) throw wrong('判定程序版本已变,不能重放', 'the evaluators are not those of that check')
  return { ...check({ ...facts, samples: record.samples }, edition, record.at, record.seed) }
}

export type CheckChange = {
  readonly id: string
  readonly before: { readonly answer: Result['answer']; readonly tenths: number } | null
  readonly after: { readonly answer: Result['answer']; readonly tenths: number } | null
  readonly what: 'answer' | 'points' | 'added' | 'removed'
}

export type CheckDiff = {
  readonly changes: readonly CheckChange[]
  readonly verdict: { readonly before: Score['verdict']; readonly after: Score['verdict'] }
  readonly score: { readonly before: readonly [string, string] | null; readonly after: readonly [string, string] | null }
  /** Indicators whose parameters differ. */
  readonly params: readonly string[]
}

/** What changed between two checks of one channel, in the order of the later one. */
export function diff(before: CheckRecord, after: CheckRecord): CheckDiff {
  const old = new Map(before.results.map((r) => [r.id, r.result]))
  const now = new Map(after.results.map((r) => [r.id, r.result]))
  const ids = [...now.keys(), ...[...old.keys()].filter((id) => !now.has(id))]
  const points = (r: Result): number => r.points.reduce((n, p) => n + p.tenths, 0)
  const brief = (r: Result | undefined) => (r === undefined ? null : { answer: r.answer, tenths: points(r) })
  const changes = ids.flatMap((id): CheckChange[] => {
    const [a, b] = [brief(old.get(id)), brief(now.get(id))]
    const what = a === null ? 'added' : b === null ? 'removed' : a.answer !== b.answer ? 'answer' : a.tenths !== b.tenths ? 'points' : null
    return what === null ? [] : [{ id, before: a, after: b, what }]
  })
  const range = (s: Score): readonly [string, string] | null => (s.worst === null || s.best === null ? null : [s.worst.shown, s.best.shown])
  const params = ids.filter((id) => digest(before.params[id] ?? null) !== digest(after.params[id] ?? null))
  return {
    changes, params,
    verdict: { before: before.score.verdict, after: after.score.verdict },
    score: { before: range(before.score), after: range(after.score) },
  }
}

/** What waits for a person: the forms of a check that nobody has answered, with the leads at hand. */
export function workList(record: CheckRecord, edition: Edition): readonly { readonly indicator: Indicator; readonly leads: Result['leads']; readonly samples: readonly Sample[] }[] {
  const results = new Map(record.results.map((r) => [r.id, r.result]))
  return edition.rules.flatMap((indicator) => {
    const result = results.get(indicator.id)
    if (result === undefined || indicator.form === undefined || !waits(result)) return []
    return [{ indicator, leads: result.leads, samples: (indicator.samples ?? []).flatMap((s) => record.samples[s.of] ?? []) }]
  })
}

const waits = (r: Result): boolean => r.answer === 'person' || r.answer === 'not_observed' || r.openTenths > 0

/** The three answers of a verdict; null for what is not applicable. */
export const answerOf = (r: Result): Answer | null => (r.answer === 'not_applicable' ? null : r.answer === 'person' ? 'not_observed' : r.answer)
