import type { Sql } from 'postgres'
import type { Day } from '../domain/date.ts'
import type { Kept } from './kept.ts'
import type { KnownColumn } from './plan.ts'
import type { Remembered } from './types.ts'

/** A channel with all that its visit needs of the register, in one statement. */
export type Subject = {
  readonly id: number
  readonly kind: string
  readonly name: string
  readonly address: string
  readonly accountId: string | null
  readonly identityKey: string
  readonly functionType: string | null
  readonly regionCode: string | null
  readonly organisationId: number | null
  readonly ignoreRobots: boolean
  readonly maxConcurrent: number | null
  readonly columns: readonly KnownColumn[]
  readonly pages: ReadonlyMap<string, Remembered>
  readonly attestation: { readonly newestOn: Day; readonly statedOn: Day; readonly statedBy: string; readonly link: string | null } | null
  /** The last visits, newest first. */
  readonly recent: readonly { readonly outcome: string; readonly at: string }[]
}

type PageJson = { u: string; e: string | null; m: string | null; s: string | null; f: string | null; st: number | null; b: boolean; k: Kept | null }
type Row = Omit<Subject, 'pages' | 'columns' | 'recent'> & { pages: PageJson[] | null; columns: KnownColumn[] | null; recent: { outcome: string; at: string }[] | null }

/** Null where there is no such channel. */
export async function loadSubject(sql: Sql, channelId: number): Promise<Subject | null> {
  const [row] = await sql<Row[]>`
    select c.id::int as id, c.kind, c.name, c.address, c.account_id as "accountId", c.identity_key as "identityKey", c.function_type as "functionType",
      c.region_code as "regionCode", c.organisation_id::int as "organisationId", coalesce(o.ignore_robots, false) as "ignoreRobots", o.max_concurrent as "maxConcurrent",
      (select json_agg(json_build_object('url', s.url, 'urlKey', s.url_key, 'name', s.name, 'class', s.class, 'level', s.level, 'source', s.source, 'thresholdDays', s.threshold_days) order by s.id)
         from site_column s where s.channel_id = c.id and s.active) as columns,
      (select json_agg(json_build_object('u', p.url, 'e', p.etag, 'm', p.last_modified, 's', p.sha256, 'f', p.final_url, 'st', p.status, 'b', p.needs_browser, 'k', p.facts))
         from page p where p.channel_id = c.id) as pages,
      (select json_build_object('newestOn', a.newest_on, 'statedOn', a.stated_on, 'statedBy', a.stated_by, 'link', a.link)
         from attestation a where a.channel_id = c.id order by a.stated_on desc, a.id desc limit 1) as attestation,
      (select json_agg(json_build_object('outcome', v.outcome, 'at', v.started_at) order by v.started_at desc)
         from (select outcome, started_at from visit where channel_id = c.id order by started_at desc limit 12) v) as recent
    from channel c left join organisation o on o.id = c.organisation_id where c.id = ${channelId}`
  if (row === undefined) return null
  const pages = new Map<string, Remembered>()
  for (const p of row.pages ?? []) {
    pages.set(p.u, { url: p.u, etag: p.e, lastModified: p.m, sha256: p.s, finalUrl: p.f, status: p.st, needsBrowser: p.b, facts: p.k })
  }
  return { ...row, pages, columns: row.columns ?? [], recent: row.recent ?? [] }
}
