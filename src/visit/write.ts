import type { Sql } from 'postgres'
import { isObserved } from '../domain/outcome.ts'
import type { Due } from '../schedule/index.ts'
import { itemRows } from './items.ts'
import { arrayLiteral as array } from './literal.ts'
import { observationRows } from './observations.ts'
import type { VisitResult } from './result.ts'
import { columnsOf } from './result.ts'

export type Written = {
  readonly channelId: number
  readonly slot: Date
  readonly reason: string
  readonly startedAt: Date
  readonly endedAt: Date
  readonly worker: string
  readonly next: Due
}

/** Days after which an item that is still there is marked as seen again: not every visit rewrites every row. */
const SEEN_AGAIN_DAYS = 7

/** As text: the driver takes an array of booleans for a boolean. */
const flag = (b: boolean): string => (b ? 't' : 'f')
const json = (value: unknown): string | null => (value === null || value === undefined ? null : clean(JSON.stringify(value)))
/** PostgreSQL's text holds no NUL, and its JSON no escape of one. */
const clean = (s: string): string => (s.includes('\\u0000') ? s.replaceAll('\\u0000', '') : s)
const text = (s: string | null): string | null => (s !== null && s.includes('\0') ? s.replaceAll('\0', '') : s)

/**
 * Writes a visit in one statement, which is its transaction: all of it stands or none. Where the slot has its visit
 * already nothing is written, and false is returned. What was not observed leaves the last good observation as it is.
 *
 * The commit does not wait for the disk: should the machine stop in that moment, the visit and the release of its claim are
 * lost together, and the claim is taken up again (schedule/reclaim.ts). Whatever is committed later is never kept without it.
 */
export async function writeVisit(sql: Sql, result: VisitResult, about: Written): Promise<boolean> {
  const { channelId } = about
  const at = about.startedAt.toISOString()
  const slot = about.slot.toISOString()
  const columns = columnsOf(result)
  const items = itemRows(result)
  const seen = observationRows(result)
  const { pages, evidence, counts } = result
  const observed = isObserved(result.outcome)
  const named = result.site?.named ?? null
  const rows = await sql<{ id: number | null }[]>`
    with v as (
      insert into visit (channel_id, slot, started_at, ended_at, outcome, detail, source, reason, pages, requests, bytes, home_ms, home_status, newest_on, rendered, worker)
      values (${channelId}, ${slot}, ${at}, ${about.endedAt.toISOString()}, ${result.outcome}, ${text(result.detail)?.slice(0, 500) ?? null}, ${result.source}, ${about.reason},
        ${counts.pages}, ${counts.requests}, ${counts.bytes}, ${result.homeMs}, ${result.homeStatus}, ${result.newest}, ${counts.renders > 0}, ${about.worker})
      on conflict (channel_id, slot) do nothing returning id
    ), c as (
      select * from unnest(
        ${array(columns.map((_, i) => i))}::int[], ${array(columns.map((s) => s.url))}::text[], ${array(columns.map((s) => s.key))}::text[], ${array(columns.map((s) => text(s.name)))}::text[],
        ${array(columns.map((s) => s.class))}::text[], ${array(columns.map((s) => s.level))}::int[], ${array(columns.map((s) => s.source))}::text[], ${array(columns.map((s) => s.outcome))}::text[],
        ${array(columns.map((s) => flag(isObserved(s.outcome) && s.outcome !== 'not_found')))}::text[]::bool[], ${array(columns.map((s) => flag(s.list === 'empty')))}::text[]::bool[], ${array(columns.map((s) => s.newest))}::date[], ${array(columns.map((s) => json(s.witness)))}::text[],
        ${array(columns.map((s) => text(s.newestTitle)))}::text[], ${array(columns.map((s) => s.newestUrl))}::text[], ${array(columns.map((s) => s.evidence.join(',')))}::text[]
      ) as c(ord, url, url_key, name, class, level, source, outcome, observed, empty, newest_on, witness, title, link, evidence)
    ), cols as (
      insert into site_column as s (channel_id, url, url_key, name, class, level, source, first_seen_at, last_seen_at, last_outcome, observed_at, empty, newest_on, newest_witness, newest_title, newest_url, evidence)
      select ${channelId}, c.url, c.url_key, c.name, c.class, c.level, c.source, ${at}, ${at}, c.outcome, case when c.observed then ${at}::timestamptz end, c.empty and c.observed,
        c.newest_on, c.witness::jsonb, c.title, c.link, case when c.observed then string_to_array(c.evidence, ',') end
      from c, v
      on conflict (channel_id, url_key) do update set
        url = case when s.source = 'ledger' then s.url else excluded.url end,
        name = case when s.source = 'ledger' then s.name else excluded.name end,
        class = case when s.source = 'ledger' then s.class else excluded.class end,
        active = true, last_seen_at = excluded.last_seen_at, last_outcome = excluded.last_outcome,
        observed_at = coalesce(excluded.observed_at, s.observed_at),
        empty = case when excluded.observed_at is null then s.empty else excluded.empty end,
        newest_on = case when excluded.newest_on is null then s.newest_on else excluded.newest_on end,
        newest_witness = case when excluded.newest_on is null then s.newest_witness else excluded.newest_witness end,
        newest_title = case when excluded.newest_on is null then s.newest_title else excluded.newest_title end,
        newest_url = case when excluded.newest_on is null then s.newest_url else excluded.newest_url end,
        evidence = case when excluded.observed_at is null then s.evidence else excluded.evidence end
      returning s.id, s.url_key
    ), left_out as (
      update site_column s set active = false from v
      where s.channel_id = ${channelId} and s.active and s.source = 'navigation' and ${named !== null}::bool and s.url_key <> all(${named === null ? [] : [...named]}::text[])
      returning s.id
    ), ids as (
      select c.ord, cols.id from c join cols using (url_key)
    ), obs as (
      insert into observation (channel_id, column_id, visit_id, at, about, outcome, newest_on, value, evidence)
      select ${channelId}, ids.id, v.id, ${at}, o.about, o.outcome, o.newest_on, o.value::jsonb, string_to_array(o.evidence, ',')
      from unnest(${array(seen.columns)}::int[], ${array(seen.abouts)}::text[], ${array(seen.outcomes)}::text[], ${array(seen.newest)}::date[], ${array(seen.values.map(clean))}::text[], ${array(seen.evidence)}::text[])
        as o(ord, about, outcome, newest_on, value, evidence)
      cross join v left join ids using (ord)
      where o.ord is null or ids.id is not null
      returning 1
    ), its as (
      insert into item as t (channel_id, key, column_id, title, url, date, first_seen_at, last_seen_at)
      select ${channelId}, i.key, ids.id, i.title, i.url, i.date, ${at}, ${at}
      from unnest(${array(items.keys)}::text[], ${array(items.columns)}::int[], ${array(items.titles.map(text))}::text[], ${array(items.urls)}::text[], ${array(items.dates)}::date[]) as i(key, ord, title, url, date)
      cross join v left join ids using (ord)
      on conflict (channel_id, key) do update set
        first_date = case when t.first_date is null and t.date is not null and excluded.date is not null and t.date <> excluded.date then t.date else t.first_date end,
        date = coalesce(excluded.date, t.date), title = excluded.title, column_id = coalesce(excluded.column_id, t.column_id), last_seen_at = excluded.last_seen_at
      where (excluded.date is not null and t.date is distinct from excluded.date) or t.last_seen_at < excluded.last_seen_at - make_interval(days => ${SEEN_AGAIN_DAYS}::int)
      returning 1
    ), pgs as (
      insert into page as p (channel_id, url, etag, last_modified, sha256, final_url, status, fetched_at, needs_browser, facts)
      select ${channelId}, u.url, u.etag, u.last_modified, u.sha256, u.final_url, u.status, ${at}, u.needs_browser, u.facts::jsonb
      from unnest(${array(pages.map((p) => p.url))}::text[], ${array(pages.map((p) => p.etag))}::text[], ${array(pages.map((p) => p.lastModified))}::text[], ${array(pages.map((p) => p.sha256))}::text[],
        ${array(pages.map((p) => p.finalUrl))}::text[], ${array(pages.map((p) => p.status))}::int[], ${array(pages.map((p) => flag(p.needsBrowser)))}::text[]::bool[], ${array(pages.map((p) => (p.facts === null ? null : clean(p.facts))))}::text[])
        as u(url, etag, last_modified, sha256, final_url, status, needs_browser, facts), v
      on conflict (channel_id, url) do update set etag = excluded.etag, last_modified = excluded.last_modified, sha256 = excluded.sha256, final_url = excluded.final_url,
        status = excluded.status, fetched_at = excluded.fetched_at, needs_browser = excluded.needs_browser, facts = excluded.facts
      returning 1
    ), ev as (
      insert into evidence (sha256, kind, content_type, size, created_at)
      select e.sha256, e.kind, e.content_type, e.size, ${at}
      from unnest(${array(evidence.map((e) => e.sha256))}::text[], ${array(evidence.map((e) => e.kind))}::text[], ${array(evidence.map((e) => text(e.contentType)))}::text[], ${array(evidence.map((e) => e.size))}::int[]) as e(sha256, kind, content_type, size), v
      on conflict (sha256) do nothing returning 1
    ), ev_use as (
      insert into evidence_use as eu (sha256, channel_id, url, final_url, status, headers, fetched_at)
      select u.sha256, ${channelId}, u.url, u.final_url, u.status, u.headers::jsonb, ${at}
      from unnest(${array(evidence.map((e) => e.sha256))}::text[], ${array(evidence.map((e) => e.url))}::text[], ${array(evidence.map((e) => e.finalUrl))}::text[], ${array(evidence.map((e) => e.status))}::int[], ${array(evidence.map((e) => json(e.headers)))}::text[])
        as u(sha256, url, final_url, status, headers), v
      on conflict (channel_id, url, sha256) do update set fetched_at = excluded.fetched_at, final_url = excluded.final_url, status = excluded.status, headers = excluded.headers
      returning 1
    ), ch as (
      update channel c set last_visit_at = ${at}, last_outcome = ${result.outcome},
        last_seen_at = case when ${observed}::bool then ${at}::timestamptz else c.last_seen_at end,
        newest_on = case when ${observed}::bool then coalesce(${result.newest}::date, c.newest_on) else c.newest_on end,
        newest_witness = case when ${observed}::bool and ${result.newest}::date is not null then ${json(result.witness)}::text::jsonb else c.newest_witness end,
        next_due_at = case when c.claimed_slot is null or c.claimed_slot = ${slot} then ${about.next.at.toISOString()}::timestamptz else c.next_due_at end,
        due_reason = case when c.claimed_slot is null or c.claimed_slot = ${slot} then ${about.next.reason} else c.due_reason end,
        claimed_at = case when c.claimed_slot = ${slot} then null else c.claimed_at end,
        claimed_slot = case when c.claimed_slot = ${slot} then null else c.claimed_slot end
      from v where c.id = ${channelId} returning 1
    )
    select id::float8 as id, set_config('synchronous_commit', 'off', true) from v`
  return rows.length > 0
}
