import type { Day } from './date.ts'
import type { Witness } from './witness.ts'

/**
 * What an observation row's `value` holds, by its `about`. The visit writes these, review gathers them into facts:
 * one place, so that the two cannot drift apart. Probes' values are declared by their own schemas (`probe:<id>`).
 */
export type ObservationValues = {
  /** Website: the home page as looked at. */
  home: {
    readonly newest: Day | null
    readonly witness: Witness | null
    /** No rows of its own, only ways to the columns. */
    readonly navigationOnly: boolean
    /** Every row of it carries a date and nothing is built by script. */
    readonly everyRowDated: boolean
    /** Its navigation was read: what is not named there is not there. */
    readonly navigationRead?: boolean
    readonly url: string
    readonly status: number | null
    /** Milliseconds until it had opened; null when it did not. */
    readonly ms: number | null
    /** What gave it away, where it was not what it seems: the signature and its text. */
    readonly signature?: string
    readonly detail?: string
    readonly movedTo?: string
  }
  /** Website: entries for consultation on the home page and in the navigation. */
  consultation: {
    readonly entries: readonly { readonly text: string; readonly url: string }[]
    readonly wholeHomeRead: boolean
  }
  /** One column's list. */
  column: {
    readonly newest: Day | null
    readonly witness: Witness | null
    readonly list: 'listed' | 'empty' | 'none' | 'unreadable'
    readonly url: string
    readonly status: number | null
  }
  /** Every other kind: the account, app, feed or group. */
  account: {
    readonly newest: Day | null
    readonly witness: Witness | null
    readonly source: 'seen' | 'attested'
    /** Which source of the chain spoke. */
    readonly from: string
    /** The day of the statement, where attested. */
    readonly attestedOn?: Day
    readonly of?: 'post' | 'release' | 'use'
    readonly posts?: number
    /** The name that the platform shows. */
    readonly name?: string
    /** Where the platform says that the account has moved to. */
    readonly movedTo?: string
    readonly detail?: string
  }
}

export type ObservationAbout = keyof ObservationValues | `probe:${string}`
