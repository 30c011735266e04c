import { sql } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'

/** A channel as registered: the fields a ledger speaks of. */
export type Registered = {
  readonly id: number
  readonly kind: string
  readonly identityKey: string
  readonly state: string
  readonly organisationId: number | null
  readonly organisationName: string | null
  readonly fields: ChannelFields
}

export type ChannelFields = {
  readonly name: string
  readonly address: string
  readonly addressRaw: string
  readonly accountId: string | null
  readonly siteCode: string | null
  readonly organisationId: number | null
  readonly supervisor: string | null
  readonly regionCode: string | null
  readonly filingStatus: string | null
  readonly filingNumber: string | null
  readonly runningStatus: string | null
  readonly functionType: string | null
  readonly openedOn: string | null
  readonly contact: string | null
  readonly phone: string | null
  readonly members: number | null
  readonly note: string | null
  readonly extra: Readonly<Record<string, string>> | null
}

type Row = {
  id: string; kind: string; identity_key: string; state: string; organisation_id: string | null; organisation: string | null
  name: string; address: string; address_raw: string; account_id: string | null; site_code: string | null; supervisor: string | null
  region_code: string | null; filing_status: string | null; filing_number: string | null; running_status: string | null
  function_type: string | null; opened_on: string | null; contact: string | null; phone: string | null; members: number | null
  note: string | null; extra: string | null
}

/** The registered channels with one of these identities, by `kind\nkey`. */
export async function findByKey(tx: Tx, wanted: readonly { kind: string; key: string }[]): Promise<Map<string, Registered>> {
  if (wanted.length === 0) return new Map()
  const rows = await tx.execute<Row>(sql`
    select ${COLUMNS} from json_to_recordset(${JSON.stringify(wanted)}::json) as w(kind text, key text)
    join channel c on c.kind = w.kind and c.identity_key = w.key left join organisation o on o.id = c.organisation_id`)
  return new Map(rows.map((r) => [`${r.kind}\n${r.identity_key}`, registered(r)]))
}

export async function findById(tx: Tx, id: number): Promise<Registered | null> {
  const [row] = await tx.execute<Row>(sql`select ${COLUMNS} from channel c left join organisation o on o.id = c.organisation_id where c.id = ${id} for update of c`)
  return row === undefined ? null : registered(row)
}

const COLUMNS = sql.raw(`c.id, c.kind, c.identity_key, c.state, c.organisation_id, o.name as organisation, c.name, c.address, c.address_raw,
  c.account_id, c.site_code, c.supervisor, c.region_code, c.filing_status, c.filing_number, c.running_status, c.function_type,
  c.opened_on::text, c.contact, c.phone, c.members, c.note, c.extra::text`)

function registered(r: Row): Registered {
  const organisationId = r.organisation_id === null ? null : Number(r.organisation_id)
  return {
    id: Number(r.id), kind: r.kind, identityKey: r.identity_key, state: r.state, organisationId, organisationName: r.organisation,
    fields: {
      name: r.name, address: r.address, addressRaw: r.address_raw, accountId: r.account_id, siteCode: r.site_code, organisationId,
      supervisor: r.supervisor, regionCode: r.region_code, filingStatus: r.filing_status, filingNumber: r.filing_number,
      runningStatus: r.running_status, functionType: r.function_type, openedOn: r.opened_on, contact: r.contact, phone: r.phone,
      members: r.members, note: r.note, extra: r.extra === null ? null : (JSON.parse(r.extra) as Record<string, string>),
    },
  }
}
