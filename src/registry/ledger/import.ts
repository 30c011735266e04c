import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { requireWholeRegister } from '../../../db/scope.ts'
import type { Tx } from '../../../db/client.ts'
import { recordAudit } from '../../audit/record.ts'
import { dayInChina } from '../../domain/date.ts'
import { HuoshuiError } from '../../domain/error.ts'
import { requireRole } from '../../domain/permit.ts'
import { fill } from '../../domain/text.ts'
import { RegionBook } from '../region/book.ts'
import { loadRegions, seedRegions } from '../region/seed.ts'
import { cellEdits, withEdits } from '../sheet/edits.ts'
import { openSheets } from '../sheet/open.ts'
import type { Sheet } from '../sheet/types.ts'
import { storeColumns } from './columns.ts'
import { draftOf } from './draft.ts'
import { findHeader } from './header.ts'
import type { Header } from './header.ts'
import { rejectedWorkbook } from './rejected.ts'
import { MAX_FINDINGS } from './report.ts'
import type { Finding, ImportReport, SheetReport } from './report.ts'
import { SAY } from './say.ts'
import { newTally } from './state.ts'
import type { Tally } from './state.ts'
import { lockRegister, storeBatch } from './store.ts'
import type { Origin, Pending } from './store.ts'
import { rowsBelow } from './table.ts'

export const importLedgerInput = z.object({
  /** The file, or its bytes. */
  file: z.string().min(1).optional(),
  bytes: z.custom<Uint8Array>((v) => v instanceof Uint8Array).optional(),
  name: z.string().optional().describe('The name of the file that the bytes came as'),
  edits: cellEdits.optional().describe('Cells mended since the file was written'),
  dryRun: z.boolean().default(false).describe('Check all, write nothing'),
  skipBad: z.boolean().default(false).describe('Write the good rows; else one bad row stops all'),
  rejectedFile: z.string().optional().describe('Where the rejected rows are written; FILE.rejected.xlsx beside the file unless set'),
  home: z.string().regex(/^[0-9Z]{6}$/).optional().describe('Region in which names that several bear are looked for first'),
}).refine((i) => (i.file === undefined) !== (i.bytes === undefined), 'give either a file or its bytes')

export type ImportLedgerInput = z.input<typeof importLedgerInput> & { readonly onProgress?: (done: number, total: number) => void }
/** `rejected`: the workbook of rejected rows, for callers that gave bytes. */
export type ImportLedgerResult = ImportReport & { readonly rejectedBytes?: Uint8Array }

const BATCH = 1000

/**
 * Imports a ledger (.xlsx, .csv). All or nothing unless `skipBad`; idempotent by kind and identity: a blank cell keeps
 * what is registered, absent rows stay. Returns what was done and every finding; nothing was written where
 * `imported` is false. Throws `bad_input` for a file that cannot be read, `not_found` for none.
 */
export async function importLedger({ ctx, input }: { ctx: Ctx; input: ImportLedgerInput }): Promise<ImportLedgerResult> {
  requireRole(ctx.actor, ['operations'])
  requireWholeRegister(ctx.actor)
  const { onProgress } = input
  const options = importLedgerInput.parse(input)
  const bytes = options.bytes === undefined ? await load(options.file ?? '') : Buffer.from(options.bytes)
  const file = options.name ?? basename(options.file ?? 'ledger')
  const sheets = withEdits(await openSheets(bytes, file), options.edits ?? [])
  const origin: Origin = { source: 'ledger', note: { file, sha256: createHash('sha256').update(bytes).digest('hex').slice(0, 16) } }
  await seedRegions(ctx)

  const run = new Run(ctx, options, file, onProgress)
  try {
    await ctx.db.orm.transaction(async (tx) => {
      await lockRegister(tx)
      await run.all(tx, sheets, origin)
      if (options.dryRun || (run.tally.errors.count > 0 && !options.skipBad)) throw new NotWritten()
      const { sheets: _, warnings: __, errors: ___, ...counts } = run.report(true, null)
      await recordAudit(tx, { actor: ctx.actor, at: ctx.clock.now() }, [{ verb: 'ledger.import', entity: 'ledger', entityId: origin.note['sha256'] ?? '', detail: counts }])
    })
  } catch (error) {
    if (!(error instanceof NotWritten)) throw error
    return run.report(false, null)
  }
  if (run.tally.rejected.length === 0) return run.report(true, null)
  const workbook = await rejectedWorkbook(run.tally.rejected)
  const target = options.rejectedFile ?? (options.file === undefined ? null : `${options.file.replace(/\.[^./\\]*$/, '')}.rejected.xlsx`)
  if (target === null) return { ...run.report(true, null), rejectedBytes: workbook }
  await writeFile(target, workbook)
  return run.report(true, target)
}

/** Rolls the transaction back: nothing was to be written. */
class NotWritten extends Error {}

class Run {
  readonly #ctx: Ctx
  readonly #options: z.output<typeof importLedgerInput>
  readonly #file: string
  readonly #progress: (done: number, total: number) => void
  readonly #sheets: SheetReport[] = []
  readonly #rejectedRows = new Set<string>()
  tally: Tally = newTally(new RegionBook([]))

  constructor(ctx: Ctx, options: z.output<typeof importLedgerInput>, file: string, progress: ((done: number, total: number) => void) | undefined) {
    this.#ctx = ctx
    this.#options = options
    this.#file = file
    this.#progress = progress ?? (() => undefined)
  }

  async all(tx: Tx, sheets: readonly Sheet[], origin: Origin): Promise<void> {
    this.tally = newTally(await loadRegions(tx))
    const found: { sheet: Sheet; header: Header }[] = []
    for (const sheet of sheets) {
      const header = sheet.hidden ? null : await findHeader(sheet)
      if (header !== null) found.push({ sheet, header })
      else await this.#pass(sheet)
    }
    if (found.length === 0) throw noHeadings(this.#file)
    const total = found.reduce((n, f) => n + Math.max(0, f.sheet.expected - f.header.last), 0)
    for (const { sheet, header } of found) if (header.use === 'channels') await this.#channels(tx, sheet, header, origin, total)
    for (const { sheet, header } of found) {
      if (header.use !== 'columns') continue
      const rows = await storeColumns(tx, this.#ctx, this.tally, rowsBelow(sheet, header), {
        origin, refuse: (raw, findings) => this.#refuse(sheet.name, header, raw.texts, findings),
      })
      this.#sheets.push(sheetReport(sheet, header, rows))
    }
    this.#progress(Math.max(total, this.tally.rows), Math.max(total, this.tally.rows))
    this.#closing()
  }

  async #channels(tx: Tx, sheet: Sheet, header: Header & { use: 'channels' }, origin: Origin, total: number): Promise<void> {
    const about = { book: this.tally.book, kind: header.kind, home: this.#options.home, today: dayInChina(this.#ctx.clock.now()) }
    let batch: Pending[] = []
    let rows = 0
    for await (const raw of rowsBelow(sheet, header)) {
      rows += 1
      this.tally.rows += 1
      const { draft, errors, warnings } = draftOf(raw, about)
      this.tally.warnings.add(...warnings)
      if (draft === null) this.#refuse(sheet.name, header, raw.texts, errors)
      else {
        const at = { sheet: sheet.name, row: raw.row }
        const refuse: Pending['refuse'] = (expected) => this.#refuse(sheet.name, header, raw.texts, [{ ...at, column: '', value: draft.name, expected }])
        batch.push({ draft, at, refuse })
      }
      if (batch.length >= BATCH) {
        await storeBatch(tx, this.#ctx, this.tally, batch, origin)
        batch = []
        this.#progress(this.tally.rows, Math.max(total, this.tally.rows))
        await breathe()
      }
    }
    await storeBatch(tx, this.#ctx, this.tally, batch, origin)
    this.#sheets.push(sheetReport(sheet, header, rows))
  }

  #refuse(sheet: string, header: Header, texts: readonly string[], findings: readonly Finding[]): void {
    this.tally.errors.add(...findings)
    const row = `${sheet}\n${findings[0]?.row ?? 0}`
    if (this.#rejectedRows.has(row)) return
    this.#rejectedRows.add(row)
    const last = Math.max(...header.headings.map((h) => h.index))
    const headings = Array.from({ length: last + 1 }, (_, i) => header.headings.find((h) => h.index === i)?.text ?? '')
    if (this.#options.skipBad) this.tally.rejected.push({ sheet, headings, texts, reasons: findings })
  }

  /** A sheet that is not read: said aloud unless it is plainly a page of notes or lists. */
  async #pass(sheet: Sheet): Promise<void> {
    this.#sheets.push({ name: sheet.name, use: 'skipped', rows: 0, headerRow: 0, headings: {} })
    if (/说明|须知|指南|列表值|选项|字典|notes|readme|lists/i.test(sheet.name)) return
    for await (const row of sheet.rows()) {
      this.tally.warnings.add({ sheet: sheet.name, row: 0, column: '', value: row.cells.find((c) => c !== undefined)?.text ?? '', expected: sheet.hidden ? SAY.hidden : SAY.noHeadings })
      return
    }
  }

  #closing(): void {
    const { undated, internal, warnings } = this.tally
    const today = dayInChina(this.#ctx.clock.now())
    if (undated !== null) warnings.add({ sheet: undated.sheet, row: 0, column: '', value: '', expected: fill(SAY.statedDay, { day: today }) })
    if (internal !== null) warnings.add({ sheet: internal.first.sheet, row: 0, column: '', value: '', expected: fill(SAY.private, { count: internal.count }) })
  }

  report(written: boolean, rejectedFile: string | null): ImportReport {
    const t = this.tally
    return {
      file: this.#file, dryRun: this.#options.dryRun, imported: written, sheets: this.#sheets,
      rows: t.rows, created: t.created, updated: t.updated, unchanged: t.unchanged, rejected: this.#rejectedRows.size, repeated: t.repeated,
      organisations: t.newOrganisations, attestations: t.attestations, closed: t.closed, reopened: t.reopened, columns: t.columns,
      warnings: t.warnings.list.slice(0, MAX_FINDINGS), warningCount: t.warnings.count, errors: t.errors.list, errorCount: t.errors.count, rejectedFile,
    }
  }
}

function sheetReport(sheet: Sheet, header: Header, rows: number): SheetReport {
  const headings = Object.fromEntries(header.headings.map((h) => [h.text, h.field ?? 'extra']))
  return { name: sheet.name, use: header.use, rows, headerRow: header.row, headings }
}

async function load(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new HuoshuiError('not_found', { zh: `无法读取文件 ${file}`, en: `Cannot read ${file}` }, { cause: error })
  }
}

function noHeadings(file: string): HuoshuiError {
  return new HuoshuiError('bad_input', {
    zh: `${file} 中没有找到表头。第一行(或标题下面)应有渠道类型、渠道名称、网址、主办单位等列名;可用 ledger template 下载模板`,
    en: `No headings were found in ${file}. Its first row (or the one below the title) should name the columns: 渠道类型, 渠道名称, 网址, 主办单位 …; ledger template writes a workbook to start from`,
  })
}
