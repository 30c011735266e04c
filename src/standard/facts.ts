import type { Day } from '../domain/date.ts'
import type { Kind } from '../domain/kinds.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { ColumnClass } from '../domain/page.ts'
import type { Witness } from '../domain/witness.ts'
import type { PersonFinding } from './person.ts'
import type { Sample } from './sample.ts'

/**
 * What was stored about one channel, as plain data: everything a verdict may rest on. A verdict is a pure function of
 * (facts, edition, now), so the same facts give the same verdict at any later time. Evidence is SHA-256 of kept bytes.
 */
export type ChannelFacts = {
  readonly channel: ChannelIdentity
  /** When these facts were gathered. */
  readonly asOf: Date
  /** Recent attempts, newest first, failed ones too. */
  readonly visits: readonly VisitFact[]
  /** Website: the home page as last looked at. */
  readonly home?: HomeFacts
  /** Website: every active column. Empty for other kinds. */
  readonly columns: readonly ColumnFacts[]
  /** Every other kind: its newest publication or, for groups, its last use. */
  readonly posts?: PostFacts
  /** Times at which the site or platform said in words that the channel does not exist. */
  readonly gone: readonly GoneSighting[]
  /** Other channels of the same unit on the same platform. */
  readonly duplicates?: readonly DuplicateFacts[]
  /** Website: entries for consultation seen on the home page and in the navigation. */
  readonly consultation?: ConsultationFacts
  /** Items that appeared under a date before our previous look at that list. */
  readonly lateItems?: readonly LateItem[]
  /** Latest observation of each probe, by probe id (src/standard/needs.ts holds their values' schemas). */
  readonly probes?: Readonly<Record<string, ProbeFact>>
  /** Findings that people signed. */
  readonly findings?: readonly PersonFinding[]
  /** Samples drawn for this check, by name. */
  readonly samples?: Readonly<Record<string, Sample>>
}

export type ChannelIdentity = {
  readonly id: number
  readonly kind: Kind
  readonly name: string
  readonly address?: string
  /** 功能类型: null takes the kind's own (src/standard/function-type.ts). */
  readonly functionType: 'publishing' | 'service' | null
  readonly openedOn: Day | null
  /** running | suspended | closing | closed | cancelled | migrated; null unknown. */
  readonly runningStatus: string | null
  /** filed | pending | unfiled | exempt; null unknown. */
  readonly filingStatus: string | null
  readonly organisationId: number | null
  readonly regionCode: string | null
  readonly siteCode?: string | null
  /** 门户网站: Parts 2 and 3 of the indicators are for portals. */
  readonly portal?: boolean
  /** Of a State Council department. */
  readonly stateCouncil?: boolean
  /** False: the unit has no services for the public, so that 办事服务 is not checked. */
  readonly publicServices?: boolean
  /** App or mini program: for the staff's own use, not for the public (app-2026). */
  readonly internalUse?: boolean
  readonly exemptions?: readonly Exemption[]
}

/** A dated reason for which no candidate is proposed (under redesign, seasonal …). Both days count. */
export type Exemption = { readonly from: Day; readonly until: Day; readonly reason: string }

export type VisitFact = {
  readonly at: Date
  readonly outcome: Outcome
  /** Milliseconds until the home page had opened; absent when it did not. */
  readonly ms?: number
  /** Our own network was judged down at that moment: never counts against the channel. */
  readonly ownNetwork?: boolean
  /** A failure looked at from a second vantage: open or shut there too, or not looked at (none). Absent: none was asked for. */
  readonly second?: 'open' | 'shut' | 'none'
}

export type HomeFacts = {
  readonly at: Date
  readonly outcome: Outcome
  readonly newest: Day | null
  readonly witness: Witness | null
  readonly evidence: readonly string[]
  /** The home has no rows of its own, only ways to the columns (首页仅为栏目导航入口). */
  readonly navigationOnly?: boolean
  /** Every row carries a date and nothing is built by script: the home can be judged without its columns. */
  readonly everyRowDated?: boolean
  /** The navigation was read whole: only then may a column be called missing. */
  readonly navigationRead?: boolean
}

export type ColumnFacts = {
  readonly id: number
  /** Absolute, as linked. */
  readonly url: string
  readonly name: string
  readonly class: ColumnClass
  /** 1 for 一级栏目. */
  readonly level: number
  readonly newest: Day | null
  readonly witness: Witness | null
  /** Of the last look, whether or not it saw anything. */
  readonly outcome: Outcome
  /** When its list was last read; null when it never was. */
  readonly observedAt: Date | null
  /** Observed, rendered where needed, and truly without rows. */
  readonly empty: boolean
  /** What the page holds; absent, it is inferred from `empty`, `newest` and the class. */
  readonly list?: 'listed' | 'empty' | 'none' | 'unreadable'
  readonly firstSeenOn: Day
  readonly evidence: readonly string[]
  /** Days; the ledger's own limit for this column. */
  readonly thresholdDays?: number
}

export type PostFacts = {
  readonly newest: Day | null
  readonly witness: Witness | null
  /** `seen`: we read the posts. `attested`: the unit says so. */
  readonly source: 'seen' | 'attested'
  /** Of the last look, or of the last attempt to see. */
  readonly outcome: Outcome
  /** Seen: when the posts were last read. */
  readonly observedAt?: Date | null
  /** Attested: the day of the statement. */
  readonly attestedOn?: Day
  /** What the date is of; a release of an app never counts as its content. Default `post`. */
  readonly of?: 'post' | 'release' | 'use'
  /** The platform says 0 works: since when we have seen it so, without a break. */
  readonly emptySince?: Date | null
  readonly evidence: readonly string[]
}

export type GoneSighting = { readonly at: Date; readonly outcome: Outcome; readonly evidence: readonly string[] }

export type DuplicateFacts = {
  readonly channelId: number
  readonly name: string
  readonly newest: Day | null
  readonly openedOn: Day | null
}

export type ConsultationFacts = {
  readonly at: Date
  readonly outcome: Outcome
  readonly entries: readonly { readonly text: string; readonly url: string }[]
  /** Both the whole home page and its navigation were read: only then may “none” be said. */
  readonly wholeHomeRead: boolean
  readonly evidence: readonly string[]
}

export type LateItem = {
  readonly title: string
  readonly url: string | null
  /** The date it bears. */
  readonly date: Day
  readonly firstSeenOn: Day
  /** Our last look at the same list before that, when the item was not there. */
  readonly previousLookOn: Day
}

export type ProbeFact = {
  readonly at: Date
  readonly outcome: Outcome
  readonly value: unknown
  readonly evidence: readonly string[]
}
