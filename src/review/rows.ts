import type { Sql } from 'postgres'
import { GROUP_KIND_IDS } from '../domain/kinds.ts'
import type { Day } from '../domain/date.ts'
import type { ObservationValues } from '../domain/observation.ts'
import { GONE, GONE_DAYS, SEEN } from '../domain/look-back.ts'
import type { ColumnClass } from '../domain/page.ts'
import type { Witness } from '../domain/witness.ts'
import { requireWhole } from '../history/index.ts'
import type { DuplicateFacts, Exemption, LateItem, ProbeFact } from '../standard/index.ts'
import { knownOutcome } from './known-outcome.ts'

/** A week for the availability rule, and a day to spare. */
const VISIT_DAYS = 8
const VISITS_A_CHANNEL = 400
/** A week's watch, and a week in which its answer holds. */
const SERIES_DAYS = 15
const LATE_ITEMS = 50
const LATE_BY_DAYS = 3

type Observed<V> = { channelId: number; at: Date; outcome: string; value: V; evidence: string[] }
type ChannelRow = {
  id: number
  kind: string
  name: string
  address: string
  functionType: string | null
  openedOn: Day | null
  runningStatus: string | null
  filingStatus: string | null
  organisationId: number | null
  regionCode: string | null
  siteCode: string | null
}
type VisitRow = { channelId: number; at: Date; outcome: string; ms: number | null }
type ColumnRow = {
  channelId: number
  id: number
  url: string
  name: string
  class: ColumnClass
  level: number
  newest: Day | null
  witness: Witness | null
  outcome: string | null
  observedAt: Date | null
  empty: boolean
  list: 'listed' | 'empty' | 'none' | 'unreadable' | null
  firstSeenOn: Day
  evidence: string[]
  thresholdDays: number | null
}

export type GatheredRows = {
  readonly channels: readonly ChannelRow[]
  readonly visits: ReadonlyMap<number, readonly VisitRow[]>
  readonly columns: ReadonlyMap<number, readonly ColumnRow[]>
  readonly homes: ReadonlyMap<number, Observed<ObservationValues['home']>>
  readonly consultations: ReadonlyMap<number, Observed<ObservationValues['consultation']>>
  readonly accounts: ReadonlyMap<number, Observed<ObservationValues['account']>>
  /** Of accounts that show no posts: since when, and the newest post that was known before. */
  readonly empty: ReadonlyMap<number, { readonly since: Date; readonly before: { readonly newest: Day; readonly witness: Witness | null } | null }>
  readonly gone: ReadonlyMap<number, readonly { at: Date; outcome: string; evidence: string[] }[]>
  /** By `organisation:kind`. */
  readonly siblings: ReadonlyMap<string, readonly DuplicateFacts[]>
  readonly lateItems: ReadonlyMap<number, readonly LateItem[]>
  readonly probes: ReadonlyMap<number, Readonly<Record<string, ProbeFact>>>
  readonly exemptions: ReadonlyMap<number, readonly Exemption[]>
}

/** The rows behind the facts of the channels asked for, as they stood at `asOf`; each kind in one statement. Throws `conflict` where the observations of that moment are rolled up. */
export async function gatherRows(sql: Sql, ids: readonly number[], asOf: Date): Promise<GatheredRows> {
  const of = [...ids]
  const [channels, visits, columns, latest, empty, gone, siblings, late, exempt, series] = await Promise.all([
    sql<ChannelRow[]>`
      select id::int, kind, name, address, function_type as "functionType", to_char(opened_on, 'YYYY-MM-DD') as "openedOn",
             running_status as "runningStatus", filing_status as "filingStatus", organisation_id::int as "organisationId",
             region_code as "regionCode", site_code as "siteCode"
        from channel where id = any(${of}) order by id`,
    // The last sighting alive belongs to the facts however old it is: sightings of “gone” count only after it.
    sql<VisitRow[]>`
      select c.id::int as "channelId", v.started_at as at, v.outcome, v.home_ms as ms
        from unnest(${of}::bigint[]) c(id),
     lateral ((select started_at, outcome, home_ms from visit
                where channel_id = c.id and started_at <= ${asOf} and started_at > ${asOf}::timestamptz - make_interval(days => ${VISIT_DAYS})
                order by started_at desc limit ${VISITS_A_CHANNEL})
        union (select started_at, outcome, home_ms from visit
                where channel_id = c.id and started_at <= ${asOf} and outcome = any(${[...SEEN]})
                order by started_at desc limit 1)
        union (select started_at, outcome, home_ms from visit
                where channel_id = c.id and started_at <= ${asOf}
                order by started_at desc limit 1)) v
       order by v.started_at desc`,
    columnRows(sql, of, asOf),
    // From one thing looked at to the next by the index, and the last look at each: what came before is not read, however much it is.
    sql<(Observed<unknown> & { about: string })[]>`
      select c.id::int as "channelId", o.about, o.at, o.outcome, o.value, coalesce(o.evidence, '{}') as evidence
        from unnest(${of}::bigint[]) c(id),
     lateral (with recursive a(about) as (
                (select about from observation where channel_id = c.id and about <> 'column' order by about limit 1)
                union all
                select (select about from observation where channel_id = c.id and about <> 'column' and about > a.about order by about limit 1) from a where a.about is not null)
              select l.* from a, lateral (select about, at, outcome, value, evidence from observation
                where channel_id = c.id and about = a.about and about <> 'column' and at <= ${asOf}
                order by at desc, id desc limit 1) l) o`,
    sql<{ channelId: number; since: Date; before: { newest: Day; witness: Witness | null } | null }[]>`
      select c.id::int as "channelId", e.since,
             (select json_build_object('newest', p.newest_on, 'witness', p.value->'witness') from observation p
               where p.channel_id = c.id and p.about = 'account' and p.at <= ${asOf} and p.newest_on is not null order by p.newest_on desc, p.at desc, p.id desc limit 1) as before
        from unnest(${of}::bigint[]) c(id)
        left join lateral (select at from observation where channel_id = c.id and about = 'account' and at <= ${asOf}
                              and outcome <> 'ok_empty' and outcome = any(${[...SEEN]}) order by at desc limit 1) alive on true,
     lateral (select at as since from observation where channel_id = c.id and about = 'account' and outcome = 'ok_empty' and at <= ${asOf}
                 and at >= coalesce(alive.at, '-infinity') order by at limit 1) e`,
    sql<{ channelId: number; at: Date; outcome: string; evidence: string[] }[]>`
      select channel_id::int as "channelId", at, outcome, coalesce(evidence, '{}') as evidence from observation
       where channel_id = any(${of}) and at <= ${asOf} and at > ${asOf}::timestamptz - make_interval(days => ${GONE_DAYS})
         and about in ('home', 'account') and outcome = any(${[...GONE]})
       order by at, id`,
    sql<(DuplicateFacts & { organisationId: number; kind: string })[]>`
      select s.id::int as "channelId", s.name, to_char(s.newest_on, 'YYYY-MM-DD') as newest, to_char(s.opened_on, 'YYYY-MM-DD') as "openedOn",
             s.organisation_id::int as "organisationId", s.kind
        from channel s
       where s.state = 'active' and s.kind <> 'website' and s.kind <> all(${GROUP_KIND_IDS})
         and (s.organisation_id, s.kind) in (select organisation_id, kind from channel where id = any(${of}) and organisation_id is not null)
       order by s.id`,
    sql<(LateItem & { channelId: number })[]>`
      select c.id::int as "channelId", i.title, i.url, to_char(i.date, 'YYYY-MM-DD') as date,
             to_char(i.first_seen_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "firstSeenOn",
             to_char(p.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "previousLookOn"
        from unnest(${of}::bigint[]) c(id),
     -- What came with the first look has none before it: it is passed over by the index, not looked up item by item.
     lateral (select min(started_at) as at from visit where channel_id = c.id and outcome = any(${[...SEEN]})) f,
     lateral (select title, url, date, first_seen_at from item
               where channel_id = c.id and first_seen_at > f.at and first_seen_at <= ${asOf} and first_seen_at > ${asOf}::timestamptz - interval '30 days'
                 and date < (first_seen_at at time zone 'Asia/Shanghai')::date - ${LATE_BY_DAYS}::int
               order by first_seen_at desc, key limit ${LATE_ITEMS}) i,
     lateral (select max(started_at) as at from visit where channel_id = c.id and outcome = any(${[...SEEN]}) and started_at < i.first_seen_at) p
       where p.at is not null and (p.at at time zone 'Asia/Shanghai')::date > i.date`,
    sql<(Exemption & { channelId: number })[]>`
      select channel_id::int as "channelId", to_char(from_on, 'YYYY-MM-DD') as from, to_char(until_on, 'YYYY-MM-DD') as until, reason
        from exemption where channel_id = any(${of}) and granted_at <= ${asOf} order by id`,
    sql<{ channelId: number; at: Date; samples: unknown[] }[]>`
      select channel_id::int as "channelId", max(at) as at,
             json_agg(json_strip_nulls(json_build_object('at', at, 'outcome', outcome, 'ms', ms, 'ownNetwork', nullif(own_network, false), 'second', second)) order by at) as samples
        from availability_sample where channel_id = any(${of}) and at <= ${asOf} and at > ${asOf}::timestamptz - make_interval(days => ${SERIES_DAYS})
       group by channel_id`,
  ])
  await requireWhole(sql, asOf)
  const about = (what: string) => latest.filter((o) => o.about === what)
  const probes = new Map<number, Record<string, ProbeFact>>()
  for (const o of latest) {
    if (!o.about.startsWith('probe:')) continue
    const mine = probes.get(o.channelId) ?? {}
    mine[o.about.slice('probe:'.length)] = { at: o.at, outcome: knownOutcome(o.outcome), value: o.value, evidence: o.evidence }
    probes.set(o.channelId, mine)
  }
  // The looks of a week's watch are the series itself; nothing else knows them as well.
  for (const { channelId, at, samples } of series) probes.set(channelId, { ...probes.get(channelId), availability: { at, outcome: 'ok', value: { samples }, evidence: [] } })
  return {
    channels,
    visits: Map.groupBy(visits, (v) => v.channelId),
    columns: Map.groupBy(columns, (c) => c.channelId),
    homes: new Map(about('home').map((o) => [o.channelId, o as Observed<ObservationValues['home']>])),
    consultations: new Map(about('consultation').map((o) => [o.channelId, o as Observed<ObservationValues['consultation']>])),
    accounts: new Map(about('account').map((o) => [o.channelId, o as Observed<ObservationValues['account']>])),
    empty: new Map(empty.map((e) => [e.channelId, e])),
    gone: Map.groupBy(gone, (g) => g.channelId),
    siblings: Map.groupBy(siblings, (s) => `${s.organisationId}:${s.kind}`),
    lateItems: Map.groupBy(late, (i) => i.channelId),
    probes,
    exemptions: Map.groupBy(exempt, (e) => e.channelId),
  }
}

/**
 * The columns as the last look at or before `asOf` left them: outcome of the last attempt, and what the last attempt
 * that saw anything saw. Read from the observations, not from the column's standing row, so that the past can be judged.
 */
function columnRows(sql: Sql, ids: number[], asOf: Date): Promise<ColumnRow[]> {
  return sql<ColumnRow[]>`
    select s.channel_id::int as "channelId", s.id::int, s.url, s.name, s.class, s.level::int,
           seen.value->>'newest' as newest, seen.value->'witness' as witness, last.outcome, seen.at as "observedAt",
           coalesce(seen.value->>'list' = 'empty', false) as empty, seen.value->>'list' as list,
           to_char(s.first_seen_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "firstSeenOn",
           coalesce(seen.evidence, '{}') as evidence, s.threshold_days as "thresholdDays"
      from site_column s
      left join lateral (select outcome from observation where column_id = s.id and at <= ${asOf} order by at desc, id desc limit 1) last on true
      left join lateral (select at, value, evidence from observation
                          where column_id = s.id and at <= ${asOf} and outcome = any(${[...SEEN]}) order by at desc, id desc limit 1) seen on true
     where s.channel_id = any(${ids}) and s.active and s.first_seen_at <= ${asOf}
     order by s.channel_id, s.id` as unknown as Promise<ColumnRow[]>
}
