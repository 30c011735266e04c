import type { TestDatabase } from '../helpers/postgres.ts'
import { addDays, dayInChina, type Day } from '../../src/domain/date.ts'
import type { ColumnClass } from '../../src/domain/page.ts'

export const HOME_SHA = 'a'.repeat(64)
export const COLUMN_SHA = 'c'.repeat(64)
export const NOW = new Date('2026-06-01T12:00:00+08:00')
export const TODAY: Day = dayInChina(NOW)
export const ago = (n: number): Day => addDays(TODAY, -n)

export type ColumnSpec = { readonly name: string; readonly class: ColumnClass; readonly newest: Day | null; readonly list?: 'listed' | 'empty' }
export type ChannelSpec = {
  readonly name: string
  readonly kind?: string
  readonly region?: string
  readonly siteCode?: string
  readonly address?: string
  readonly extra?: Record<string, string>
  readonly newest?: Day | null
  readonly columns?: readonly ColumnSpec[]
  readonly probes?: Readonly<Record<string, unknown>>
  readonly seenAt?: Date
}

export async function regions(t: TestDatabase): Promise<void> {
  await t.db.sql`insert into region (code, name, level, parent_code) values ('360000', '江西省', 1, null), ('360100', '南昌市', 2, '360000'), ('360121', '南昌县', 3, '360100'), ('361100', '上饶市', 2, '360000') on conflict do nothing`
  await t.db.sql`insert into evidence (sha256, kind, content_type, size, created_at) values (${HOME_SHA}, 'page', 'text/html', 10, ${NOW}), (${COLUMN_SHA}, 'page', 'text/html', 10, ${NOW}) on conflict do nothing`
}

let serial = 0

/** A channel as the crawl leaves it: register row, one visit, and an observation of everything it looked at. */
export async function observed(t: TestDatabase, spec: ChannelSpec): Promise<number> {
  const { sql } = t.db
  serial += 1
  const kind = spec.kind ?? 'website'
  const at = spec.seenAt ?? NOW
  const address = spec.address ?? `http://site${serial}.example.gov.cn/`
  const [organisation] = await sql<{ id: number }[]>`insert into organisation (name, region_code) values (${`单位${serial}`}, ${spec.region ?? '360121'}) returning id::int`
  const [channel] = await sql<{ id: number }[]>`
    insert into channel (kind, name, address, address_raw, identity_key, site_code, organisation_id, region_code, extra)
    values (${kind}, ${spec.name}, ${address}, ${address}, ${`key${serial}`}, ${spec.siteCode ?? null}, ${organisation!.id}, ${spec.region ?? '360121'}, ${spec.extra === undefined ? null : sql.json(spec.extra)})
    returning id::int`
  const id = channel!.id
  const [visit] = await sql<{ id: number }[]>`
    insert into visit (channel_id, slot, started_at, ended_at, outcome, home_ms) values (${id}, ${at}, ${at}, ${at}, 'ok', 900) returning id::int`
  const observe = async (about: string, value: object, evidence: string[], column: number | null = null) => {
    await sql`insert into observation (channel_id, column_id, visit_id, at, about, outcome, value, evidence)
      values (${id}, ${column}, ${visit!.id}, ${at}, ${about}, 'ok', ${sql.json(value as never)}, ${evidence})`
  }
  const witness = (day: Day | null) => (day === null ? null : { source: 'list_row', day, raw: day })
  const newest = spec.newest === undefined ? ago(1) : spec.newest
  if (kind === 'website') {
    await observe('home', { newest, witness: witness(newest), navigationOnly: false, everyRowDated: true, url: address, status: 200, ms: 900 }, [HOME_SHA])
    await sql`insert into evidence_use (sha256, channel_id, url, final_url, status, fetched_at) values (${HOME_SHA}, ${id}, ${address}, ${address}, 200, ${at})`
  } else {
    await observe('account', { newest, witness: witness(newest), source: 'seen', from: 'test' }, [HOME_SHA])
  }
  for (const [i, c] of (spec.columns ?? []).entries()) {
    const url = `${address}c${i}/`
    const [row] = await sql<{ id: number }[]>`
      insert into site_column (channel_id, url, url_key, name, class, source, first_seen_at, last_seen_at)
      values (${id}, ${url}, ${url}, ${c.name}, ${c.class}, 'navigation', '2025-01-01', ${at}) returning id::int`
    await observe('column', { newest: c.newest, witness: witness(c.newest), list: c.list ?? 'listed', url, status: 200 }, [COLUMN_SHA], row!.id)
    await sql`insert into evidence_use (sha256, channel_id, url, final_url, status, fetched_at) values (${COLUMN_SHA}, ${id}, ${url}, ${url}, 200, ${at})`
  }
  for (const [probe, value] of Object.entries(spec.probes ?? {})) await observe(`probe:${probe}`, value as object, [HOME_SHA])
  return id
}

/** News columns that stopped `days` days ago. */
export const stale = (n: number, days: number): ColumnSpec[] => Array.from({ length: n }, (_, i) => ({ name: `政务动态${i}`, class: 'news', newest: ago(days) }))
