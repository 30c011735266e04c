import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../db/context.ts'
import type { Tx } from '../../../db/client.ts'
import { recordAudit } from '../../audit/record.ts'
import { CHANNELS, isProblem } from '../../channels/index.ts'
import { columnKey } from '../../domain/column-key.ts'
import { fill } from '../../domain/text.ts'
import type { Text } from '../../domain/text.ts'
import type { ColumnClass } from '../../domain/page.ts'
import type { ColumnField } from './fields.ts'
import type { Finding } from './report.ts'
import { SAY } from './say.ts'
import type { Tally } from './state.ts'
import type { Origin } from './store.ts'
import type { RawRow } from './table.ts'
import { clip, isNothing } from './tidy.ts'
import { allNames, classByName, CLASSES, idOf } from './values.ts'

type Site = { readonly id: number; readonly address: string }
type ColumnRow = {
  readonly channelId: number
  readonly url: string
  readonly urlKey: string
  readonly name: string
  readonly class: ColumnClass
  /** Whether the ledger says the class, or it is told by the name. */
  readonly classGiven: boolean
  readonly days: number | null
  readonly active: boolean | null
}

type About = { readonly origin: Origin; readonly refuse: (raw: RawRow<ColumnField>, findings: readonly Finding[]) => void }

/** Enters the columns of a 栏目 sheet; how many rows it had. A blank cell keeps what is registered. */
export async function storeColumns(tx: Tx, ctx: Ctx, tally: Tally, rows: AsyncIterable<RawRow<ColumnField>>, about: About): Promise<number> {
  let count = 0
  let batch: RawRow<ColumnField>[] = []
  for await (const raw of rows) {
    count += 1
    tally.columns.rows += 1
    batch.push(raw)
    if (batch.length >= 1000) {
      await storeBatch(tx, ctx, tally, batch, about)
      batch = []
    }
  }
  await storeBatch(tx, ctx, tally, batch, about)
  return count
}

async function storeBatch(tx: Tx, ctx: Ctx, tally: Tally, batch: readonly RawRow<ColumnField>[], about: About): Promise<void> {
  const sites = await findSites(tx, batch.flatMap(namesOf))
  const wanted = new Map<string, ColumnRow>()
  for (const raw of batch) {
    const read = readColumn(raw, sites)
    tally.warnings.add(...read.warnings)
    if (read.column === null) about.refuse(raw, read.errors)
    else wanted.set(`${read.column.channelId}\n${read.column.urlKey}`, read.column)
  }
  if (wanted.size === 0) return
  const at = ctx.clock.now().toISOString()
  const done = await tx.execute<{ channel_id: string; url: string; created: boolean }>(sql`
    insert into site_column (channel_id, url, url_key, name, class, threshold_days, source, active, first_seen_at, last_seen_at)
    select "channelId", url, "urlKey", name, class, days, 'ledger', coalesce(active, true), ${at}::timestamptz, ${at}::timestamptz
    from json_to_recordset(${JSON.stringify([...wanted.values()])}::json)
      as r("channelId" bigint, url text, "urlKey" text, name text, class text, "classGiven" boolean, days int, active boolean)
    on conflict (channel_id, url_key) do update set url = excluded.url, name = excluded.name, source = 'ledger',
      class = case when ${givenClass(wanted)} then excluded.class else site_column.class end,
      threshold_days = coalesce(excluded.threshold_days, site_column.threshold_days),
      active = case when ${givenActive(wanted)} then excluded.active else site_column.active end
    where (site_column.url, site_column.name, site_column.source) is distinct from (excluded.url, excluded.name, 'ledger')
      or (${givenClass(wanted)} and site_column.class <> excluded.class)
      or (excluded.threshold_days is not null and site_column.threshold_days is distinct from excluded.threshold_days)
      or (${givenActive(wanted)} and site_column.active <> excluded.active)
    returning channel_id, url, xmax = 0 as created`)
  const created = done.filter((d) => d.created).length
  tally.columns.created += created
  tally.columns.updated += done.length - created
  tally.columns.unchanged += wanted.size - done.length
  const byChannel = Map.groupBy(done, (d) => d.channel_id)
  await recordAudit(tx, { actor: ctx.actor, at: ctx.clock.now() }, [...byChannel].map(([id, list]) => ({
    verb: 'channel.columns', entity: 'channel', entityId: id,
    detail: { ...about.origin.note, created: list.filter((d) => d.created).map((d) => d.url), updated: list.filter((d) => !d.created).map((d) => d.url) },
  })))
}

const keysWhere = (wanted: ReadonlyMap<string, ColumnRow>, is: (c: ColumnRow) => boolean) =>
  sql`(excluded.channel_id || chr(10) || excluded.url_key) in (select value from json_array_elements_text(${JSON.stringify([...wanted].filter(([, c]) => is(c)).map(([key]) => key))}::json))`
const givenClass = (wanted: ReadonlyMap<string, ColumnRow>) => keysWhere(wanted, (c) => c.classGiven)
const givenActive = (wanted: ReadonlyMap<string, ColumnRow>) => keysWhere(wanted, (c) => c.active !== null)

function namesOf(raw: RawRow<ColumnField>): string[] {
  return (raw.values.get('channel') ?? []).map((v) => (v.text === '' ? (v.cell.link ?? '') : v.text)).filter((t) => t !== '' && !isNothing(t))
}

/** Websites by what a row may call them: site code, address or name. */
async function findSites(tx: Tx, names: readonly string[]): Promise<Map<string, Site[]>> {
  const keys = new Map<string, string>()
  for (const name of new Set(names)) {
    const identity = CHANNELS.website.identify(name)
    if (!isProblem(identity)) keys.set(identity.key, name)
  }
  const rows = await tx.execute<{ id: string; address: string; name: string; site_code: string | null; identity_key: string }>(sql`
    select id, address, name, site_code, identity_key from channel where kind = 'website' and (
      name in (select value from json_array_elements_text(${JSON.stringify(names)}::json))
      or site_code in (select value from json_array_elements_text(${JSON.stringify(names)}::json))
      or identity_key in (select value from json_array_elements_text(${JSON.stringify([...keys.keys()])}::json)))`)
  const sites = new Map<string, Site[]>()
  for (const r of rows) {
    const site = { id: Number(r.id), address: r.address }
    for (const name of new Set([r.name, r.site_code, keys.get(r.identity_key)])) {
      if (name !== null && name !== undefined) sites.set(name, [...(sites.get(name) ?? []), site])
    }
  }
  return sites
}

function readColumn(raw: RawRow<ColumnField>, sites: ReadonlyMap<string, readonly Site[]>): { column: ColumnRow | null; errors: Finding[]; warnings: Finding[] } {
  const errors: Finding[] = []
  const warnings: Finding[] = []
  const value = (field: ColumnField) => (raw.values.get(field) ?? []).find((v) => v.text !== '' && !isNothing(v.text)) ?? null
  const finding = (field: ColumnField, expected: Text): Finding => ({
    sheet: raw.sheet, row: raw.row, column: value(field)?.column ?? '', value: value(field)?.text ?? '', expected,
  })
  const candidates = namesOf(raw).map((n) => sites.get(n) ?? [])
  const site = candidates.find((c) => c.length === 1)?.[0]
  if (site === undefined) errors.push(finding('channel', candidates.some((c) => c.length > 1) ? SAY.columnMany : SAY.column))
  const name = value('name')
  const urlValue = value('url') ?? name
  const url = columnUrl(urlValue?.cell.link ?? value('url')?.text ?? '', site?.address)
  if (name === null) errors.push(finding('name', SAY.columnName))
  if (site !== undefined && url === null) errors.push(finding('url', SAY.columnUrl))
  const klass = value('class')
  const given = klass === null ? null : idOf(CLASSES, klass.text)
  if (klass !== null && given === null) warnings.push(finding('class', fill(SAY.columnClass, { names: allNames(CLASSES) })))
  const days = value('threshold') === null ? null : daysOf(value('threshold')?.text ?? '')
  if (Number.isNaN(days)) errors.push(finding('threshold', SAY.days))
  if (errors.length > 0 || site === undefined || url === null || name === null) return { column: null, errors, warnings }
  const status = value('status')?.text
  return {
    column: {
      channelId: site.id, url: url.href, urlKey: columnKey(url.href), name: clip(name.text, 200),
      class: klass === null ? classByName(name.text) : (given ?? 'other'), classGiven: klass !== null, days,
      active: status === undefined ? null : !/^(?:停用|关闭|已关闭|关停|取消|已取消|完结|已完结|不巡检|否)$/.test(status),
    },
    errors, warnings,
  }
}

function columnUrl(text: string, base: string | undefined): URL | null {
  if (text === '' || base === undefined) return null
  const bare = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?\//i.test(text) && !/^[^/]+\.(?:s?html?|jsp|php|aspx?)\//i.test(text)
  const url = URL.parse(bare ? `http://${text}` : text, base)
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url : null
}

/** Days; 14, 14天, 2周. NaN where it is none. */
function daysOf(text: string): number {
  const m = /^(\d{1,4})(?:\.0+)?\s*(天|日|个工作日|周|星期)?$/.exec(text)
  if (m === null) return Number.NaN
  const days = Number(m[1]) * (m[2] === '周' || m[2] === '星期' ? 7 : 1)
  return days >= 1 && days <= 3660 ? days : Number.NaN
}
