import type { Day } from '../../domain/date.ts'

/** One cell as read: what is shown, and what lies below it where that differs. */
export type Cell = {
  /** As text; numbers without their format, but zero-padded where the format says so. */
  readonly text: string
  readonly number?: number
  /** A cell formatted as a date. */
  readonly day?: Day
  /** Where a hyperlinked cell leads. */
  readonly link?: string
  /** `error`: #N/A and kin. `formula`: a formula saved without its result. */
  readonly fault?: 'error' | 'formula'
}

/** Row numbers are those the user sees, from 1; cells are by column, from 0, and may have holes. */
export type SheetRow = { readonly number: number; readonly cells: readonly (Cell | undefined)[] }

/** A merged range, 0-based columns, 1-based rows, inclusive. */
export type Merge = { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number }

export type Sheet = {
  readonly name: string
  readonly hidden: boolean
  /** Rows expected, for progress; 0 where unknown. */
  readonly expected: number
  readonly merges: readonly Merge[]
  /** Rows that hold anything, in order. May be asked again from the start. */
  rows(): AsyncIterable<SheetRow>
}

/** What one file may hold at most. */
export const LIMITS = {
  fileBytes: 100_000_000,
  /** After decompression, all parts together. */
  unpackedBytes: 1_000_000_000,
  /** Parts read whole: shared strings, styles, relations. */
  partBytes: 300_000_000,
  entries: 5000,
  sheets: 200,
  columns: 500,
  rows: 1_048_576,
  cellChars: 32_767,
  merges: 100_000,
} as const
