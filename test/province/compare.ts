import type { Day } from '../../src/domain/date.ts'
import { TRAPS } from './traps.ts'
import type { Trap } from './traps.ts'
import type { Province, ProvinceChannel } from './types.ts'

/** A channel as the command line names it: matched by kind and name, which are unique in the province. */
type Named = { readonly kind: string; readonly name: string }

/** What was found: as `candidates --json` and `columns --json` print it, and the last outcome of each channel. */
export type Found = {
  readonly candidates: readonly { readonly channel: Named; readonly proposal: string }[]
  readonly columns: readonly { readonly url: string; readonly newest: Day | null }[]
  readonly outcomes?: readonly (Named & { readonly outcome: string })[]
}

type Miss = { readonly channel: string; readonly name: string; readonly traps: readonly Trap[]; readonly expected: string | null; readonly found: string | null; readonly why: string }

export type TrapScore = {
  readonly trap: Trap
  readonly channels: number
  /** Channels whose proposal, or its absence, is right. */
  readonly proposals: number
  readonly columns: number
  readonly columnsRight: number
  readonly outcomes: number
  readonly outcomesRight: number
}

export type Report = {
  readonly expected: number
  readonly found: number
  readonly right: number
  /** Right among the found; 1 where nothing was found. */
  readonly precision: number
  /** Right among the expected; 1 where nothing was expected. */
  readonly recall: number
  readonly false: readonly Miss[]
  readonly missed: readonly Miss[]
  readonly columns: { readonly expected: number; readonly right: number; readonly share: number; readonly wrong: readonly Miss[] }
  readonly outcomes: { readonly checked: number; readonly right: number; readonly wrong: readonly Miss[] }
  readonly traps: readonly TrapScore[]
}

const keyOf = (c: Named): string => `${c.kind}\u0001${c.name}`
const miss = (c: ProvinceChannel, expected: string | null, found: string | null, why = c.truth.why): Miss => ({ channel: c.id, name: c.name, traps: c.traps, expected, found, why })

/** Columns whose newest date is a question: lists, and blank ones, which must have none. */
const dated = (c: ProvinceChannel) => c.truth.columns.filter((k) => k.form === 'list' || k.form === 'blank')

/**
 * Holds what was found against the province's truth as last brought up to date (`refresh`). A candidate is right when
 * channel and proposal are; a candidate for a channel that is not in the province is false.
 */
export function compare(province: Province, { candidates, columns, outcomes = [] }: Found): Report {
  const proposals = new Map(candidates.map((k) => [keyOf(k.channel), k.proposal]))
  const newest = new Map(columns.map((k) => [k.url, k.newest]))
  const ends = new Map(outcomes.map((o) => [keyOf(o), o.outcome]))
  const known = new Map(province.channels.map((c) => [keyOf(c), c]))
  const wrongFound: Miss[] = candidates.filter((k) => !known.has(keyOf(k.channel)))
    .map((k) => ({ channel: '', name: k.channel.name, traps: [], expected: null, found: k.proposal, why: 'not in the province' }))
  const missed: Miss[] = []
  const wrongColumns: Miss[] = []
  const wrongOutcomes: Miss[] = []
  const scores = new Map<Trap, { -readonly [K in keyof TrapScore]: TrapScore[K] }>()
  let right = 0
  let expected = 0
  let columnCount = 0
  for (const channel of province.channels) {
    const { truth } = channel
    const proposed = proposals.get(keyOf(channel)) ?? null
    const agrees = proposed === truth.proposal
    if (truth.proposal !== null) expected++
    if (agrees && proposed !== null) right++
    if (!agrees && proposed !== null) wrongFound.push(miss(channel, truth.proposal, proposed))
    if (!agrees && truth.proposal !== null) missed.push(miss(channel, truth.proposal, proposed))
    const asked = dated(channel)
    const bad = asked.filter((k) => !newest.has(k.url) || newest.get(k.url) !== k.newest)
    for (const k of bad) wrongColumns.push(miss(channel, k.newest, newest.has(k.url) ? (newest.get(k.url) ?? null) : null, `${k.name} ${k.url}${newest.has(k.url) ? '' : ' was not found'}`))
    columnCount += asked.length
    const end = ends.get(keyOf(channel))
    const endRight = end !== undefined && (end === truth.outcome || truth.alsoRight.some((o) => o === end))
    if (end !== undefined && !endRight) wrongOutcomes.push(miss(channel, truth.outcome, end))
    for (const trap of channel.traps) {
      const s = scores.get(trap) ?? { trap, channels: 0, proposals: 0, columns: 0, columnsRight: 0, outcomes: 0, outcomesRight: 0 }
      s.channels++
      if (agrees) s.proposals++
      s.columns += asked.length
      s.columnsRight += asked.length - bad.length
      if (end !== undefined) s.outcomes++
      if (endRight) s.outcomesRight++
      scores.set(trap, s)
    }
  }
  const traps = Object.keys(TRAPS) as Trap[]
  const checked = province.channels.filter((c) => ends.has(keyOf(c))).length
  return {
    expected, found: candidates.length, right,
    precision: candidates.length === 0 ? 1 : right / candidates.length,
    recall: expected === 0 ? 1 : right / expected,
    false: wrongFound, missed,
    columns: { expected: columnCount, right: columnCount - wrongColumns.length, share: columnCount === 0 ? 1 : (columnCount - wrongColumns.length) / columnCount, wrong: wrongColumns },
    outcomes: { checked, right: checked - wrongOutcomes.length, wrong: wrongOutcomes },
    traps: traps.flatMap((t) => scores.get(t) ?? []),
  }
}

const share = (right: number, of: number): string => (of === 0 ? '–' : `${right}/${of}`)
const told = (m: Miss): string => `  ${m.name} [${m.traps.join(', ')}] expected ${m.expected ?? 'none'}, found ${m.found ?? 'none'}: ${m.why}`

/** The report as lines of text: the sums, one line per trap, then everything that is wrong. */
export function reportLines(report: Report): readonly string[] {
  const width = Math.max(...report.traps.map((t) => t.trap.length))
  return [
    `candidates  expected ${report.expected}, found ${report.found}, right ${report.right}: precision ${report.precision.toFixed(2)}, recall ${report.recall.toFixed(2)}`,
    `columns     ${share(report.columns.right, report.columns.expected)} dates right (${(report.columns.share * 100).toFixed(1)} %)`,
    `outcomes    ${share(report.outcomes.right, report.outcomes.checked)} right`,
    `${'trap'.padEnd(width)}  proposals  columns   outcomes`,
    ...report.traps.map((t) => `${t.trap.padEnd(width)}  ${share(t.proposals, t.channels).padEnd(9)}  ${share(t.columnsRight, t.columns).padEnd(8)}  ${share(t.outcomesRight, t.outcomes)}`),
    ...(report.false.length > 0 ? ['false candidates:', ...report.false.map(told)] : []),
    ...(report.missed.length > 0 ? ['missed candidates:', ...report.missed.map(told)] : []),
    ...(report.columns.wrong.length > 0 ? ['wrong column dates:', ...report.columns.wrong.map(told)] : []),
    ...(report.outcomes.wrong.length > 0 ? ['wrong outcomes:', ...report.outcomes.wrong.map(told)] : []),
  ]
}
