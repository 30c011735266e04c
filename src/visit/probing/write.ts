import type { Sql } from 'postgres'
import type { SiteProbes } from '../probe.ts'

export type Probing = {
  readonly channelId: number
  readonly startedAt: Date
  readonly endedAt: Date
  readonly reason: 'schedule' | 'asked'
  readonly requests: number
  readonly seconds: number
  readonly worker: string
  readonly next: Date
}

/** PostgreSQL's text holds no NUL, and its JSON no escape of one. */
const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value).replaceAll('\\u0000', ''))
const text = (s: string | null): string | null => s?.replaceAll('\0', '').slice(0, 500) ?? null

/**
 * Writes a run of probes in one statement, which is its transaction: the run, an observation for each probe (`probe:<id>`, what
 * was not observed too, with its outcome), the evidence received, and when the website is due again. Returns the run's number.
 */
export async function writeProbing(sql: Sql, { outcome, detail, probes, evidence }: SiteProbes, about: Probing): Promise<number> {
  const at = about.startedAt.toISOString()
  const { channelId } = about
  const results = probes.map(({ id, outcome: o, note, cost }) => ({ id, outcome: o, ...(note === undefined ? {} : { note }), requests: cost.requests, seconds: cost.seconds }))
  // The same bytes may have been received twice from one address in a run.
  const received = [...new Map(evidence.map((e) => [`${e.url}\n${e.sha256}`, e])).values()]
  const [row] = await sql<{ id: number }[]>`
    with r as (
      insert into probe_run (channel_id, started_at, ended_at, outcome, detail, reason, probes, requests, seconds, worker)
      values (${channelId}, ${at}, ${about.endedAt.toISOString()}, ${outcome}, ${text(detail)}, ${about.reason}, ${json(results)}::text::jsonb, ${about.requests}, ${about.seconds}, ${about.worker})
      returning id
    ), obs as (
      insert into observation (channel_id, probe_run_id, at, about, outcome, value, evidence)
      select ${channelId}, r.id, ${at}, o.about, o.outcome, o.value::jsonb, coalesce(string_to_array(nullif(o.evidence, ''), ','), '{}')
      from unnest(${probes.map((p) => `probe:${p.id}`)}::text[], ${probes.map((p) => p.outcome)}::text[], ${probes.map((p) => json(p.value))}::text[], ${probes.map((p) => p.evidence.join(','))}::text[])
        as o(about, outcome, value, evidence), r
      returning 1
    ), ev as (
      insert into evidence (sha256, kind, content_type, size, created_at)
      select distinct on (e.sha256) e.sha256, e.kind, e.content_type, e.size, ${at}::timestamptz
      from unnest(${received.map((e) => e.sha256)}::text[], ${received.map((e) => e.kind)}::text[], ${received.map((e) => text(e.contentType))}::text[], ${received.map((e) => e.size)}::int[]) as e(sha256, kind, content_type, size), r
      on conflict (sha256) do nothing returning 1
    ), ev_use as (
      insert into evidence_use as eu (sha256, channel_id, url, final_url, status, headers, fetched_at)
      select u.sha256, ${channelId}, u.url, u.final_url, u.status, u.headers::jsonb, ${at}::timestamptz
      from unnest(${received.map((e) => e.sha256)}::text[], ${received.map((e) => e.url)}::text[], ${received.map((e) => e.finalUrl)}::text[], ${received.map((e) => e.status)}::int[], ${received.map((e) => json(e.headers))}::text[])
        as u(sha256, url, final_url, status, headers), r
      on conflict (channel_id, url, sha256) do update set fetched_at = excluded.fetched_at, final_url = excluded.final_url, status = excluded.status, headers = excluded.headers
      returning 1
    ), due as (
      insert into probe_schedule as s (channel_id, next_at, last_at, held_until) select ${channelId}, ${about.next.toISOString()}::timestamptz, ${at}::timestamptz, null from r
      on conflict (channel_id) do update set next_at = excluded.next_at, last_at = excluded.last_at, held_until = null
      returning 1
    )
    select id::int as id from r`
  if (row === undefined) throw new Error('the run of probes was not written')
  return row.id
}
