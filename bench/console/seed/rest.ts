import type { TransactionSql } from 'postgres'
import type { Ctx } from '../../../db/context.ts'
import { runCheck } from '../../../src/check/index.ts'
import { seedPeople } from './people.ts'
import { seedTrail } from './trail.ts'

/** Rows of each in the full size. */
export const REST = { acts: 240_000, sheets: 1500, weeks: 400 } as const

/** What else a province has after half a year: evidence, filings, weeks of availability, checks with their sheets, accounts, the audit trail. */
export async function seedRest({ ctx, size = REST }: { ctx: Ctx; size?: typeof REST }): Promise<void> {
  const { sql } = ctx.db
  const now = ctx.clock.now().toISOString()
  await sql.begin(async (tx) => {
    await seedEvidence(tx)
    await seedFilings(tx, now)
    await seedWeeks(tx, now, size.weeks)
    await seedPeople(tx, now)
  })
  for (const daysAgo of [30, 1]) await seedSheets(ctx, size.sheets, new Date(ctx.clock.now().getTime() - daysAgo * 86_400_000))
  await sql.begin((tx) => seedTrail(tx, now, size.acts))
  await sql`vacuum analyze`
}

/** Of each channel that was seen a page and a picture. */
async function seedEvidence(tx: TransactionSql): Promise<void> {
  await tx`create temporary table kept on commit drop as
    select id, address, last_seen_at as at, 'aa' || substr(md5(id::text) || md5('p' || id), 3) as sha256, 'page' as kind from channel where last_seen_at is not null
    union all select id, address, last_seen_at, 'bb' || substr(md5(id::text) || md5('s' || id), 3), 'screenshot' from channel where last_seen_at is not null`
  await tx`insert into evidence (sha256, kind, content_type, size, created_at) select sha256, kind, case kind when 'page' then 'text/html' else 'image/png' end, 40000, at from kept`
  await tx`insert into evidence_use (sha256, channel_id, url, final_url, status, headers, fetched_at) select sha256, id, address, address, 200, '{"server": "nginx", "content-type": "text/html"}', at from kept`
}

/** Two in five running channels are filed, some of them a second time; and units' statements. */
async function seedFilings(tx: TransactionSql, now: string): Promise<void> {
  await tx`
    insert into filing (channel_id, number, filed_on, reviewed_by, entered_by, entered_at)
    select id, '赣备' || id || '-' || n, (${now}::timestamptz)::date - 100 + n, '审核员', '{"kind":"cli","name":"bench"}', ${now}::timestamptz from channel, generate_series(1, 2) n
     where state in ('active', 'paused') and id % 5 in (0, 1) and (n = 1 or id % 10 = 0)`
  await tx`
    insert into attestation (channel_id, newest_on, stated_on, stated_by, source)
    select id, (${now}::timestamptz)::date - 20 - n * 30, (${now}::timestamptz)::date - 10 - n * 30, '填报员', 'console' from channel, generate_series(0, 3) n where id % 4 = 1`
}

/** Weeks of availability with a look each hour: done ones whole, running ones half way. */
async function seedWeeks(tx: TransactionSql, now: string, weeks: number): Promise<void> {
  await tx`
    insert into availability_week (channel_id, from_on, days, visits_per_day, vantages, state, started_at, started_by, ended_at, next_slot, next_at)
    select id, d, 7, 24, 2, state, d, '{"kind":"cli","name":"bench"}', case when state <> 'running' then d + 7 end, case when state = 'done' then 168 else 84 end, ${now}::timestamptz + interval '1 hour'
      from (select id, case when n % 2 = 0 then 'done' when n % 9 = 0 then 'stopped' else 'running' end as state, (${now}::timestamptz)::date - case when n % 2 = 1 and n % 9 <> 0 then 4 else 10 + (n % 60)::int end as d
              from (select id, row_number() over (order by id) as n from channel where kind = 'website' and state = 'active' order by id limit ${weeks}) c) w`
  await tx`
    insert into availability_sample (week_id, slot, channel_id, at, outcome, ms, vantage, second, second_vantage, second_at, second_outcome)
    select w.id, s, w.channel_id, w.from_on::timestamptz + make_interval(hours => s), case when (w.id + s) % 37 = 0 then 'timeout' else 'ok' end, 900 + s * 7, 'own',
           case when (w.id + s) % 37 = 0 then 'shut' end, case when (w.id + s) % 37 = 0 then 'proxy' end, case when (w.id + s) % 37 = 0 then w.from_on::timestamptz + make_interval(hours => s) end, case when (w.id + s) % 37 = 0 then 'timeout' end
      from availability_week w, generate_series(0, w.next_slot - 1) s`
}

/** One run: the program checks 24 channels by itself, and the rest of the sheets are copies of those under the other channels' names. */
async function seedSheets(ctx: Ctx, sheets: number, asOf: Date): Promise<void> {
  const { sql } = ctx.db
  const models = await sql<{ id: number }[]>`(select id::int from channel where state = 'active' and kind = 'website' order by id limit 16) union all (select id::int from channel where state = 'active' and kind <> 'website' order by id limit 8)`
  const { run } = await runCheck({ ctx, input: { channels: models.map((m) => m.id), asOf } })
  await sql.begin(async (tx) => {
    await tx`
      insert into indicator_check (run_id, channel_id, edition, params_digest, as_of, made_at, actor, facts, facts_digest, samples, results, score, problems, evidence, verdict, worst, best)
      select m.run_id, c.id, m.edition, m.params_digest, m.as_of, m.made_at, m.actor, m.facts, m.facts_digest, m.samples, m.results, m.score, m.problems, m.evidence, m.verdict, m.worst, m.best
        from (select c.id, c.kind = 'website' as site, row_number() over (partition by c.kind = 'website' order by c.id) as n from channel c where c.state = 'active' and not exists (select from indicator_check k where k.run_id = ${run} and k.channel_id = c.id)) c
        join (select k.*, c.kind = 'website' as site, row_number() over (partition by c.kind = 'website' order by c.id) as n, count(*) over (partition by c.kind = 'website') as of from indicator_check k join channel c on c.id = k.channel_id where k.run_id = ${run}) m
          on m.site = c.site and m.n = 1 + c.n % m.of
       where c.n <= ${Math.floor(sheets / 2)}`
    await tx`update check_run set channels = (select count(*) from indicator_check where run_id = ${run}) where id = ${run}`
    await tx`
      insert into check_run (edition, params_digest, evaluators, params, as_of, made_at, actor, seed, scope, channels)
      select edition, params_digest, evaluators, params, as_of - make_interval(days => n), made_at, '{"kind":"user","id":"u-1","name":"检查员","role":"operations","region":"360100"}', seed, scope, 0 from check_run, generate_series(1, 40) n where id = ${run}`
    await tx`
      insert into person_finding (channel_id, edition, indicator, looked_by, looked_at, on_day, answers, evidence, digest, recorded_at, recorded_by)
      select channel_id, edition, 'W1.1', '检查员', ${asOf}, ${asOf}::date, '{"opens": true}', '{}', md5(id::text), ${asOf}, '{"kind":"cli","name":"bench"}' from indicator_check where run_id = ${run} and id % 3 = 0`
    await tx`
      insert into check_plan (name, edition, filter, every, next_at, actor)
      select '计划' || ${run}::text || '-' || n, 'gov-2019', jsonb_build_object('region', '36' || lpad(n::text, 2, '0') || '00'), 'month', ${asOf}::timestamptz + interval '30 days', '{"kind":"cli","name":"bench"}' from generate_series(1, 11) n`
  })
}
