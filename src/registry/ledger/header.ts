import { kindByName } from '../../domain/kinds.ts'
import type { Kind } from '../../domain/kinds.ts'
import { MergeFill } from '../sheet/merges.ts'
import type { Merge, Sheet, SheetRow } from '../sheet/types.ts'
import { columnFieldOf, fieldOf, headingKey, WEBSITE_HEADINGS } from './fields.ts'
import type { ColumnField, Field } from './fields.ts'
import { tidy } from './tidy.ts'

/** One column of a sheet: its heading, and the field it is (null: kept as extra). */
export type Heading<F> = { readonly index: number; readonly text: string; readonly field: F | null; readonly rank: number }

export type Header =
  | { readonly use: 'channels'; readonly row: number; readonly last: number; readonly headings: readonly Heading<Field>[]; readonly kind: Kind | null }
  | { readonly use: 'columns'; readonly row: number; readonly last: number; readonly headings: readonly Heading<ColumnField>[] }

/** Headings stand under titles and notes: so many rows are looked at. */
const SEARCHED = 30

type Read<F> = (text: string) => { readonly field: F; readonly rank: number } | null

/** Finds the headings of a sheet; null where it has none that are known. */
export async function findHeader(sheet: Sheet): Promise<Header | null> {
  const rows: SheetRow[] = []
  const fill = new MergeFill(sheet.merges, 'all')
  for await (const row of sheet.rows()) {
    if (row.number > SEARCHED * 2 || rows.length >= SEARCHED) break
    rows.push(fill.apply(row))
  }
  const columns = /栏目/.test(sheet.name) ? best(rows, columnFieldOf, (f) => f.has('name') || f.has('url')) : null
  const channels = best(rows, fieldOf, (f) => f.has('name') || f.has('address') || f.has('accountId'))
  const asColumns = columns ?? (/栏目/.test(sheet.name) ? null : columnsInDisguise(rows))
  if (asColumns !== null) {
    return { use: 'columns', row: asColumns.row, last: headingsEnd(asColumns, rows, sheet.merges), headings: twoRows(asColumns, rows, sheet.merges, columnFieldOf) }
  }
  if (channels === null) return null
  const headings = twoRows(channels, rows, sheet.merges, fieldOf)
  const site = headings.some((h) => WEBSITE_HEADINGS.has(headingKey(h.text)))
  return { use: 'channels', row: channels.row, last: headingsEnd(channels, rows, sheet.merges), headings, kind: kindOfSheet(sheet.name) ?? (site ? 'website' : null) }
}

type Candidate<F> = { readonly row: number; readonly at: number; readonly headings: Heading<F>[]; readonly score: number }

function best<F>(rows: readonly SheetRow[], read: Read<F>, enough: (fields: ReadonlySet<F | string>) => boolean): Candidate<F> | null {
  let found: Candidate<F> | null = null
  for (const [at, row] of rows.entries()) {
    const headings = headingsOf(row, read)
    const fields = new Set<F | string>(headings.flatMap((h) => (h.field === null ? [] : [h.field])))
    // One heading alone may be a title; it is a heading only where the row has nothing else.
    const alone = headings.length === 1
    if (!enough(fields) || (fields.size < 2 && !alone)) continue
    if (found === null || fields.size > found.score) found = { row: row.number, at, headings, score: fields.size }
  }
  return found
}

/** A sheet of columns whose name does not say so: its headings do. */
function columnsInDisguise(rows: readonly SheetRow[]): Candidate<ColumnField> | null {
  const found = best(rows, columnFieldOf, (f) => f.has('name') && f.has('url'))
  const named = (want: RegExp): boolean => found?.headings.some((h) => want.test(headingKey(h.text))) === true
  return named(/^栏目(名称?)?$/) && named(/^栏目(链接|地址|网址|url)$/) ? found : null
}

function headingsOf<F>(row: SheetRow, read: Read<F>): Heading<F>[] {
  const headings: Heading<F>[] = []
  const seen = new Set<string>()
  for (const [index, cell] of row.cells.entries()) {
    const text = tidy(cell?.text ?? '')
    if (text === '' || text.length > 100) continue
    // A merged title repeats itself over its columns: it counts once.
    const known = seen.has(text) ? null : read(text)
    seen.add(text)
    headings.push({ index, text, field: known?.field ?? null, rank: known?.rank ?? 0 })
  }
  return headings
}

/** Headings in two rows, the upper ones merged over the lower: 联系人 over 姓名 and 电话 reads 联系人姓名, 联系人电话. */
function twoRows<F>(found: Candidate<F>, rows: readonly SheetRow[], merges: readonly Merge[], read: Read<F>): Heading<F>[] {
  const below = secondRow(found, rows, merges)
  if (below === null) return found.headings
  const upper = rows[found.at]
  const combined: Heading<F>[] = []
  const width = Math.max(upper?.cells.length ?? 0, below.cells.length)
  for (let index = 0; index < width; index += 1) {
    const high = tidy(upper?.cells[index]?.text ?? '')
    const low = tidy(below.cells[index]?.text ?? '')
    const text = low === '' || low === high ? high : high === '' ? low : `${high}${low}`
    if (text === '') continue
    const known = read(text) ?? (low === '' ? null : read(low))
    combined.push({ index, text, field: known?.field ?? null, rank: known?.rank ?? 0 })
  }
  return combined
}

function headingsEnd<F>(found: Candidate<F>, rows: readonly SheetRow[], merges: readonly Merge[]): number {
  return secondRow(found, rows, merges)?.number ?? found.row
}

function secondRow<F>(found: Candidate<F>, rows: readonly SheetRow[], merges: readonly Merge[]): SheetRow | null {
  const { row } = found
  const tall = merges.some((m) => m.top === row && m.bottom === row + 1)
  const next = rows[found.at + 1]
  return tall && next !== undefined && next.number === row + 1 ? next : null
}

/** The kind that a sheet's name tells: 微信公众号, 微博台账, QQ群清单. */
export function kindOfSheet(name: string): Kind | null {
  const plain = name.normalize('NFKC').replace(/\s+/g, '')
  const core = plain.replace(/^(?:附件\d*[、:：.]?|\d+[、.]?)/, '').replace(/[([].*[)\]]$/, '').replace(/(?:清理|统计|情况|信息|登记|基本)*(?:台账|汇总表|汇总|清单|统计表|登记表|名单|列表|明细表|明细|表)$/, '')
  const kind = kindByName(plain) ?? kindByName(core) ?? kindByName(core.replace(/^政务/, ''))
  // 其他 as a sheet's name says that it is mixed.
  return kind === 'other' ? null : kind
}
