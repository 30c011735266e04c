import { buffer } from 'node:stream/consumers'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { csvFile, csvStream } from '../../export/csv.ts'
import type { Row, TableSheet } from '../../export/table.ts'
import { workbookBytes, workbookFile } from '../../export/workbook.ts'
import { recordAudit } from '../../audit/record.ts'
import { isKind, KINDS } from '../../domain/kinds.ts'
import { requireRole } from '../../domain/permit.ts'
import { channelFilter, filterSql, seenBy } from '../channel/filter.ts'
import type { RegionBook } from '../region/book.ts'
import { loadRegions } from '../region/seed.ts'
import { COLUMN_SHEET, LEDGER_SHEET, ledgerColumns, siteColumnColumns } from './sheet-columns.ts'
import { CLASSES, FILING, FUNCTIONS, nameOf, RUNNING } from './values.ts'

export const exportLedgerInput = z.object({
  file: z.string().min(1).optional().describe('.xlsx or .csv; without it the bytes come back'),
  format: z.enum(['xlsx', 'csv']).default('xlsx').describe('What the bytes are, where no file is named'),
  filter: channelFilter.optional(),
})

const PAGE = 2000

type ChannelRow = {
  id: string; kind: string; name: string; address_raw: string; account_id: string | null; site_code: string | null; organisation: string | null
  supervisor: string | null; region_code: string | null; filing_status: string | null; filing_number: string | null; running_status: string | null
  function_type: string | null; opened_on: string | null; contact: string | null; phone: string | null; members: number | null; note: string | null
  extra: string | null; newest_on: string | null; stated_on: string | null; stated_by: string | null; link: string | null; stated_note: string | null
}

/**
 * The register as a ledger: importing it again changes nothing. A workbook has the columns on a sheet of their own; a
 * CSV holds the channels alone. Headings that were not ours follow ours.
 */
export async function exportLedger({ ctx, input }: { ctx: Ctx; input: z.input<typeof exportLedgerInput> }): Promise<{ channels: number; columns: number; file: string | null; bytes?: Uint8Array }> {
  requireRole(ctx.actor, ['operations', 'rectification', 'read_only'])
  const { file, format, filter = {} } = exportLedgerInput.parse(input)
  const book = await loadRegions(ctx.db.orm)
  const where = sql`${filterSql(filter, ctx.clock.now())} and ${seenBy(ctx.actor)}`
  const extras = await ctx.db.orm.execute<{ heading: string }>(sql`
    select heading from (select distinct jsonb_object_keys(c.extra) as heading from channel c left join organisation o on o.id = c.organisation_id where c.extra is not null and ${where}) x order by heading`)
  const headings = extras.map((e) => e.heading)
  const done = { channels: 0, columns: 0 }

  async function* channels(): AsyncGenerator<Row> {
    for (let after = 0; ;) {
      const rows = await ctx.db.orm.execute<ChannelRow>(sql`
        select c.id, c.kind, c.name, c.address_raw, c.account_id, c.site_code, o.name as organisation, c.supervisor, c.region_code, c.filing_status,
          c.filing_number, c.running_status, c.function_type, c.opened_on::text, c.contact, c.phone, c.members, c.note, c.extra::text,
          a.newest_on::text, a.stated_on::text, a.stated_by, a.link, a.note as stated_note
        from channel c left join organisation o on o.id = c.organisation_id
        left join lateral (select * from attestation a where a.channel_id = c.id order by a.stated_on desc, a.id desc limit 1) a on true
        where c.id > ${after} and ${where} order by c.id limit ${PAGE}`)
      for (const r of rows) yield channelRow(r, book, headings)
      done.channels += rows.length
      const last = rows.at(-1)
      if (last === undefined || rows.length < PAGE) return
      after = Number(last.id)
    }
  }

  async function* columns(): AsyncGenerator<Row> {
    for (let after = 0; ;) {
      const rows = await ctx.db.orm.execute<{ id: string; address_raw: string; name: string; url: string; class: string; threshold_days: number | null; active: boolean }>(sql`
        select s.id, c.address_raw, s.name, s.url, s.class, s.threshold_days, s.active from site_column s join channel c on c.id = s.channel_id
        left join organisation o on o.id = c.organisation_id
        where s.source = 'ledger' and s.id > ${after} and ${where} order by s.id limit ${PAGE}`)
      for (const r of rows) {
        yield { channel: r.address_raw, name: r.name, url: r.url, class: CLASSES.find((c) => c.id === r.class)?.zh ?? r.class, threshold: r.threshold_days, status: r.active ? '正常' : '停用' }
      }
      done.columns += rows.length
      const last = rows.at(-1)
      if (last === undefined || rows.length < PAGE) return
      after = Number(last.id)
    }
  }

  const extraColumns = headings.map((h) => ({ key: `extra:${h}`, title: h, width: 16, type: 'text' as const }))
  const main: TableSheet = { name: LEDGER_SHEET, columns: [...ledgerColumns(), ...extraColumns], rows: channels() }
  const sheets: TableSheet[] = [main, { name: COLUMN_SHEET, columns: siteColumnColumns(), rows: columns() }]
  let bytes: Uint8Array | undefined
  if (file === undefined) bytes = format === 'csv' ? await buffer(csvStream(main)) : await workbookBytes(sheets)
  else if (/\.(?:csv|txt)$/i.test(file)) await csvFile(file, main)
  else await workbookFile(file, sheets)
  await ctx.db.orm.transaction((tx) => recordAudit(tx, { actor: ctx.actor, at: ctx.clock.now() }, [{ verb: 'ledger.export', entity: 'ledger', detail: { ...done, filter } }]))
  return { ...done, file: file ?? null, ...(bytes === undefined ? {} : { bytes }) }
}

function channelRow(r: ChannelRow, book: RegionBook, headings: readonly string[]): Row {
  const extra = r.extra === null ? {} : (JSON.parse(r.extra) as Record<string, string>)
  return {
    kind: isKind(r.kind) ? KINDS[r.kind].name.zh : r.kind,
    name: r.name, address: r.address_raw, accountId: r.account_id, siteCode: r.site_code, organisation: r.organisation, supervisor: r.supervisor,
    region: regionText(book, r.region_code),
    filingStatus: nameOf(FILING, r.filing_status), filingNumber: r.filing_number,
    runningStatus: nameOf(RUNNING, r.running_status), functionType: nameOf(FUNCTIONS, r.function_type),
    openedOn: r.opened_on, contact: r.contact, phone: r.phone, members: r.members,
    newestOn: r.newest_on, statedOn: r.stated_on, statedBy: r.stated_by, newestTitle: r.stated_note, newestLink: r.link, note: r.note,
    ...Object.fromEntries(headings.map((h) => [`extra:${h}`, extra[h] ?? null])),
  }
}

/** The path where it leads back to the same region, else the code. */
export function regionText(book: RegionBook, code: string | null): string {
  if (code === null) return ''
  const path = book.path(code)
  const found = book.find(path)
  return found.kind === 'one' && found.region.code === code ? path : code
}
