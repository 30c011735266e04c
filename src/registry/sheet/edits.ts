import { z } from 'zod'
import type { Sheet } from './types.ts'

/** Cells that a person has mended in the preview: rows as the user sees them, from 1; columns from 0. */
export const cellEdits = z.array(z.strictObject({
  sheet: z.string().max(200), row: z.number().int().min(1).max(1_048_576), column: z.number().int().min(0).max(499), text: z.string().max(4000),
})).max(2000)

export type CellEdit = z.infer<typeof cellEdits>[number]

/** The sheets with the mended cells in them. A cell that was merged over gets its own text; an emptied one is blank. */
export function withEdits(sheets: readonly Sheet[], edits: readonly CellEdit[]): Sheet[] {
  if (edits.length === 0) return [...sheets]
  const bySheet = Map.groupBy(edits, (e) => e.sheet)
  return sheets.map((sheet) => {
    const own = bySheet.get(sheet.name)
    if (own === undefined) return sheet
    const byRow = Map.groupBy(own, (e) => e.row)
    return {
      name: sheet.name, hidden: sheet.hidden, expected: sheet.expected, merges: sheet.merges,
      async *rows() {
        for await (const row of sheet.rows()) {
          const mended = byRow.get(row.number)
          if (mended === undefined) { yield row; continue }
          const cells = [...row.cells]
          for (const e of mended) cells[e.column] = { text: e.text }
          yield { number: row.number, cells }
        }
      },
    }
  })
}
