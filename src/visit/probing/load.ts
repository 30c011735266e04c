import type { Sql } from 'postgres'
import type { ColumnClass } from '../../domain/page.ts'
import type { PolicySubject } from '../../schedule/index.ts'

/** A website with what trying its functions needs of the register. */
export type ProbeSubject = PolicySubject & {
  readonly name: string
  readonly address: string
  readonly state: string
  readonly siteCode: string | null
  readonly ignoreRobots: boolean
  readonly maxConcurrent: number | null
  /** Where the last visit found the home page itself (behind a refresh, a script, a frame); null where it was never seen. */
  readonly homeUrl: string | null
  readonly columns: readonly { readonly name: string; readonly url: string; readonly class: ColumnClass }[]
}

/** Null where there is no such channel. */
export async function loadProbeSubject(sql: Sql, channelId: number): Promise<ProbeSubject | null> {
  const [row] = await sql<(Omit<ProbeSubject, 'columns'> & { columns: ProbeSubject['columns'] | null })[]>`
    select c.id::int as id, c.kind, c.name, c.address, c.state, c.site_code as "siteCode", c.region_code as "regionCode", c.organisation_id::int as "organisationId",
      coalesce(o.ignore_robots, false) as "ignoreRobots", o.max_concurrent as "maxConcurrent",
      (select h.value->>'url' from observation h where h.channel_id = c.id and h.about = 'home' and h.outcome in ('ok', 'unchanged') order by h.at desc, h.id desc limit 1) as "homeUrl",
      (select json_agg(json_build_object('name', s.name, 'url', s.url, 'class', s.class) order by s.id) from site_column s where s.channel_id = c.id and s.active) as columns
    from channel c left join organisation o on o.id = c.organisation_id where c.id = ${channelId}`
  return row === undefined ? null : { ...row, columns: row.columns ?? [] }
}
