import { addDays, daysBetween, type Day } from '../domain/date.ts'
import type { Answer } from '../domain/outcome.ts'
import type { Witness } from '../domain/witness.ts'
import type { Text } from '../domain/text.ts'
import type { Reason } from './reason.ts'

/** One place a rule counted or could not see: a column, a link, a guide, an account. */
export type Place = {
  readonly id?: number
  readonly name: string
  readonly url: string | null
  readonly answer: Answer
  readonly reason: Reason | null
  readonly newest: Day | null
  readonly daysOver: number | null
  /** First day on which the place was over its limit. */
  readonly since: Day | null
  /** What is wrong there, in words, where the rule's own text does not say it. */
  readonly note?: Text
}

/** One deduction (or, in Part 3, one award): tenths of a point, so that no float ever adds up. */
export type Points = {
  readonly tenths: number
  /** 问题描述: what it is for. */
  readonly for: Text
  readonly place?: Place
  /** Sub-rules of one item that exclude each other share a key: only the largest counts (D4 未开设 and 未更新). */
  readonly group?: string
}

export type Verdict = Answer | 'not_applicable' | 'person'

/** What an evaluator answers. Everything beside `answer` explains it. */
export type Result = {
  readonly answer: Verdict
  /** Why it is not observed, or why a person has to look. */
  readonly reason: Reason | null
  readonly since: Day | null
  readonly newest: Day | null
  readonly witness: Witness | null
  readonly daysOver: number | null
  readonly evidence: readonly string[]
  readonly places: readonly Place[]
  /** Parts 2 and 3: what is certain. */
  readonly points: readonly Points[]
  /** Parts 2 and 3: what more might come when everything unseen turned out badly (Part 2) or well (Part 3), in tenths. */
  readonly openTenths: number
  /** Suspicions for a person, never part of a verdict. */
  readonly leads: readonly Text[]
  /** By reference only (参照): a note, never a proposal. */
  readonly advisory?: boolean
}

const EMPTY = {
  reason: null,
  since: null,
  newest: null,
  witness: null,
  daysOver: null,
  evidence: [],
  places: [],
  points: [],
  openTenths: 0,
  leads: [],
} satisfies Omit<Result, 'answer'>

type Details = Partial<Omit<Result, 'answer'>>

export const met = (details: Details = {}): Result => ({ ...EMPTY, answer: 'met', ...details })
export const violated = (details: Details = {}): Result => ({ ...EMPTY, answer: 'violated', ...details })
export const notObserved = (reason: Reason, details: Details = {}): Result => ({
  ...EMPTY,
  answer: 'not_observed',
  ...details,
  reason,
})
export const notApplicable = (): Result => ({ ...EMPTY, answer: 'not_applicable' })
export const forPerson = (details: Details = {}): Result => ({ ...EMPTY, answer: 'person', reason: 'person_needed', ...details })

/** Days over, counted so that the first day over the limit is 1. */
export function daysSince(since: Day | null, today: Day): number | null {
  return since === null ? null : daysBetween(since, today) + 1
}

/** The day after the last good one: from here on the limit is passed. */
export const firstBadDay = (lastGood: Day): Day => addDays(lastGood, 1)

/** Distinct hashes in order. */
export function evidenceOf(...lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())]
}
