import type { Sql } from 'postgres'

const REGION_LEVEL = 2

/** What stands in the seeded register that an address can name. */
export type Facts = {
  readonly channels: readonly number[]
  readonly websites: readonly number[]
  readonly organisations: readonly number[]
  readonly regions: readonly string[]
  readonly candidates: readonly number[]
  readonly orders: readonly number[]
  readonly runs: readonly number[]
  /** Checks of the latest whole run, each with the one before of the same channel. */
  readonly checks: readonly { readonly id: number; readonly before: number; readonly channel: number }[]
  readonly campaign: { readonly id: number; readonly name: string }
  readonly sample: string
  readonly weeks: readonly number[]
  readonly pages: readonly string[]
  readonly pictures: readonly string[]
  readonly reviewers: readonly string[]
  /** People who have sessions, tokens and saved views. */
  readonly owners: readonly string[]
  /** Contacts of the units with the most candidates. */
  readonly contacts: readonly { readonly id: string; readonly region: string | null; readonly organisation: number }[]
}

/** Reads a few hundred of each, spread over the whole. */
export async function factsOf(sql: Sql): Promise<Facts> {
  const ids = async (table: string, where = 'true'): Promise<number[]> => (await sql.unsafe<{ id: number }[]>(`select id::int from ${table} where ${where} order by md5(id::text) limit 400`)).map((r) => r.id)
  const hashes = async (kind: string): Promise<string[]> => (await sql<{ sha256: string }[]>`select sha256 from evidence where kind = ${kind} order by sha256 limit 300`).map((r) => r.sha256)
  const [campaign] = await sql<{ id: number; name: string }[]>`select id::int, name from campaign order by id limit 1`
  const [sample] = await sql<{ name: string }[]>`select name from sample order by id limit 1`
  if (campaign === undefined || sample === undefined) throw new Error('this folder holds no whole seed: give another')
  return {
    campaign,
    sample: sample.name,
    channels: await ids('channel'),
    websites: await ids('channel', `kind = 'website' and state = 'active'`),
    organisations: await ids('organisation'),
    regions: (await sql<{ code: string }[]>`select distinct r.code from region r where r.code like '36%' and r.level <= ${REGION_LEVEL} order by 1`).map((r) => r.code),
    candidates: await ids('candidate'),
    orders: await ids('order_document'),
    runs: (await sql<{ id: number }[]>`select run_id::int as id from indicator_check group by 1 having count(*) > 100 order by 1 desc`).map((r) => r.id),
    checks: await sql<{ id: number; before: number; channel: number }[]>`
      select max(id)::int as id, min(id)::int as before, channel_id::int as channel from indicator_check group by channel_id having count(*) > 1 order by md5(channel_id::text) limit 300`,
    weeks: await sql<{ id: number }[]>`select distinct channel_id::int as id from availability_week limit 200`.then((rows) => rows.map((r) => r.id)),
    pages: await hashes('page'),
    pictures: await hashes('screenshot'),
    reviewers: (await sql<{ id: string }[]>`select id from person where role = 'rectification' and region is null order by id`).map((r) => r.id),
    owners: (await sql<{ id: string }[]>`select distinct user_id as id from saved_view order by 1`).map((r) => r.id),
    contacts: await sql<{ id: string; region: string | null; organisation: number }[]>`
      select p.id, p.region, p.organisation_id::int as organisation
        from person p join channel c on c.organisation_id = p.organisation_id left join candidate k on k.channel_id = c.id
       where p.role = 'unit_contact' and p.disabled_at is null group by p.id order by count(k.id) desc, p.id limit 40`,
  }
}
