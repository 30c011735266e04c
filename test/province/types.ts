import type { Day } from '../../src/domain/date.ts'
import type { Kind } from '../../src/domain/kinds.ts'
import type { Outcome } from '../../src/domain/outcome.ts'
import type { ColumnClass } from '../../src/domain/page.ts'
import type { Seen } from './seen.ts'
import type { Trap } from './traps.ts'

export type Proposal = 'shut_down' | 'rectify' | 'merge'

/** What a column's page is: a dated list, a list without rows, a page of text, a service hall, an entry for letters. */
export type ColumnForm = 'list' | 'blank' | 'content' | 'service' | 'interaction'

/**
 * When a column publishes. `anchor` is the newest item on the base day; older ones lie `gap` days apart; newer ones begin
 * on `first` and come every `period` days. Nothing newer where `next` is null.
 */
export type Stream = {
  readonly key: string
  readonly anchor: Day
  readonly gap: number
  readonly past: number
  readonly next: { readonly first: Day; readonly period: number } | null
  readonly extras: readonly Extra[]
}

/** A row outside the regular ones: pinned, in the future, or put up later under an older date. */
export type Extra = {
  readonly id: string
  readonly title: string
  readonly day: Day
  /** Shown from this day on. */
  readonly from: Day
  readonly place: 'pinned' | 'pinned_unmarked' | 'top' | 'by_date'
  /** Not a publication date: never counts as the newest. */
  readonly future: boolean
}

export type Item = {
  readonly id: string
  readonly title: string
  readonly day: Day
  /** Minute of the day, China's time: always between 06:00 and 09:30. */
  readonly minute: number
  readonly pinned: boolean
  readonly future: boolean
}

export type Column = {
  readonly key: string
  readonly number: number
  readonly name: string
  readonly class: ColumnClass
  readonly form: ColumnForm
  readonly onHome: boolean
  readonly stream: Stream | null
}

export type Family = 'trs' | 'jpage' | 'gkmlpt' | 'nfcms' | 'ucap' | 'vsb' | 'buildstatic' | 'datafile' | 'hash'
export type DateStyle = 'iso' | 'iso_time' | 'bracket_iso' | 'paren_iso' | 'slash' | 'dot' | 'split' | 'mmdd' | 'bracket_mmdd' | 'chinese' | 'relative' | 'none'
export type Markup = 'ul' | 'table' | 'div' | 'dl'
export type Robots = 'open' | 'missing' | 'closed'

export type Site = {
  readonly id: string
  readonly name: string
  readonly organisation: Organisation
  readonly siteCode: string
  /** A loopback address of its own, so that pacing by host and by address is real. */
  readonly host: string
  readonly family: Family
  readonly dateStyle: DateStyle
  readonly markup: Markup
  readonly traps: readonly Trap[]
  readonly columns: readonly Column[]
  readonly robots: Robots
  /** Extra kilobytes of style and script on each page. */
  readonly weight: number
  readonly seed: number
  /** The base day of the province. */
  readonly base: Day
  /** What the site has lost: how many days after the base day it comes back, for the traps that come back. */
  readonly profile: string
  /** Where a moved site went. */
  readonly movedTo: string | null
}

export type Region = { readonly code: string; readonly name: string; readonly city: string }

export type Organisation = {
  readonly id: string
  readonly name: string
  readonly supervisor: string
  readonly region: Region
  readonly contact: string
  readonly phone: string
}

export type ColumnTruth = {
  readonly name: string
  readonly url: string
  readonly class: ColumnClass
  readonly form: ColumnForm
  readonly newest: Day | null
}

export type Truth = {
  readonly proposal: Proposal | null
  /** The rule that leads: W3, W4a, W4c, gone, quiet, N2a, zombie, unused, duplicate. */
  readonly rule: string | null
  readonly outcome: Outcome
  /** Outcomes that are as right as the first. */
  readonly alsoRight: readonly Outcome[]
  readonly columns: readonly ColumnTruth[]
  readonly newest: Day | null
  /** Is there an entry for consultation? null where the site cannot be seen, and for all but websites. */
  readonly consultation: boolean | null
  readonly why: string
}

export type ProvinceChannel = {
  readonly id: string
  readonly kind: Kind
  readonly name: string
  readonly organisation: Organisation
  /** The sponsor 主办单位: the organisation's name. */
  readonly sponsor: string
  readonly region: string
  /** Filled in when the province is served; loopback addresses bear no port before that. */
  address: string
  readonly code: string
  readonly traps: readonly Trap[]
  readonly site: Site | null
  readonly feed: FeedSpec | null
  readonly statement: Statement | null
  /** What its platform shows, where no unit speaks for it. */
  readonly seen?: Seen
  /** 发布类 or 服务类. */
  readonly service: boolean
  /** Channels of one unit on one platform bear the same mark. */
  readonly duplicateOf: string | null
  /** Of those, the one less active: it is to be merged into the other. */
  readonly lesser: boolean
  readonly members: number | null
  readonly openedOn: Day
  readonly filing: string
  truth: Truth
}

/** 单位填报: what the unit says of its last publication or use, and when it said so. */
export type Statement = { readonly newest: Day; readonly statedOn: Day }

export type FeedSpec = {
  readonly host: string
  readonly format: 'rss' | 'atom' | 'json' | 'rdf'
  readonly stream: Stream
  readonly mode: 'ok' | 'undated' | 'build_date' | 'html'
  readonly base: Day
  readonly title: string
}

export type Province = {
  readonly seed: number
  readonly today: Day
  readonly regions: readonly Region[]
  readonly organisations: readonly Organisation[]
  readonly channels: readonly ProvinceChannel[]
  /** Addresses that show whether our own network works; filled in when served. */
  canaries: readonly string[]
  /** The port of every server; 0 until served. */
  port: number
}
