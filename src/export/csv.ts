import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline as join, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import type { CellValue, TableSheet } from './table.ts'

/** One sheet as CSV, piece by piece: UTF-8 with BOM, which Excel opens right. */
export function csvStream(sheet: TableSheet): Readable {
  const titles = sheet.columns.map((c) => neutral(c.title))
  async function* records(): AsyncGenerator<string[]> {
    yield titles
    for await (const row of sheet.rows) yield sheet.columns.map((c) => neutral(row[c.key]))
  }
  // Through pipeline, so that a source that fails ends the stream with its error; pipe would leave it hanging.
  return join(Readable.from(records()), stringify({ bom: true, record_delimiter: 'windows' }), () => undefined)
}

export async function csvFile(file: string, sheet: TableSheet): Promise<void> {
  const part = `${file}.part`
  try {
    await pipeline(csvStream(sheet), createWriteStream(part))
    await rename(part, file)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** A cell that a spreadsheet would run as a formula gets an apostrophe before it; the ledger import takes it off again. */
export function neutral(value: CellValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  return /^['=+\-@\t\r]/.test(value) ? `'${value}` : value
}

