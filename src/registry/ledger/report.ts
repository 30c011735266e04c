import type { Text } from '../../domain/text.ts'

/** One cell (or row, or sheet) that is wrong or worth a look. */
export type Finding = {
  readonly sheet: string
  /** From 1, as the user sees it; 0 where the whole sheet is meant. */
  readonly row: number
  /** Letter and heading: `C 网址`; empty where the whole row is meant. */
  readonly column: string
  readonly value: string
  /** What was expected instead, or what was made of it. */
  readonly expected: Text
}

export type SheetReport = {
  readonly name: string
  /** channels | columns | skipped */
  readonly use: 'channels' | 'columns' | 'skipped'
  readonly rows: number
  /** The row its headings stand in. */
  readonly headerRow: number
  /** Heading → field id, `extra` where it is kept as it stands, `ignored`. */
  readonly headings: Readonly<Record<string, string>>
}

export type ImportReport = {
  readonly file: string
  readonly dryRun: boolean
  /** Was anything written? False after a dry run, and where errors stopped an all-or-nothing import. */
  readonly imported: boolean
  readonly sheets: readonly SheetReport[]
  /** Rows of channels read. */
  readonly rows: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  /** Rows that were refused, of channels and of columns. */
  readonly rejected: number
  /** Rows that say the same as an earlier one. */
  readonly repeated: number
  readonly organisations: number
  readonly attestations: number
  /** Channels closed or reopened as the unit reported. */
  readonly closed: number
  readonly reopened: number
  readonly columns: { readonly rows: number; readonly created: number; readonly updated: number; readonly unchanged: number }
  /** At most `MAX_FINDINGS` of each are listed; the counts are complete. */
  readonly warnings: readonly Finding[]
  readonly warningCount: number
  readonly errors: readonly Finding[]
  readonly errorCount: number
  /** Where the rejected rows were written, to be mended and imported again. */
  readonly rejectedFile: string | null
}

export const MAX_FINDINGS = 2000

/** Collects findings without growing for ever. */
export class Findings {
  readonly list: Finding[] = []
  count = 0

  add(...found: readonly Finding[]): void {
    for (const one of found) {
      this.count += 1
      if (this.list.length < MAX_FINDINGS) this.list.push({ ...one, value: one.value.slice(0, 200) })
    }
  }
}
