import type { Day } from '../domain/date.ts'

/** What a person found when looking for one indicator: signed by who looked and when, with evidence. */
export type PersonFinding = {
  readonly indicator: string
  /** Who looked. */
  readonly by: string
  readonly at: Date
  /** The day for which it holds: the monitoring point. */
  readonly on: Day
  /** Answers to the form of the indicator, as its schema takes them. */
  readonly value: unknown
  readonly evidence: readonly string[]
  readonly note?: string
}
