import type { Cell, Sheet, SheetRow } from '../sheet/types.ts'
import { columnLetters } from '../sheet/tail.ts'
import { MergeFill } from '../sheet/merges.ts'
import { headingKey, isIgnoredHeading } from './fields.ts'
import type { Header, Heading } from './header.ts'
import { clip, isNothing, tidy } from './tidy.ts'

/** A row of a ledger by field: for each the cells that speak of it, the best heading first. */
export type RawRow<F extends string> = {
  readonly sheet: string
  readonly row: number
  readonly values: ReadonlyMap<F, readonly Value[]>
  /** Columns whose heading is not ours: heading → text. */
  readonly extra: Readonly<Record<string, string>>
  /** All cells as text, by column, to give back a rejected row. */
  readonly texts: readonly string[]
}

export type Value = { readonly cell: Cell; readonly text: string; readonly heading: string; readonly column: string }

const NOTES = /^(?:合计|总计|小计|共计|填表人|填报人|填表单位|填表日期|填报日期|填报单位|审核人|制表|制表人|单位负责人|负责人签字|联系人|联系电话|注|备注|说明|填表说明|填报说明)\s*[:：(（]|^(?:合计|总计|小计|共计|注\s*\d|填表说明|填报说明)/

/** The rows below the headings, blank ones, repeated headings and closing notes left out. */
export async function* rowsBelow<F extends string>(sheet: Sheet, header: Header & { headings: readonly Heading<F>[] }): AsyncGenerator<RawRow<F>> {
  const fill = new MergeFill(sheet.merges, 'rows')
  for await (const read of sheet.rows()) {
    const row = fill.apply(read)
    if (row.number <= header.last) continue
    if (isNote(row) || isHeading(row, header.headings)) continue
    const raw = rawRow(sheet.name, row, header.headings)
    if (raw !== null) yield raw
  }
}

function rawRow<F extends string>(sheet: string, row: SheetRow, headings: readonly Heading<F>[]): RawRow<F> | null {
  const values = new Map<F, (Value & { rank: number })[]>()
  const extra: Record<string, string> = {}
  for (const { index, text: heading, field, rank } of headings) {
    const cell = row.cells[index]
    if (cell === undefined) continue
    const text = tidy(cell.text)
    if (text === '' && cell.fault === undefined && cell.link === undefined) continue
    const value = { cell, text, heading, column: `${columnLetters(index)} ${heading}`, rank }
    if (field !== null) {
      const list = values.get(field) ?? []
      list.push(value)
      values.set(field, list)
    } else if (!isIgnoredHeading(heading) && text !== '') {
      extra[clip(heading, 100)] = clip(text, 2000)
    }
  }
  if (values.size === 0 && Object.keys(extra).length === 0) return null
  for (const list of values.values()) {
    list.sort((a, b) => a.rank - b.rank)
    // What another column says of the same field is kept where it differs.
    const first = list.find((v) => v.text !== '' && !isNothing(v.text))
    for (const other of list) if (other !== first && other.text !== '' && other.text !== first?.text) extra[clip(other.heading, 100)] = clip(other.text, 2000)
  }
  return { sheet, row: row.number, values, extra, texts: Array.from(row.cells, (c) => c?.text ?? '') }
}

function isNote(row: SheetRow): boolean {
  const filled = row.cells.filter((c) => c !== undefined && c.text.trim() !== '')
  const [first] = filled
  return first !== undefined && filled.length <= 4 && NOTES.test(tidy(first.text))
}

function isHeading(row: SheetRow, headings: readonly Heading<unknown>[]): boolean {
  const same = headings.filter((h) => headingKey(row.cells[h.index]?.text ?? '') === headingKey(h.text)).length
  return same >= 2 && same * 2 >= headings.length
}
