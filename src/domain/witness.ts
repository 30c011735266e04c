import type { Day } from './date.ts'

/**
 * Where a date came from. A publication date is never kept without its witness; witnesses are compared, and
 * disagreement is shown, never averaged.
 */
export const WITNESS_SOURCES = [
  'meta', // a meta tag that names the publication (PubDate and kin)
  'json_ld', // structured data in the page
  'label', // 发布日期:… in the heading zone
  'byline', // an unlabelled date beside the title
  'list_row', // the row of a list
  'embedded', // data inside a script: jpage CDATA, JSON, platform epochs
  'time_tag', // <time datetime>
  'url', // a date in the address
  'feed', // pubDate and kin of a feed
  'platform', // a platform's own timestamp
  'text', // a date in the text, the weakest that may speak
  'first_seen', // our own first sight of the item
  'attestation', // the unit's own dated statement
] as const
export type WitnessSource = (typeof WITNESS_SOURCES)[number]

export type Witness = {
  readonly source: WitnessSource
  /** The day it testifies to, in China's time; null when it was seen through or is unreadable. */
  readonly day: Day | null
  /** The text as it stands in the source, at most 120 characters. */
  readonly raw: string
  /** What was read: `meta[PubDate]`, `发布日期`, a selector-like path. */
  readonly where?: string
  /** Why a witness was not believed: `future`, `generated`, `clock`, `copyright`, `pinned`, `document_date`… */
  readonly doubt?: string
}
