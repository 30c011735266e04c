import type { Logger } from 'pino'
import type { Ctx } from '../../db/context.ts'
import type { Config } from '../config/schema.ts'
import type { Vault } from '../credentials/index.ts'
import type { EvidenceStore } from '../evidence/index.ts'
import type { BrowserPool, Fetcher, Guard, PacingPolicy, Robots } from '../fetch/index.ts'
import type { Day } from '../domain/date.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { ColumnClass, ListItem } from '../domain/page.ts'
import type { ObservationValues } from '../domain/observation.ts'
import type { Witness } from '../domain/witness.ts'
import type { Recipe } from '../probes/index.ts'
import type { Kept } from './kept.ts'

export type Log = Pick<Logger, 'warn' | 'info' | 'debug'>

/** What every visit of a process shares. */
export type Tools = {
  readonly config: Config
  readonly log: Log
  readonly guard: Guard
  readonly fetcher: Fetcher
  readonly robots: Robots
  /** Null where pages are not rendered (HUOSHUI_BROWSER=false). */
  readonly browser: BrowserPool | null
  readonly evidence: EvidenceStore
  /** The operator's, for what the finders cannot find. */
  readonly recipes: readonly Recipe[]
  /** Host → base address used in its stead (test doubles, an operator's relay). */
  readonly bases: Readonly<Record<string, string>>
  /** Credentials, bridges and confirmations; null without a register. */
  readonly vault: Vault | null
}

/** What binds one visit. */
export type Terms = {
  readonly now: Date
  readonly ignoreRobots: boolean
  readonly pacing: Partial<PacingPolicy>
  readonly organisation?: number
  readonly signal: AbortSignal
}

/** A page as it was left by the last visit (table `page`). */
export type Remembered = {
  readonly url: string
  readonly etag: string | null
  readonly lastModified: string | null
  readonly sha256: string | null
  readonly finalUrl: string | null
  readonly status: number | null
  readonly needsBrowser: boolean
  readonly facts: Kept | null
}

/** A row of table `page` to be written. */
export type PageRow = {
  readonly url: string
  readonly etag: string | null
  readonly lastModified: string | null
  readonly sha256: string
  readonly finalUrl: string
  readonly status: number | null
  needsBrowser: boolean
  /** JSON of what is kept. */
  facts: string | null
}

/** Bytes received in this visit, to be entered with their reception. */
export type EvidenceRow = {
  readonly sha256: string
  readonly kind: 'page' | 'screenshot' | 'thumbnail'
  readonly contentType: string | null
  readonly size: number
  readonly url: string
  readonly finalUrl: string
  readonly status: number | null
  readonly headers: Readonly<Record<string, string>>
}

/** A column to be visited: given by the ledger, or found. */
export type ColumnPlan = {
  readonly url: string
  readonly key: string
  readonly name: string
  readonly class: ColumnClass
  readonly level: number
  readonly source: 'ledger' | 'navigation'
  readonly thresholdDays: number | null
}

export type ColumnSight = ColumnPlan & {
  readonly outcome: Outcome
  readonly detail: string | null
  readonly list: ObservationValues['column']['list']
  readonly newest: Day | null
  readonly witness: Witness | null
  readonly newestTitle: string | null
  readonly newestUrl: string | null
  readonly status: number | null
  readonly evidence: readonly string[]
  /** Rows read in this visit; none where the page was unchanged. */
  readonly items: readonly ListItem[]
}

/** What one visit of a website saw. */
export type SiteSight = {
  readonly outcome: Outcome
  readonly detail: string | null
  readonly home: ObservationValues['home']
  readonly homeOutcome: Outcome
  readonly homeEvidence: readonly string[]
  readonly homeItems: readonly ListItem[]
  readonly consultation: ObservationValues['consultation'] | null
  readonly columns: readonly ColumnSight[]
  /** Keys of all columns that the site names now; null where its navigation could not be read. */
  readonly named: ReadonlySet<string> | null
  readonly newest: Day | null
  readonly witness: Witness | null
}

/** What a visit reports to whoever asked for it. */
export type VisitSummary = {
  readonly channelId: number
  readonly outcome: Outcome
  readonly detail: string | null
  /** Pages read; robots.txt and retries are not counted. */
  readonly pages: number
  readonly requests: number
  readonly bytes: number
  readonly newest: Day | null
  readonly rendered: boolean
  /** False where the slot had been done already: nothing was written. */
  readonly written: boolean
  readonly ms: number
}

export type VisitorOptions = {
  readonly ctx: Ctx
  readonly config: Config
  readonly log: Log
  readonly evidence?: EvidenceStore
  readonly fetcher?: Fetcher
  readonly browser?: BrowserPool | null
  readonly bases?: Readonly<Record<string, string>>
}
