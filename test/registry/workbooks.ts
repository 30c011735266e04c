import { Workbook } from '@cj-tech-master/excelts'

export type CellIn = string | number | Date | null | { formula: string; result?: string | number } | { text: string; hyperlink: string } | { error: '#N/A' }

/** A workbook as an office program writes it: sheets of rows, merged ranges, number formats by cell. */
export async function workbook(sheets: Readonly<Record<string, readonly (readonly CellIn[])[]>>, extra: { merges?: Record<string, string[]>; formats?: Record<string, Record<string, string>>; hidden?: string[] } = {}): Promise<Uint8Array> {
  const book = new Workbook()
  for (const [name, rows] of Object.entries(sheets)) {
    const ws = book.addWorksheet(name)
    if (extra.hidden?.includes(name)) ws.state = 'hidden'
    for (const row of rows) ws.addRow(row as never[])
    for (const [cell, format] of Object.entries(extra.formats?.[name] ?? {})) ws.getCell(cell).numFmt = format
    for (const range of extra.merges?.[name] ?? []) ws.mergeCells(range)
  }
  return new Uint8Array(await book.xlsx.writeBuffer())
}

export const csv = (...rows: readonly (readonly string[])[]): Uint8Array =>
  Buffer.from(rows.map((r) => r.map((c) => (/[",\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join(',')).join('\r\n'))
