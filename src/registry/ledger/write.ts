import { sql } from 'drizzle-orm'
import type { Tx } from '../../../db/client.ts'
import type { ChannelFields } from './existing.ts'

export type NewChannel = { readonly kind: string; readonly key: string; readonly state: string; readonly fields: ChannelFields }
export type ChangedChannel = { readonly id: number; readonly key: string; readonly state: string; readonly fields: ChannelFields }

const RECORD = sql.raw(`kind text, key text, state text, id bigint, name text, "address" text, "addressRaw" text, "accountId" text, "siteCode" text,
  "organisationId" bigint, supervisor text, "regionCode" text, "filingStatus" text, "filingNumber" text, "runningStatus" text,
  "functionType" text, "openedOn" date, contact text, phone text, members int, note text, extra jsonb`)

/** Inserts channels; ids in the order given. */
export async function insertChannels(tx: Tx, channels: readonly NewChannel[], at: Date): Promise<number[]> {
  if (channels.length === 0) return []
  const rows = channels.map(({ fields, ...rest }) => ({ ...rest, ...fields }))
  const made = await tx.execute<{ id: string; kind: string; identity_key: string }>(sql`
    insert into channel (kind, identity_key, state, name, address, address_raw, account_id, site_code, organisation_id, supervisor,
      region_code, filing_status, filing_number, running_status, function_type, opened_on, contact, phone, members, note, extra, created_at, updated_at)
    select kind, key, state, name, "address", "addressRaw", "accountId", "siteCode", "organisationId", supervisor, "regionCode",
      "filingStatus", "filingNumber", "runningStatus", "functionType", "openedOn", contact, phone, members, note, extra,
      ${at.toISOString()}::timestamptz, ${at.toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(${RECORD})
    returning id, kind, identity_key`)
  const ids = new Map(made.map((m) => [`${m.kind}\n${m.identity_key}`, Number(m.id)]))
  return channels.map((c) => ids.get(`${c.kind}\n${c.key}`) ?? 0)
}

export async function updateChannels(tx: Tx, channels: readonly ChangedChannel[], at: Date): Promise<void> {
  if (channels.length === 0) return
  const rows = channels.map(({ fields, ...rest }) => ({ ...rest, ...fields }))
  await tx.execute(sql`
    update channel c set identity_key = r.key, state = r.state, name = r.name, address = r."address", address_raw = r."addressRaw",
      account_id = r."accountId", site_code = r."siteCode", organisation_id = r."organisationId", supervisor = r.supervisor,
      region_code = r."regionCode", filing_status = r."filingStatus", filing_number = r."filingNumber",
      running_status = r."runningStatus", function_type = r."functionType", opened_on = r."openedOn", contact = r.contact,
      phone = r.phone, members = r.members, note = r.note, extra = r.extra, updated_at = ${at.toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(${RECORD}) where c.id = r.id`)
}

export type NewAttestation = {
  readonly channelId: number
  readonly newestOn: string
  readonly statedOn: string
  readonly statedBy: string
  readonly link: string | null
  readonly note: string | null
  /** The day of stating is only assumed: the same statement is not entered again under a later day. */
  readonly assumed: boolean
}

/** Enters statements that are not there yet; how many were new. */
export async function insertAttestations(tx: Tx, list: readonly NewAttestation[], source: string, at: Date): Promise<number> {
  if (list.length === 0) return 0
  const made = await tx.execute<{ channel_id: string }>(sql`
    insert into attestation (channel_id, newest_on, stated_on, stated_by, link, note, source, created_at)
    select r."channelId", r."newestOn", r."statedOn", r."statedBy", r.link, r.note, ${source}, ${at.toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(list)}::json) as r("channelId" bigint, "newestOn" date, "statedOn" date, "statedBy" text, link text, note text, assumed boolean)
    where not exists (select 1 from attestation a where a.channel_id = r."channelId" and a.newest_on = r."newestOn" and (r.assumed or a.stated_on = r."statedOn"))
    on conflict do nothing returning channel_id`)
  if (made.length > 0) {
    // A new statement is looked at without waiting for the channel's next turn.
    await tx.execute(sql`
      update channel set next_due_at = ${at.toISOString()}::timestamptz, due_reason = 'run_now'
      where next_due_at > ${at.toISOString()}::timestamptz and id in (select value::bigint from json_array_elements_text(${JSON.stringify(made.map((m) => m.channel_id))}::json))`)
  }
  return made.length
}

/** Of these closed channels, those whose last closing came from a ledger: only they may be reopened by one. */
export async function closedByLedger(tx: Tx, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.execute<{ entity_id: string }>(sql`
    select entity_id from (
      select distinct on (entity_id) entity_id, verb, detail from audit
      where entity = 'channel' and verb in ('channel.close', 'channel.reopen')
        and entity_id in (select value from json_array_elements_text(${JSON.stringify(ids.map(String))}::json))
      order by entity_id, id desc) last
    where verb = 'channel.close' and detail->>'by' = 'ledger'`)
  return new Set(rows.map((r) => Number(r.entity_id)))
}
