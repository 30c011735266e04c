import type { Span } from '../domain/date.ts'
import type { Text } from '../domain/text.ts'
import type { ChannelFacts } from './facts.ts'
import type { Applies } from './function-type.ts'
import type { Result } from './result.ts'

/** A threshold as data: its number, its unit, and what it means. An edition may change the number, nothing else. */
export type Param = { readonly value: number; readonly unit: ParamUnit; readonly text: Text }
export type ParamUnit = 'days' | 'weeks' | 'months' | 'years' | 'working_days' | 'hours' | 'ms' | 'count' | 'percent' | 'tenths' | 'flag'
export type Params = Readonly<Record<string, Param>>

/** What an indicator rests on. */
export type Need =
  | { readonly from: 'observations'; readonly what: 'home' | 'columns' | 'posts' | 'visits' | 'existence' | 'consultation' | 'register' }
  | { readonly from: 'probe'; readonly probe: string }
  | { readonly from: 'sample'; readonly of: string; readonly size: string }
  | { readonly from: 'person' }

/** How sure the text and figures of an indicator are: see docs/standard.md. */
export type Sureness = 'table' | 'published' | 'two_sources' | 'derived' | 'memory'

export type Proposal = 'rectify' | 'shut_down' | 'merge'

/** What a person is asked, rule by rule: yes or no, or how many. */
export type Form = { readonly ask: Text; readonly questions: readonly Question[] }
export type Question = {
  readonly key: string
  readonly text: Text
  readonly type: 'yes_no' | 'count'
  /** The largest count that can be: the size of the sample, where there is one. */
  readonly most?: number
}

/** A sample that the rule demands: its name in the record, its size, and what it is drawn from. */
export type SampleSpec = {
  readonly of: string
  readonly size: number
  /** Stable keys (addresses) of everything it may be drawn from; null where that is not known yet. */
  readonly population: (facts: ChannelFacts, now: Date) => readonly string[] | null
}

/** One indicator: what it says, to whom it applies, its figures, and how it is decided. */
export type Indicator<P extends Params = Params> = {
  readonly id: string
  readonly part: 'veto' | 'deduction' | 'bonus' | 'campaign'
  /** 一级指标. */
  readonly group: Text
  /** 二级指标. */
  readonly item: Text
  /** 评分细则: the clause, written out from the indicator table as it is known here (no official transcript), and an English gloss. */
  readonly clause: Text
  /** Where the clause stands. */
  readonly document: Text
  /** 上限分值 in tenths of a point; null for vetoes. */
  readonly capTenths: number | null
  /** The cap for State Council departments where it differs; 0: not checked there. */
  readonly capTenthsStateCouncil?: number
  readonly appliesTo: readonly Applies[]
  readonly needs: readonly Need[]
  readonly sure: Sureness
  readonly params: P
  /** `automatic`: observations decide. `assisted`: leads, and a person decides. `person`: a person decides. */
  readonly decided: 'automatic' | 'assisted' | 'person'
  readonly form?: Form
  readonly samples?: readonly SampleSpec[]
  /** Candidates: what a violation proposes, unless an edition says otherwise. */
  readonly proposes?: Proposal
  /** Switched off unless an edition switches it on. */
  readonly off?: boolean
  readonly evaluate: (facts: ChannelFacts, params: P, now: Date) => Result
}

/** Checks the shape and keeps the parameters' names for the evaluator. */
export function define<const P extends Params>(indicator: Indicator<P>): Indicator {
  return { ...indicator, evaluate: (facts, params, now) => indicator.evaluate(facts, params as unknown as P, now) }
}

/** A parameter in days, weeks, months or years as a span of the calendar. */
export function span(param: Param): Span {
  switch (param.unit) {
    case 'days':
      return { days: param.value }
    case 'weeks':
      return { days: param.value * 7 }
    case 'months':
      return { months: param.value }
    case 'years':
      return { months: param.value * 12 }
    default:
      throw new RangeError(`a parameter in ${param.unit} is no span of the calendar`)
  }
}

const param = (unit: ParamUnit) => (value: number, zh: string, en: string): Param => ({ value, unit, text: { zh, en } })
export const days = param('days')
export const weeks = param('weeks')
export const months = param('months')
export const years = param('years')
export const hours = param('hours')
export const ms = param('ms')
export const count = param('count')
export const percent = param('percent')
export const workingDays = param('working_days')
/** Points, given in points, kept in tenths. */
export const points = (value: number, zh: string, en: string): Param => param('tenths')(Math.round(value * 10), zh, en)
export const flag = (value: boolean, zh: string, en: string): Param => param('flag')(value ? 1 : 0, zh, en)

/** How long a look at a page may stand for the present: an older one decides nothing against the channel. */
export const LOOKED_WITHIN = days(7, '查看结果的有效期', 'how long a look may stand for the present')

export const DOC_2019: Text = {
  zh: '国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》',
  en: 'State Council General Office Secretariat Letter [2019] No. 19, inspection indicators',
}

