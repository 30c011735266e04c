import { workbookBytes } from '../../export/workbook.ts'
import { ERROR_HEADING, headingKey } from './fields.ts'
import type { Rejected } from './state.ts'

/** The refused rows as they stood, sheet by sheet, with the reasons in a last column: mended, it can be imported as it is. */
export async function rejectedWorkbook(rejected: readonly Rejected[]): Promise<Uint8Array> {
  const sheets = Map.groupBy(rejected, (r) => r.sheet)
  return workbookBytes([...sheets].map(([name, rows]) => {
    const headings = rows[0]?.headings ?? []
    const kept = headings.flatMap((h, i) => (headingKey(h) === headingKey(ERROR_HEADING) || h === '' ? [] : [{ h, i }]))
    return {
      name,
      columns: [
        ...kept.map(({ h, i }) => ({ key: `c${i}`, title: h, width: 18, type: 'text' as const })),
        { key: 'reason', title: ERROR_HEADING, width: 70, type: 'text' as const },
      ],
      rows: rows.map((r) => ({
        ...Object.fromEntries(kept.map(({ i }) => [`c${i}`, r.texts[i] ?? ''])),
        reason: r.reasons.map((f) => `${f.column === '' ? '' : `${f.column}：`}${f.expected.zh}`).join('；'),
      })),
    }
  }))
}
