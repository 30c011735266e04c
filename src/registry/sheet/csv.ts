import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { sheetError } from './problem.ts'
import { LIMITS } from './types.ts'
import type { Cell, Sheet, SheetRow } from './types.ts'

const DELIMITERS = [',', '\t', ';', '，', '；', '|'] as const

/**
 * A CSV as one sheet: UTF-8 with or without BOM, UTF-16 with BOM, else GB18030 (what Excel saves in China); the
 * delimiter is the one that makes the first lines widest and most even.
 */
export function openCsv(bytes: Buffer, name: string): Sheet {
  const text = decodeText(bytes)
  const declared = /^sep=(.)\r?\n/i.exec(text)
  const body = declared === null ? text : text.slice(declared[0].length)
  const delimiter = declared?.[1] ?? guessDelimiter(body)
  const shift = declared === null ? 0 : 1
  return {
    name: name.replace(/\.[^.]*$/, ''),
    hidden: false,
    expected: countLines(body),
    merges: [],
    rows: () => readRows(body, delimiter, shift),
  }
}

export function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

async function* readRows(text: string, delimiter: string, shift: number): AsyncGenerator<SheetRow> {
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    info: true,
    max_record_size: 2_000_000,
    record_delimiter: ['\r\n', '\n', '\r'],
  })
  const source = Readable.from(pieces(text))
  source.on('error', (error) => parser.destroy(error))
  try {
    let records = shift
    for await (const { record } of source.pipe(parser) as AsyncIterable<{ record: string[] }>) {
      records += 1
      const cells = record.slice(0, LIMITS.columns).map(csvCell)
      if (cells.some((c) => c !== undefined)) yield { number: records, cells }
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')) throw sheetError('damaged', error.message, error)
    throw error
  } finally {
    source.destroy()
    parser.destroy()
  }
}

function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += 65_536) yield text.slice(at, at + 65_536)
}

/** Undoes what keeps spreadsheets from reading a cell as a formula or a number: `'=a`, `="00123"`. */
function csvCell(raw: string): Cell | undefined {
  const formula = /^="((?:[^"]|"")*)"$/.exec(raw)
  const text = formula !== null ? (formula[1] ?? '').replaceAll('""', '"') : /^'[=+\-@\t\r']/.test(raw) ? raw.slice(1) : raw
  return text === '' ? undefined : { text: text.slice(0, LIMITS.cellChars) }
}

function guessDelimiter(text: string): string {
  const lines = text.slice(0, 20_000).split(/\r\n|\n|\r/).filter((l) => l.trim() !== '').slice(0, 20)
  let best = ','
  let most = 0
  for (const delimiter of DELIMITERS) {
    const widths = lines.map((l) => l.replace(/"(?:[^"]|"")*"/g, '').split(delimiter).length - 1)
    // Titles above and notes below have none: the commonest width counts, by how many lines have it.
    const score = Math.max(0, ...widths.map((w) => (w === 0 ? 0 : w * widths.filter((o) => o === w).length)))
    if (score > most) {
      most = score
      best = delimiter
    }
  }
  return best
}

function countLines(text: string): number {
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}
