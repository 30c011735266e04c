import type { ZodType } from 'zod'
import type { Day } from '../domain/date.ts'
import type { Outcome } from '../domain/outcome.ts'
import type { Text } from '../domain/text.ts'
import type { ColumnClass, PageFacts, PageKind } from '../domain/page.ts'
import type { PageView } from './page.ts'
import type { Recipe } from './recipes/schema.ts'

/** One request of a probe. Whoever answers it counts it, paces it and guards the address. */
export type ProbeRequest = {
  readonly url: string
  readonly method?: 'GET' | 'HEAD' | 'POST'
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Largest body, in bytes. */
  readonly maxBytes?: number
  /** The first `maxBytes` are enough. */
  readonly prefix?: boolean
  readonly maxRedirects?: number
  readonly signal?: AbortSignal
}

/** Its answer; what `Fetcher.fetch` gives fits. */
export type ProbeReply = {
  readonly outcome: Outcome
  readonly status: number | null
  /** The address that gave the last answer. */
  readonly url: string
  readonly redirects: readonly { readonly url: string; readonly status: number; readonly location: string }[]
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
  readonly truncated: boolean
  readonly ms: number
  readonly error?: string
}

/** What `BrowserPool.render` gives fits. */
export type RenderedReply = {
  readonly outcome: Outcome
  readonly status: number | null
  readonly url: string
  readonly html: string
  /** Everything was drawn and clicked: only then does what is not there count as not there. */
  readonly settled: boolean
  readonly screenshot: Uint8Array | null
  readonly element?: Uint8Array | null
  readonly requests: number
  readonly error?: string
}

export type RenderAsked = { readonly url: string; readonly screenshot?: boolean; readonly element?: string; readonly clicks?: readonly string[]; readonly waitFor?: string; readonly signal?: AbortSignal }

/** The door to the network, held by the visit. What a machine cannot do is null: then nothing is observed by it. */
export type Ask = {
  /** Never rejects. */
  fetch(request: ProbeRequest): Promise<ProbeReply>
  readonly render: ((request: RenderAsked) => Promise<RenderedReply>) | null
  /** The end of validity of the certificate that a host shows, verified or not. */
  readonly certificate?: ((host: string, port: number, signal: AbortSignal) => Promise<{ readonly validTo: Date } | null>) | null
  /** IPv6 addresses of a name; null where it could not be asked. */
  readonly names6?: ((host: string, signal: AbortSignal) => Promise<readonly string[] | null>) | null
  /** Does the page answer over IPv6? null where this machine has none. */
  readonly reach6?: ((url: string, signal: AbortSignal) => Promise<boolean | null>) | null
}

export type ProbeColumn = {
  readonly name: string
  readonly url: string
  readonly class: ColumnClass
  readonly facts?: PageFacts
  /** As received; without them the probe asks for the page again. */
  readonly bytes?: Uint8Array
}

/** A row of a list, as first and later seen (forged dates). */
export type ItemRow = {
  readonly title: string
  readonly url: string | null
  /** The column's address. */
  readonly column: string
  readonly date: Day
  readonly firstSeenOn: Day
  /** Our last look at that list before; null when the item was there at the first look. */
  readonly previousLookOn: Day | null
  /** The date that it bore when first seen, where it was another. */
  readonly dateBefore?: Day | null
}

/** A visit of the availability series. */
export type SeriesVisit = {
  readonly at: Date
  readonly outcome: Outcome
  readonly ms?: number
  readonly ownNetwork?: boolean
  /** A failure as seen from a second vantage; absent where none was asked for, none where none looked. */
  readonly second?: 'open' | 'shut' | 'none'
}

export type ProbeContext = {
  readonly home: { readonly url: string; readonly facts: PageFacts; readonly bytes: Uint8Array }
  readonly columns: readonly ProbeColumn[]
  readonly site: { readonly siteCode: string | null; readonly name: string; readonly host: string }
  readonly now: Date
  readonly ask: Ask
  /** Keeps bytes as evidence: their SHA-256, or null where they could not be kept. */
  keep(bytes: Uint8Array, meta: { readonly url: string; readonly finalUrl: string; readonly status: number | null; readonly headers: Readonly<Record<string, string>>; readonly kind?: 'page' | 'screenshot' }): string | null
  readonly policy: { readonly mayPost: boolean }
  readonly recipe?: Recipe | null
  /** Rows of our own that some probes are computed from. */
  readonly history?: { readonly visits?: readonly SeriesVisit[]; readonly items?: readonly ItemRow[] }
  /** Aborted: no further probe is begun. */
  readonly until?: AbortSignal
}

/** What one run of a probe has at hand: the context, its own counted door, and pages already read. */
export type Trial = Omit<ProbeContext, 'ask'> & {
  readonly ask: Ask
  /** Ends with the probe's time. */
  readonly signal: AbortSignal
  /** Reads a page, once for all probes of a run. Never rejects. */
  open(url: string, kind?: PageKind): Promise<PageView>
  /** Home and columns as pages; a column that the visit did not hand in is opened. */
  readonly homePage: PageView
  column(column: ProbeColumn): Promise<PageView>
  /** Requests left in the budget. */
  left(): number
  /** Writes down what the probe made of what it has just asked for, among its steps. */
  note(step: Omit<ProbeStep, 'after'>): void
}

/** One thing that a probe did, in the order in which it was done: what a person follows it by. */
export type ProbeStep = {
  /** Seconds since the probe began. */
  readonly after: number
  /** GET | HEAD | POST | render, or what a probe says itself: search, entry, guide … */
  readonly do: string
  readonly url?: string
  readonly outcome?: string
  readonly status?: number | null
  readonly ms?: number
  /** Evidence: the picture of the page, and of the element concerned. */
  readonly picture?: string
  readonly element?: string
  readonly said?: Readonly<Record<string, string | number | boolean | null>>
}

export type ProbeNeed = 'http' | 'browser' | 'credential' | 'history'

export type ProbeResult = {
  readonly outcome: Outcome
  readonly value: unknown
  readonly evidence?: readonly string[]
  /** Why nothing was observed, in a few words. */
  readonly note?: string
}

/** One thing that does not work. `key` is the same from one run to the next: an address, or a name within the probe. */
export type Fault = { readonly key: string; readonly what: Text; readonly suspicion?: true }

export type Probe = {
  readonly id: string
  /** Indicators whose evaluators read its value. */
  readonly serves: readonly string[]
  readonly needs: readonly ProbeNeed[]
  readonly budget: { readonly requests: number; readonly seconds: number }
  /** May it send a POST where the organisation allows it? Never by itself. */
  readonly posts?: true
  readonly value: ZodType
  /** What of a value (as `value` parses it) does not work; what could not be told is none. Leads are faults of `suspicion`. */
  faults?(value: never): readonly Fault[]
  run(trial: Trial): Promise<ProbeResult>
}

export type ProbeRun = {
  readonly id: string
  readonly outcome: Outcome
  readonly value: unknown
  readonly evidence: readonly string[]
  readonly cost: { readonly requests: number; readonly seconds: number }
  readonly steps: readonly ProbeStep[]
  readonly note?: string
}
