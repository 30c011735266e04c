import { hash } from 'node:crypto'
import type { Writable } from 'node:stream'
import { setImmediate as breathe } from 'node:timers/promises'
import type { WorkbookWriter as Writer } from '@cj-tech-master/excelts'
import { columnName, safeSheetName } from './names.ts'
import { rowHeight } from './row-height.ts'

/** How a cell looks; colours only repeat what the text says. */
export type Tone = 'title' | 'head' | 'label' | 'plain' | 'good' | 'bad' | 'open' | 'muted'
export type StyledCell = { readonly value: string | number | null; readonly link?: string; readonly tone?: Tone; readonly picture?: Picture }
/** A JPEG laid over its cell, shown this large, in pixels. */
export type Picture = { readonly jpeg: Uint8Array; readonly width: number; readonly height: number }
export type StyledValue = string | number | null | StyledCell

export type StyledRow = {
  readonly cells: readonly StyledValue[]
  readonly tone?: Tone
  /** In points; absent, as high as its texts need. */
  readonly height?: number
  /** The first cell takes the whole width. */
  readonly across?: boolean
}

/** A sheet as it is printed and handed in, row by row. */
export type StyledSheet = {
  readonly name: string
  readonly columns: readonly { readonly width: number; readonly center?: boolean; readonly number?: boolean }[]
  readonly rows: Iterable<StyledRow> | AsyncIterable<StyledRow>
  /** Number (from 1) of the row of headings: frozen with what is above it, and repeated on every printed page. */
  readonly headRow?: number
  readonly filter?: boolean
  readonly landscape?: boolean
  /** Columns (from 1) in which equal neighbours below the headings become one cell. Keeps the sheet in memory: for small ones. */
  readonly mergeDown?: readonly number[]
}

const MAX_CELL = 32_767
/** Excel's own limits: characters of a link, links of a sheet. */
const MAX_LINK = 2079
export const MAX_LINKS = 65_000

const LINE = { style: 'thin', color: { argb: 'FFB8C4D0' } } as const
const BOX = { top: LINE, left: LINE, bottom: LINE, right: LINE }
const fill = (argb: string) => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } }) as const
const FONT = '宋体'
const STYLES = {
  title: { font: { name: FONT, size: 16, bold: true } },
  head: { font: { name: FONT, size: 10, bold: true }, fill: fill('FFDCE9F7'), border: BOX },
  label: { font: { name: FONT, size: 10, bold: true }, border: BOX },
  plain: { font: { name: FONT, size: 10 }, border: BOX },
  good: { font: { name: FONT, size: 10, color: { argb: 'FF1B6E3C' } }, border: BOX },
  bad: { font: { name: FONT, size: 10, color: { argb: 'FFB3261E' } }, fill: fill('FFFCE8E6'), border: BOX },
  open: { font: { name: FONT, size: 10, color: { argb: 'FF7A5900' } }, fill: fill('FFFFF6DD'), border: BOX },
  muted: { font: { name: FONT, size: 10, color: { argb: 'FF6B7580' } }, border: BOX },
} as const satisfies Record<Tone, object>
const LINKED = { name: FONT, size: 10, underline: true, color: { argb: 'FF0B57A4' } } as const

/**
 * Writes styled sheets to a stream, row by row. Text is always text: ids keep their zeros, and a cell that begins with
 * = + - @ is no formula. Sheets may come one after the other; each is written before the next is asked for.
 */
export async function writeStyled(out: Writable, sheets: Iterable<StyledSheet> | AsyncIterable<StyledSheet>): Promise<void> {
  // Loaded with the first workbook: most commands write none, and it is the largest package there is.
  const { WorkbookWriter } = await import('@cj-tech-master/excelts')
  const writer = new WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false } as ConstructorParameters<typeof WorkbookWriter>[0])
  const names = new Set<string>()
  const kept = new Map<string, number>()
  // The same picture is kept once, however many cells show it.
  const media = (jpeg: Uint8Array): number => {
    const key = hash('sha256', jpeg, 'hex')
    const id = kept.get(key) ?? writer.addImage({ extension: 'jpeg', buffer: Buffer.from(jpeg) })
    kept.set(key, id)
    return id
  }
  for await (const sheet of sheets) await writeSheet(writer, media, sheet, safeSheetName(sheet.name, names))
  await writer.commit()
}

/** An address that a cell may lead to: the web, or a place in the same workbook. Null for anything else. */
export function safeLink(link: string | undefined | null): string | null {
  if (link === undefined || link === null || link.length > MAX_LINK || /[\p{Cc}\s]/u.test(link)) return null
  return /^https?:\/\//i.test(link) || link.startsWith('#') ? link : null
}

async function writeSheet(writer: Writer, media: (jpeg: Uint8Array) => number, sheet: StyledSheet, name: string): Promise<void> {
  const width = sheet.columns.length
  const head = sheet.headRow ?? 0
  const ws = writer.addWorksheet(name, {
    ...(head > 0 ? { views: [{ state: 'frozen', ySplit: head }] } : {}),
    pageSetup: {
      paperSize: 9, orientation: sheet.landscape === true ? 'landscape' : 'portrait', fitToPage: true, fitToWidth: 1, fitToHeight: 0, horizontalCentered: true,
      ...(head > 0 ? { printTitlesRow: `${head}:${head}` } : {}),
    },
    headerFooter: { oddFooter: '&L&A&C第 &P 页 共 &N 页' },
  } as Parameters<Writer['addWorksheet']>[1])
  ws.columns = sheet.columns.map((c) => ({ width: c.width }))
  if (sheet.filter === true && head > 0) ws.autoFilter = { from: { row: head, col: 1 }, to: { row: head, col: Math.max(1, width) } }
  const held = sheet.mergeDown === undefined ? null : new Map<number, string[]>()
  const widths = sheet.columns.map((c) => c.width)
  const merged = new Set(sheet.mergeDown)
  let count = 0
  let links = 0
  for await (const row of sheet.rows) {
    count += 1
    const added = ws.addRow(row.cells.map((cell) => {
      const { value, link } = asCell(cell)
      const safe = links < MAX_LINKS ? safeLink(link) : null
      if (safe === null || value === null || value === '') return value
      links += 1
      return { text: String(value), hyperlink: safe }
    }))
    for (const [i, cell] of row.cells.entries()) {
      const { picture } = asCell(cell)
      // A little inside the cell, so that its lines stay to be seen.
      if (picture !== undefined) ws.addImage(media(picture.jpeg), { tl: { col: i + 0.03, row: count - 0.97 }, ext: { width: picture.width, height: picture.height }, editAs: 'oneCell' })
    }
    for (const [i, cell] of row.cells.entries()) style(added.getCell(i + 1), sheet.columns[i], asCell(cell), row.tone ?? (count === head ? 'head' : 'plain'))
    const height = row.height ?? (row.across === true ? undefined : rowHeight(row.cells.map((c, i) => (merged.has(i + 1) ? null : textOf(c))), widths))
    if (height !== undefined) added.height = height
    if (row.across === true && width > 1) ws.mergeCells(count, 1, count, width)
    if (held === null) added.commit()
    else if (count > head && row.across !== true) held.set(count, row.cells.map((c) => String(asCell(c).value ?? '')))
    if (count % 200 === 0) await breathe()
  }
  for (const column of held === null ? [] : (sheet.mergeDown ?? [])) {
    for (const [from, to] of runs(held ?? new Map(), column)) ws.mergeCells(`${columnName(column - 1)}${from}:${columnName(column - 1)}${to}`)
  }
  ws.commit()
}

type Cell = ReturnType<ReturnType<ReturnType<Writer['addWorksheet']>['addRow']>['getCell']>

function style(cell: Cell, column: StyledSheet['columns'][number] | undefined, { value, link, tone }: StyledCell, rowTone: Tone): void {
  const as = tone ?? rowTone
  const number = typeof value === 'number' && column?.number === true
  const center = as === 'title' || as === 'head' || column?.center === true
  cell.style = {
    ...STYLES[as],
    ...(safeLink(link) === null || value === null ? {} : { font: LINKED }),
    numFmt: number ? 'General' : '@',
    alignment: { vertical: as === 'title' || as === 'head' ? 'middle' : 'top', horizontal: center ? 'center' : 'left', wrapText: true },
  }
}

/** Rows from-to with the same text in a column, and in all columns left of it that are merged too; of two rows or more. */
function runs(rows: ReadonlyMap<number, readonly string[]>, column: number): [number, number][] {
  const found: [number, number][] = []
  let from = 0
  let last = 0
  let text: string | null = null
  for (const [number, cells] of rows) {
    const mine = cells.slice(0, column).join('\n')
    if (mine === text && number === last + 1) {
      last = number
      continue
    }
    if (last > from) found.push([from, last])
    ;[from, last, text] = [number, number, mine]
  }
  if (last > from) found.push([from, last])
  return found
}

/** Control characters cannot be written in XML. */
const clean = (s: string): string => s.replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '').slice(0, MAX_CELL)

const textOf = (cell: StyledValue): string | null => {
  const { value } = asCell(cell)
  return typeof value === 'string' ? value : null
}

function asCell(cell: StyledValue): StyledCell {
  if (cell === null || typeof cell === 'number') return { value: cell }
  if (typeof cell === 'string') return { value: clean(cell) }
  return typeof cell.value === 'string' ? { ...cell, value: clean(cell.value) } : cell
}
