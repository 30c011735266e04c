import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { z } from 'zod'
import { KIND_IDS } from '../../domain/kinds.ts'

/** Which channels; all that is given must hold. `region` takes all below it too. */
export const channelFilter = z.object({
  kinds: z.array(z.enum(KIND_IDS)).optional(),
  region: z.string().max(12).optional(),
  organisation: z.number().int().optional(),
  states: z.array(z.enum(['active', 'paused', 'closed', 'merged'])).optional(),
  outcomes: z.array(z.string().max(40)).optional(),
  filing: z.array(z.enum(['filed', 'pending', 'unfiled', 'exempt'])).optional(),
  /** In name, address, account id, code or organisation. */
  text: z.string().trim().max(200).optional(),
  ids: z.array(z.number().int()).max(10_000).optional(),
})

export type ChannelFilter = z.infer<typeof channelFilter>

/** The condition on `channel c` joined with `organisation o`. */
export function filterSql(filter: ChannelFilter): SQL {
  const all: SQL[] = [sql`true`]
  const among = (expression: SQL, values: readonly (string | number)[] | undefined): void => {
    if (values !== undefined) all.push(sql`${expression} in (select value from json_array_elements_text(${JSON.stringify(values)}::json))`)
  }
  among(sql`c.kind`, filter.kinds)
  among(sql`c.state`, filter.states)
  among(sql`c.last_outcome`, filter.outcomes)
  among(sql`c.filing_status`, filter.filing)
  among(sql`c.id::text`, filter.ids)
  if (filter.organisation !== undefined) all.push(sql`c.organisation_id = ${filter.organisation}`)
  if (filter.region !== undefined) {
    all.push(sql`c.region_code in (
      with recursive below(code) as (select ${filter.region}::text union select r.code from region r join below b on r.parent_code = b.code) select code from below)`)
  }
  if (filter.text !== undefined && filter.text !== '') {
    const like = `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`
    all.push(sql`(c.name ilike ${like} or c.address ilike ${like} or c.address_raw ilike ${like} or c.account_id ilike ${like} or c.site_code ilike ${like} or o.name ilike ${like})`)
  }
  return sql.join(all, sql` and `)
}
