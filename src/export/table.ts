/** What a table out of the program is made of, whatever file it becomes. */
export type Column = {
  readonly key: string
  readonly title: string
  /** In characters. */
  readonly width?: number
  /** `text` keeps leading zeros and long ids; `number` for what is counted; `date` takes `YYYY-MM-DD`. */
  readonly type?: 'text' | 'number' | 'date'
  /** Choices offered in a drop-down. */
  readonly choices?: readonly string[]
  /** Shown when a cell of the column is chosen. */
  readonly hint?: string
}

export type CellValue = string | number | null | undefined
export type Row = Readonly<Record<string, CellValue>>

export type TableSheet = {
  readonly name: string
  readonly columns: readonly Column[]
  readonly rows: Iterable<Row> | AsyncIterable<Row>
  /** Rows below the headings for which drop-downs are set. */
  readonly choicesDownTo?: number
}
