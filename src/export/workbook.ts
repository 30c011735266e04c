import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { setImmediate as breathe } from 'node:timers/promises'
import type { WorkbookWriter as Writer } from '@cj-tech-master/excelts'
import { columnName, safeSheetName } from './names.ts'
import type { CellValue, Column, TableSheet } from './table.ts'

const HEAD_FILL = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFDCE9F7' } } as const
const THIN = { style: 'thin', color: { argb: 'FFB8C4D0' } } as const
/** Excel's own limit of characters in a cell. */
const MAX_CELL = 32_767

/**
 * Writes sheets to a stream, row by row, letting others run in between. Text is always text: leading zeros and long ids
 * stay, and a cell that begins with = + - @ is no formula.
 */
export async function writeWorkbook(out: Writable, sheets: readonly TableSheet[]): Promise<void> {
  // Loaded with the first workbook: most commands write none, and it is the largest package there is.
  const { WorkbookWriter } = await import('@cj-tech-master/excelts')
  const writer = new WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false } as ConstructorParameters<typeof WorkbookWriter>[0])
  const names = new Set<string>()
  for (const sheet of sheets) {
    const ws = writer.addWorksheet(safeSheetName(sheet.name, names), { views: [{ state: 'frozen', ySplit: 1 }] })
    ws.columns = sheet.columns.map((c) => ({ key: c.key, header: c.title, width: c.width ?? 16, style: { numFmt: formatOf(c), alignment: { vertical: 'top', wrapText: (c.width ?? 16) >= 30 } } }))
    ws.autoFilter = { from: { row: 1, col: 1 }, to: { row: 1, col: Math.max(1, sheet.columns.length) } }
    setChoices(ws, sheet)
    const head = ws.getRow(1)
    head.font = { bold: true }
    head.height = 22
    for (let i = 1; i <= sheet.columns.length; i += 1) {
      const cell = head.getCell(i)
      cell.fill = HEAD_FILL
      cell.border = { bottom: THIN }
      cell.alignment = { vertical: 'middle' }
    }
    head.commit()
    let count = 0
    for await (const row of sheet.rows) {
      const added = ws.addRow(sheet.columns.map((c) => valueOf(row[c.key], c)))
      added.commit()
      count += 1
      if (count % 500 === 0) await breathe()
    }
    ws.commit()
  }
  await writer.commit()
}

/** The workbook as bytes, for answers and small files. */
export async function workbookBytes(sheets: readonly TableSheet[]): Promise<Uint8Array> {
  const out = new PassThrough()
  const pieces: Buffer[] = []
  out.on('data', (piece: Buffer) => pieces.push(piece))
  const done = finished(out)
  await Promise.all([writeWorkbook(out, sheets), done])
  return Buffer.concat(pieces)
}

/** Writes the file whole or not at all: under another name first, which then takes its place. */
export async function workbookFile(file: string, sheets: readonly TableSheet[]): Promise<void> {
  const part = `${file}.part`
  const out = createWriteStream(part)
  try {
    await Promise.all([writeWorkbook(out, sheets), finished(out)])
    await rename(part, file)
  } catch (error) {
    out.destroy()
    if (!out.closed) await once(out, 'close')
    await rm(part, { force: true })
    throw error
  }
}

function formatOf(column: Column): string {
  return column.type === 'number' ? 'General' : column.type === 'date' ? 'yyyy-mm-dd' : '@'
}

function valueOf(value: CellValue, column: Column): string | number | Date | null {
  if (value === null || value === undefined || value === '') return null
  if (column.type === 'date' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return new Date(`${value}T00:00:00Z`)
  if (typeof value === 'number') return column.type === 'number' ? value : String(value)
  // Control characters cannot be written in XML.
  return value.replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '').slice(0, MAX_CELL)
}

type Sheet = ReturnType<Writer['addWorksheet']>

function setChoices(ws: Sheet, sheet: TableSheet): void {
  const last = sheet.choicesDownTo ?? 0
  if (last < 2) return
  for (const [index, column] of sheet.columns.entries()) {
    if (column.choices === undefined && column.hint === undefined) continue
    const letter = columnName(index)
    const hint = column.hint === undefined ? {} : { showInputMessage: true, promptTitle: column.title.slice(0, 32), prompt: column.hint.slice(0, 255) }
    if (column.choices === undefined) {
      ws.dataValidations.add(`${letter}2:${letter}${last}`, { type: 'textLength', operator: 'greaterThanOrEqual', formulae: [0], allowBlank: true, ...hint })
    } else {
      // Others may be typed: the import understands more names than the list offers.
      ws.dataValidations.add(`${letter}2:${letter}${last}`, { type: 'list', allowBlank: true, formulae: [`"${column.choices.join(',')}"`], showErrorMessage: false, ...hint })
    }
  }
}
