import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import type { Text } from '../../domain/text.ts'
import { cellEdits, withEdits } from '../sheet/edits.ts'
import { MergeFill } from '../sheet/merges.ts'
import { openSheets } from '../sheet/open.ts'
import { columnIndex, columnLetters } from '../sheet/tail.ts'
import type { Sheet } from '../sheet/types.ts'
import { COLUMN_FIELDS, FIELDS } from './fields.ts'
import type { ColumnField, Field } from './fields.ts'
import { findHeader } from './header.ts'
import { importLedger } from './import.ts'
import type { Finding, ImportReport } from './report.ts'

export const previewLedgerInput = z.object({
  bytes: z.custom<Uint8Array>((v) => v instanceof Uint8Array),
  name: z.string().max(200),
  edits: cellEdits.default([]),
})

/** Rows shown with something wrong or worth a look, and plain ones from the top of each sheet. */
const SHOWN_FINDINGS = 300
const SHOWN_PLAIN = 8

export type PreviewCell = { readonly text: string; readonly problem: Text | null; readonly grave: boolean }
export type PreviewRow = { readonly row: number; readonly grave: boolean; readonly problems: readonly Text[]; readonly cells: readonly PreviewCell[] }
export type PreviewSheet = {
  readonly name: string
  readonly use: 'channels' | 'columns'
  /** `field` is null for a column that is kept as it stands. */
  readonly headings: readonly { readonly index: number; readonly letters: string; readonly text: string; readonly field: Text | null }[]
  readonly rows: readonly PreviewRow[]
  /** Rows with findings that are not shown here. */
  readonly more: number
}
export type LedgerPreview = { readonly report: ImportReport; readonly sheets: readonly PreviewSheet[] }

/**
 * What an import of the file would do, with nothing written: the whole report, and the rows that need a look as they stand,
 * each finding at its cell. `edits` are applied first, so that a mended cell is judged anew. Throws as `importLedger` does.
 */
export async function previewLedger({ ctx, input, onProgress }: { ctx: Ctx; input: z.input<typeof previewLedgerInput>; onProgress?: (done: number, total: number) => void }): Promise<LedgerPreview> {
  const { bytes, name, edits } = previewLedgerInput.parse(input)
  const report = await importLedger({ ctx, input: { bytes, name, edits, dryRun: true, ...(onProgress === undefined ? {} : { onProgress }) } })
  const sheets = withEdits(await openSheets(Buffer.from(bytes), name), edits)
  const shown: PreviewSheet[] = []
  for (const sheet of sheets) {
    if (sheet.hidden) continue
    const header = await findHeader(sheet)
    if (header === null) continue
    const names: Readonly<Record<string, { name: Text }>> = header.use === 'channels' ? FIELDS : COLUMN_FIELDS
    const headings = header.headings.map((h) => ({ index: h.index, letters: columnLetters(h.index), text: h.text, field: h.field === null ? null : names[h.field as Field & ColumnField]?.name ?? null }))
    shown.push({ name: sheet.name, use: header.use, headings, ...await rowsOf(sheet, header.last, headings.map((h) => h.index), report) })
  }
  return { report, sheets: shown }
}

type Noted = Finding & { readonly grave: boolean }

async function rowsOf(sheet: Sheet, last: number, columns: readonly number[], report: ImportReport): Promise<{ rows: PreviewRow[]; more: number }> {
  const about = (of: readonly Finding[], grave: boolean): Noted[] => of.filter((f) => f.sheet === sheet.name && f.row > last).map((f) => ({ ...f, grave }))
  const noted = Map.groupBy([...about(report.errors, true), ...about(report.warnings, false)], (f) => f.row)
  const wanted = new Set([...noted].sort(([a, x], [b, y]) => Number(y.some((f) => f.grave)) - Number(x.some((f) => f.grave)) || a - b).slice(0, SHOWN_FINDINGS).map(([row]) => row))
  const rows: PreviewRow[] = []
  const fill = new MergeFill(sheet.merges, 'rows')
  let plain = 0
  let left = wanted.size
  for await (const read of sheet.rows()) {
    const row = fill.apply(read)
    if (row.number <= last) continue
    const findings = noted.get(row.number) ?? []
    if (wanted.has(row.number)) left -= 1
    else if (plain >= SHOWN_PLAIN || findings.length > 0) continue
    else plain += 1
    const at = Map.groupBy(findings, (f) => columnOf(f.column))
    rows.push({
      row: row.number,
      grave: findings.some((f) => f.grave),
      problems: findings.filter((f) => columnOf(f.column) === null).map((f) => f.expected),
      cells: columns.map((index) => {
        const here = at.get(index) ?? []
        const first = here.find((f) => f.grave) ?? here[0]
        return { text: row.cells[index]?.text.slice(0, 500) ?? '', problem: first?.expected ?? null, grave: first?.grave ?? false }
      }),
    })
    if (left === 0 && plain >= SHOWN_PLAIN) break
  }
  return { rows: rows.sort((a, b) => Number(b.grave) - Number(a.grave) || a.row - b.row), more: noted.size - wanted.size }
}

/** `C 网址` → 2; null where the whole row is meant. */
function columnOf(column: string): number | null {
  const letters = /^([A-Z]{1,3})(?: |$)/.exec(column)?.[1]
  return letters === undefined ? null : columnIndex(letters)
}
