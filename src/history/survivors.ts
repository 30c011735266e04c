import { GONE, GONE_DAYS, PACK_ROWS, PROBE_RUNS, SEEN } from '../domain/look-back.ts'
import { isObserved, OUTCOMES } from '../domain/outcome.ts'
import type { Outcome } from '../domain/outcome.ts'
import { literal } from './partitions.ts'

const list = (outcomes: readonly string[]): string => `array[${outcomes.map((o) => `'${o}'`).join(',')}]::text[]`
const OBSERVED = (Object.keys(OUTCOMES) as Outcome[]).filter(isObserved)

/**
 * The numbers (`id`) of the observations before `to` that must stay as rows when those months are rolled up, as a query without parameters: whatever is
 * asked about a moment from `to` on gets the answer that it would have got with all of them. One part for each question that
 * is asked of the observations; whoever adds a question adds its part (test/history/roll-up.test.ts compares all answers).
 */
export function survivors(to: Date): string {
  return Object.values(surviving(to)).join('\nunion\n')
}

/** Its parts by what they are for. */
export function surviving(to: Date): Readonly<Record<string, string>> {
  const old = `from observation where at < ${literal(to)}`
  const latest = (by: string, of = 'true'): string => `(select distinct on (${by}) id ${old} and ${of} order by ${by}, at desc, id desc)`
  const account = `about = 'account'`
  return {
    // What was last seen of everything: verdicts (review/rows.ts), the channel's page (review/channel/seen.ts), its tags (check/tags.ts).
    last: latest('channel_id, about, column_id'),
    // What the last look at a column that saw anything saw.
    columns: latest('column_id', `column_id is not null and outcome = any(${list(SEEN)})`),
    // Where the home page itself was last found (visit/probing/load.ts).
    home: latest('channel_id', `about = 'home' and outcome in ('ok', 'unchanged')`),
    // Accounts: the name last shown and where it went (credentials/duplicates.ts), what it published before it was emptied, and since when it is empty.
    name: latest('channel_id', `${account} and value ->> 'name' is not null`),
    whereabouts: latest('channel_id', `${account} and outcome = any(${list(OBSERVED)})`),
    alive: latest('channel_id', `${account} and outcome <> 'ok_empty' and outcome = any(${list(SEEN)})`),
    published: `(select distinct on (channel_id) id ${old} and ${account} and newest_on is not null order by channel_id, newest_on desc, at desc, id desc)`,
    emptied: `(select distinct on (e.channel_id) e.id from observation e left join (
        select channel_id, max(at) as at ${old} and ${account} and outcome <> 'ok_empty' and outcome = any(${list(SEEN)}) group by channel_id
      ) alive on alive.channel_id = e.channel_id
      where e.at < ${literal(to)} and e.about = 'account' and e.outcome = 'ok_empty' and (alive.at is null or e.at >= alive.at)
      order by e.channel_id, e.at, e.id)`,
    // Sightings of “gone” that still count at the first moment that may be asked about.
    gone: `(select id ${old} and at > ${literal(to)} - interval '${GONE_DAYS} days' and about in ('home', 'account') and outcome = any(${list(GONE)}))`,
    // The look before an item came up, for items whose date was changed later (visit/probing/history.ts).
    items: `(select o.id from item i cross join lateral (
        select id from observation where column_id = i.column_id and at < i.first_seen_at and at < ${literal(to)} and outcome = any(${list(SEEN)}) order by at desc, id desc limit 1
      ) o where i.first_date is not null)`,
    // The runs of probes that tell since when something has not worked (visit/probing/show.ts).
    probes: `(select o.id from observation o join (
        select id, row_number() over (partition by channel_id order by started_at desc, id desc) as turn from probe_run
      ) r on r.id = o.probe_run_id and r.turn <= ${PROBE_RUNS} where o.at < ${literal(to)})`,
    // What the evidence packs of candidates, open and decided ones, list (review/evidence/sightings.ts).
    packs: `(select o.id from (select distinct channel_id from candidate) k cross join lateral (
        select id, at from observation where channel_id = k.channel_id order by at desc, id desc limit ${PACK_ROWS}) o where o.at < ${literal(to)})`,
    citedFirst: cited(to, 'asc'),
    citedLast: cited(to, 'desc'),
  }
}

/** The first and the last time that bytes were seen which a candidate, a check or a person's finding cites. */
function cited(to: Date, order: 'asc' | 'desc'): string {
  return `(select distinct on (o.channel_id, o.about, o.column_id, e.sha256) o.id
    from observation o cross join unnest(o.evidence) e(sha256) join (
      select channel_id, jsonb_array_elements(evidence) ->> 'sha256' as sha256 from candidate
      union select channel_id, unnest(evidence) from indicator_check
      union select channel_id, unnest(evidence) from person_finding
    ) c on c.channel_id = o.channel_id and c.sha256 = e.sha256
    where o.at < ${literal(to)} order by o.channel_id, o.about, o.column_id, e.sha256, o.at ${order}, o.id ${order})`
}
