import type { Ctx } from '../../../db/context.ts'
import type { Day } from '../../domain/date.ts'

export type ObservationRow = {
  readonly id: number; readonly at: string; readonly about: string; readonly column: string | null; readonly outcome: string
  readonly newestOn: Day | null; readonly value: unknown; readonly evidence: readonly string[]
}
export type VisitRow = {
  readonly id: number; readonly startedAt: string; readonly seconds: number; readonly outcome: string; readonly detail: string | null; readonly source: string | null; readonly reason: string | null
  readonly pages: number; readonly requests: number; readonly bytes: number; readonly homeMs: number | null; readonly homeStatus: number | null; readonly newestOn: Day | null; readonly rendered: boolean; readonly worker: string | null
}
export type EvidenceRow = { readonly sha256: string; readonly kind: string; readonly url: string; readonly finalUrl: string; readonly status: number | null; readonly contentType: string | null; readonly size: number; readonly fetchedAt: string }
/** One day of a channel: how many items bear that date, and what the visits of the day found. */
export type TimelineDay = { readonly on: Day; readonly items: number; readonly visits: number; readonly seen: number }

type Of = { ctx: Pick<Ctx, 'db'>; input: { channel: number } }
type Sql = Ctx['db']['sql']
const iso = (sql: Sql, column: string) => sql.unsafe(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`)

/** The latest observation of each thing that is looked at: home, account, each column, each probe; found one by one, so that the history behind them costs nothing. */
export async function latestObservations({ ctx, input: { channel } }: Of): Promise<ObservationRow[]> {
  const { sql } = ctx.db
  return sql<ObservationRow[]>`
    with recursive a(about) as (
      (select about from observation where channel_id = ${channel} and about <> 'column' order by about limit 1)
      union all
      select (select about from observation where channel_id = ${channel} and about <> 'column' and about > a.about order by about limit 1) from a where a.about is not null)
    select o.id::int, ${iso(sql, 'o.at')} as at, o.about, s.name as column, o.outcome, o.newest_on::text as "newestOn", o.value, coalesce(o.evidence, '{}') as evidence
      from (select l.* from a, lateral (select * from observation where channel_id = ${channel} and about = a.about and about <> 'column' order by at desc, id desc limit 1) l
            union all
            select l.* from site_column s, lateral (select * from observation where column_id = s.id order by at desc, id desc limit 1) l where s.channel_id = ${channel}) o
      left join site_column s on s.id = o.column_id order by o.about = 'column', o.about, o.column_id limit 300`
}

/** One page of visits, the latest first. */
export async function visitsOf({ ctx, input: { channel, page, size } }: { ctx: Pick<Ctx, 'db'>; input: { channel: number; page: number; size: number } }): Promise<{ total: number; visits: VisitRow[] }> {
  const { sql } = ctx.db
  const [rows, [count]] = await Promise.all([
    sql<VisitRow[]>`
      select id::int, ${iso(sql, 'started_at')} as "startedAt", extract(epoch from ended_at - started_at)::float8 as seconds, outcome, detail, source, reason, pages, requests, bytes::float8, home_ms as "homeMs",
             home_status::int as "homeStatus", newest_on::text as "newestOn", rendered, worker
        from visit where channel_id = ${channel} order by started_at desc, id desc limit ${size} offset ${(page - 1) * size}`,
    sql<{ n: number }[]>`select count(*)::int as n from visit where channel_id = ${channel}`,
  ])
  return { total: count?.n ?? 0, visits: [...rows] }
}

/** What was received for the channel, the latest first, at most 100. */
export async function evidenceOf({ ctx, input: { channel } }: Of): Promise<EvidenceRow[]> {
  const { sql } = ctx.db
  return sql<EvidenceRow[]>`
    select u.sha256, e.kind, u.url, u.final_url as "finalUrl", u.status::int, e.content_type as "contentType", e.size, ${iso(sql, 'u.fetched_at')} as "fetchedAt"
      from evidence_use u join evidence e using (sha256) where u.channel_id = ${channel} order by u.fetched_at desc limit 100`
}

/** The last `days` days on which anything was published or looked at, the oldest first. */
export async function timelineOf({ ctx, input: { channel, days, today } }: { ctx: Pick<Ctx, 'db'>; input: { channel: number; days: number; today: Day } }): Promise<TimelineDay[]> {
  return ctx.db.sql<TimelineDay[]>`
    select coalesce(i.on, v.on)::text as on, coalesce(i.n, 0)::int as items, coalesce(v.n, 0)::int as visits, coalesce(v.seen, 0)::int as seen
      from (select date as on, count(*) as n from item where channel_id = ${channel} and date > ${today}::date - ${days}::int and date <= ${today}::date group by 1) i
      full join (select (started_at at time zone 'Asia/Shanghai')::date as on, count(*) as n, count(*) filter (where outcome in ('ok', 'ok_empty', 'unchanged', 'attested')) as seen
                   from visit where channel_id = ${channel} and started_at > ${today}::date - ${days}::int group by 1) v on v.on = i.on
     order by 1`
}
