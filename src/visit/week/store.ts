import type { Sql } from 'postgres'
import type { Day } from '../../domain/date.ts'
import type { Outcome } from '../../domain/outcome.ts'
import type { SeriesVisit } from '../../probes/index.ts'

/** Real seconds for which a worker has a look in hand: fetching, judging our own network and the second vantage included. */
const HELD_SECONDS = 180
/** Minutes of the program's clock in which another vantage's look still says something of the same moment. */
const SAME_MOMENT_MINUTES = 10

export type HeldWeek = {
  readonly id: number
  readonly channelId: number
  readonly address: string
  readonly fromOn: Day
  readonly days: number
  readonly visitsPerDay: number
  readonly vantages: number
  readonly slot: number
  /** The site's robots.txt keeps us from its home page, by the last visit; null where it was never visited. */
  readonly barred: boolean | null
  readonly organisationId: number | null
}

/** Takes due looks in hand, the longest due first. Two workers never take the same; what a dead one held is free again after a while. */
export async function claimDue(sql: Sql, now: Date, limit: number): Promise<HeldWeek[]> {
  return sql<HeldWeek[]>`
    with due as materialized (
      select id from availability_week where state = 'running' and next_at <= ${now.toISOString()}::timestamptz and (held_until is null or held_until < now())
       order by next_at limit ${limit} for update skip locked)
    update availability_week w set held_until = now() + make_interval(secs => ${HELD_SECONDS}) from due, channel c
     where w.id = due.id and c.id = w.channel_id
    returning w.id::int as id, w.channel_id::int as "channelId", c.address, to_char(w.from_on, 'YYYY-MM-DD') as "fromOn", w.days::int as days, w.visits_per_day::int as "visitsPerDay",
      w.vantages::int as vantages, w.next_slot as slot, case when c.last_visit_at is null then null else c.last_outcome = 'robots' end as barred, c.organisation_id::int as "organisationId"`
}

export type Sample = {
  readonly at: Date
  readonly outcome: Outcome
  readonly ms: number
  readonly detail: string | null
  readonly ownNetwork: boolean
  readonly vantage: string
  /** A second look by another worker is wanted. */
  readonly wanted: boolean
  readonly second: 'open' | 'shut' | 'none' | null
  readonly secondVantage: string | null
  readonly secondOutcome: Outcome | null
}

/** What became of a look in hand: its sample (null where it was missed), and the next slot (null: that was the last). */
export type Done = { readonly week: HeldWeek; readonly sample: Sample | null; readonly next: { readonly slot: number; readonly at: Date } | null }

/**
 * Writes finished looks in one statement, which is its transaction. A slot written already stays as it is. A website whose week
 * has ended waits for judging.
 */
export async function writeDone(sql: Sql, done: readonly Done[], now: Date): Promise<void> {
  const s = done.filter((d): d is Done & { sample: Sample } => d.sample !== null)
  const flag = (b: boolean): string => (b ? 't' : 'f')
  await sql`
    with samples as (
      insert into availability_sample (week_id, slot, channel_id, at, outcome, ms, detail, own_network, vantage, wanted, second, second_vantage, second_at, second_outcome)
      select u.week, u.slot, u.channel, u.at, u.outcome, u.ms, u.detail, u.own, u.vantage, u.wanted, u.second, u.sv, case when u.sv is not null then u.at end, u.so from unnest(
        ${s.map((d) => d.week.id)}::bigint[], ${s.map((d) => d.week.slot)}::int[], ${s.map((d) => d.week.channelId)}::bigint[], ${s.map((d) => d.sample.at.toISOString())}::timestamptz[],
        ${s.map((d) => d.sample.outcome)}::text[], ${s.map((d) => d.sample.ms)}::int[], ${s.map((d) => d.sample.detail)}::text[], ${s.map((d) => flag(d.sample.ownNetwork))}::text[]::bool[],
        ${s.map((d) => d.sample.vantage)}::text[], ${s.map((d) => flag(d.sample.wanted))}::text[]::bool[], ${s.map((d) => d.sample.second)}::text[], ${s.map((d) => d.sample.secondVantage)}::text[],
        ${s.map((d) => d.sample.secondOutcome)}::text[]) as u(week, slot, channel, at, outcome, ms, detail, own, vantage, wanted, second, sv, so)
      on conflict (week_id, slot) do nothing
    ), weeks as (
      update availability_week w set held_until = null,
        next_slot = coalesce(u.next_slot, w.next_slot), next_at = coalesce(u.next_at, w.next_at),
        state = case when u.next_slot is null then 'done' else w.state end, ended_at = case when u.next_slot is null then ${now.toISOString()}::timestamptz else w.ended_at end
      from unnest(${done.map((d) => d.week.id)}::bigint[], ${done.map((d) => d.week.slot)}::int[], ${done.map((d) => d.next?.slot ?? null)}::int[], ${done.map((d) => d.next?.at.toISOString() ?? null)}::timestamptz[])
        as u(id, slot, next_slot, next_at)
      where w.id = u.id and w.state = 'running' and w.next_slot = u.slot
      returning w.channel_id, w.state
    )
    update channel c set judged_visit_at = null from weeks where c.id = weeks.channel_id and weeks.state = 'done'`
}

export type WantedLook = { readonly weekId: number; readonly slot: number; readonly channelId: number; readonly address: string }

/** Failures seen from another vantage within the same minutes, for a look from ours; those too old are wanted no more. */
export async function claimWanted(sql: Sql, now: Date, vantage: string, limit: number): Promise<WantedLook[]> {
  const at = now.toISOString()
  return sql<WantedLook[]>`
    with wanted as materialized (
      select week_id, slot, at > ${at}::timestamptz - make_interval(mins => ${SAME_MOMENT_MINUTES}) as young from availability_sample
       where wanted and (vantage <> ${vantage} or at <= ${at}::timestamptz - make_interval(mins => ${SAME_MOMENT_MINUTES})) order by at limit ${limit} for update skip locked
    ), taken as (
      update availability_sample s set wanted = false from wanted w where s.week_id = w.week_id and s.slot = w.slot returning s.week_id, s.slot, s.channel_id, w.young)
    select t.week_id::int as "weekId", t.slot, t.channel_id::int as "channelId", c.address from taken t join channel c on c.id = t.channel_id where t.young`
}

export async function writeSecond(sql: Sql, look: WantedLook, seen: { second: 'open' | 'shut'; vantage: string; at: Date; outcome: Outcome }): Promise<void> {
  await sql`
    update availability_sample set second = ${seen.second}, second_vantage = ${seen.vantage}, second_at = ${seen.at.toISOString()}, second_outcome = ${seen.outcome}
     where week_id = ${look.weekId} and slot = ${look.slot} and second = 'none'`
}

/** The looks at some websites in the fortnight up to `asOf`, the oldest first, as the availability series takes them. */
export async function weekSamples(sql: Sql, channelIds: readonly number[], asOf: Date): Promise<Map<number, SeriesVisit[]>> {
  const rows = await sql<{ channelId: number; at: Date; outcome: Outcome; ms: number; ownNetwork: boolean; second: 'open' | 'shut' | 'none' | null }[]>`
    select channel_id::int as "channelId", at, outcome, ms, own_network as "ownNetwork", second from availability_sample
     where channel_id = any(${[...channelIds]}) and at <= ${asOf.toISOString()}::timestamptz and at > ${asOf.toISOString()}::timestamptz - interval '15 days' order by at`
  const out = new Map<number, SeriesVisit[]>()
  for (const { channelId, ownNetwork, second, ...r } of rows) {
    const list = out.get(channelId) ?? []
    list.push({ ...r, ...(ownNetwork ? { ownNetwork: true } : {}), ...(second === null ? {} : { second }) })
    out.set(channelId, list)
  }
  return out
}
