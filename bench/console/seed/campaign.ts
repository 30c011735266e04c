import type { TransactionSql } from 'postgres'

/** The name of the campaign that is seeded, and of the spot check. */
export const CAMPAIGN = '政务新媒体专项清理'
export const SAMPLE = '季度抽查'

/**
 * A campaign begun 60 days ago with its baseline: members shut and merged since, some that came back, some that were ended before
 * it began and are in no baseline, and what was registered since. And a spot check of one in twenty, half of it entered.
 */
export async function seedCampaign(tx: TransactionSql, now: string): Promise<void> {
  await tx`
    insert into channel_life (channel_id, at, from_state, to_state)
    select id, ${now}::timestamptz - make_interval(days => (id % 80)::int), 'active', state from channel where state in ('closed', 'merged')
    union all select id, ${now}::timestamptz - interval '40 days', 'active', 'closed' from channel where state = 'active' and id % 211 = 0
    union all select id, ${now}::timestamptz - interval '5 days', 'closed', 'active' from channel where state = 'active' and id % 211 = 0
    union all select id, ${now}::timestamptz - interval '20 days', 'active', 'paused' from channel where state = 'paused'
    order by 2`
  const [made] = await tx<{ id: number }[]>`
    insert into campaign (name, started_at, scope, targets, started_by) values (${CAMPAIGN}, ${now}::timestamptz - interval '60 days', '{}', '{"rate": 40}', '{"kind":"cli","name":"bench"}') returning id::int`
  await tx`
    insert into campaign_member (campaign_id, channel_id, kind, region_code)
    select ${made?.id ?? 0}, c.id, c.kind, c.region_code from channel c
     where c.created_at < ${now}::timestamptz - interval '60 days'
       and not exists (select from channel_life l where l.channel_id = c.id and l.to_state in ('closed', 'merged') and l.at < ${now}::timestamptz - interval '60 days')`
  const [drawn] = await tx<{ id: number }[]>`
    insert into sample (name, seed, share_permille, scope, drawn_at, drawn_by, population)
    select ${SAMPLE}, 'bench', 50, '{}', ${now}::timestamptz - interval '12 days', '{"kind":"cli","name":"bench"}', count(*) from channel where state = 'active' returning id::int`
  await tx`
    insert into sample_member (sample_id, channel_id, kind, region_code, result, note, entered_by, entered_at)
    select ${drawn?.id ?? 0}, id, kind, region_code, case when id % 40 = 0 then case when id % 120 = 0 then 'failed' else 'passed' end end, case when id % 120 = 0 then '栏目逾期未更新' end,
           case when id % 40 = 0 then '{"kind":"cli","name":"bench"}'::jsonb end, case when id % 40 = 0 then ${now}::timestamptz - interval '3 days' end
      from channel where state = 'active' and id % 20 = 0`
}
