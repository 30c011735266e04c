/**
 * A register of the size of a province with half a year behind it: channels over regions, kinds and organisations, each visited
 * eleven times, websites with columns, candidates in every state, a running campaign. All made inside the database from row numbers,
 * so that two seeds of the same size are the same rows.
 */
import type { Ctx } from '../../../db/context.ts'
import { seedRegions } from '../../../src/registry/index.ts'
import { seedCampaign } from './campaign.ts'
import { seedCandidates } from './candidates.ts'
import { pick } from './pick.ts'

export type SeedSize = {
  readonly channels: number
  /** At most one in five of the channels. */
  readonly candidates: number
  /** Visits of each channel over the last 90 days. */
  readonly visits: number
}

/** 50,000 channels, 1,000,000 observations, 10,000 candidates. */
export const FULL: SeedSize = { channels: 50_000, candidates: 10_000, visits: 11 }

export type Seeded = { readonly channels: number; readonly visits: number; readonly observations: number; readonly candidates: number }

/** Fills an empty register. Times are counted back from the clock's present moment. */
export async function seedConsole({ ctx, size = FULL }: { ctx: Ctx; size?: SeedSize }): Promise<Seeded> {
  const { sql } = ctx.db
  const now = ctx.clock.now().toISOString()
  const organisations = Math.max(10, Math.ceil(size.channels / 12))
  await seedRegions(ctx)
  await sql.begin(async (tx) => {
    await tx`create temporary table place on commit drop as select row_number() over (order by code) - 1 as n, code, name from region where level = 3 and code like '36%'`
    await tx.unsafe(`
      insert into organisation (name, region_code, supervisor, contact, phone)
      select p.name || (array['人民政府办公室','教育局','卫生健康委员会','公安局','交通运输局','农业农村局','文化广电旅游局','市场监督管理局','自然资源局','融媒体中心','住房和城乡建设局','应急管理局'])[1 + (i / (select count(*) from place)) % 12]
             || case when i / (select count(*) from place) >= 12 then '第' || (i / (select count(*) from place) / 12) || '中心' else '' end,
             p.code, '江西省人民政府办公厅', '联系人' || i, '0791-' || lpad((i % 100000000)::text, 8, '0')
        from generate_series(0, ${organisations - 1}) i join place p on p.n = i % (select count(*) from place)`)
    await tx`create temporary table unit on commit drop as select row_number() over (order by id) - 1 as n, id, name, region_code from organisation`
    await tx.unsafe(`
      insert into channel (kind, name, address, address_raw, account_id, identity_key, site_code, organisation_id, supervisor, region_code, filing_status, running_status,
                           opened_on, contact, phone, state, created_at, updated_at, next_due_at, due_reason, last_visit_at, last_outcome, last_seen_at, newest_on, newest_witness, judged_visit_at)
      select kind, u.name || case kind when 'website' then '网站' when 'weibo' then '发布' else '在线' end || case when i % 7 = 0 then i::text else '' end,
             case kind when 'website' then 'http://www.s' || i || '.example.gov.cn/' when 'weibo' then 'https://weibo.com/u/' || (1000000000 + i) else 'acct_' || i end,
             case kind when 'website' then 'www.s' || i || '.example.gov.cn' else 'acct_' || i end, case when kind = 'website' then null else 'acct_' || i end, 'seed' || i,
             case when kind = 'website' then u.region_code || lpad((i % 10000)::text, 4, '0') else null end, u.id, null, u.region_code,
             (array['filed','filed','filed','pending','unfiled'])[1 + i % 5], case when state = 'closed' then 'closed' else 'running' end,
             date '2014-01-01' + ${pick('11', 4000)}, case when i % 23 = 0 then null else '联系人' end, '0791-00000000', state, $1::timestamptz - make_interval(days => case when state = 'active' and i % 83 = 0 then 30 else 200 end), $1::timestamptz - interval '100 days',
             case when i % 50 = 0 then $1::timestamptz - interval '5 hours' else $1::timestamptz + make_interval(hours => 1 + ${pick('12', 300)}) end, 'deadline',
             case when i % 97 = 0 then null else seen end, case when i % 97 = 0 then null else outcome end, case when i % 97 = 0 or outcome in ('timeout','challenge','login_wall') then null else seen end,
             case when i % 97 = 0 or outcome in ('timeout','challenge','login_wall','gone_nonexistent') then null else ($1::timestamptz)::date - age end,
             case when i % 97 = 0 then null else jsonb_build_object('source', 'list_row', 'day', (($1::timestamptz)::date - age)::text, 'raw', (($1::timestamptz)::date - age)::text) end,
             case when i % 97 = 0 then null else seen end
        from (select i, (array['website','wechat_official','weibo','douyin','toutiao','wechat_channels','kuaishou','wechat_group'])[1 + case when i % 4 = 0 then 0 else 1 + ${pick('1', 7)} end] as kind,
                     case when i % 29 = 0 then 'closed' when i % 41 = 0 then 'paused' when i % 53 = 0 then 'merged' else 'active' end as state,
                     (array['ok','ok','ok','ok','ok','ok','unchanged','unchanged','timeout','challenge','login_wall','gone_nonexistent'])[1 + ${pick('2', 12)}] as outcome,
                     case when i % 5 = 0 then 60 + ${pick('3', 400)} else ${pick('4', 20)} end as age,
                     $1::timestamptz - make_interval(mins => ${pick('5', 17000)}) as seen
                from generate_series(1, ${size.channels}) i) s
        join unit u on u.n = ${pick('6', organisations)}`, [now])
    await tx.unsafe(`
      insert into visit (channel_id, slot, started_at, ended_at, outcome, source, reason, pages, requests, bytes, home_ms, home_status, newest_on, worker)
      select c.id, at, at, at + interval '9 seconds', case when v = 0 then c.last_outcome else 'ok' end, 'site', 'deadline', 6, 8, 180000, 400 + (c.id % 900)::int, 200, c.newest_on, 'worker-' || c.id % 2
        from channel c, generate_series(0, ${size.visits - 1}) v, lateral (select c.last_visit_at - make_interval(days => v * 9) as at) t where c.last_visit_at is not null`)
    await tx.unsafe(`
      insert into site_column (channel_id, url, url_key, name, class, source, first_seen_at, last_seen_at, last_outcome, observed_at, newest_on, newest_witness, newest_title, newest_url)
      select c.id, c.address || 'c' || n || '/', c.address || 'c' || n, (array['要闻动态','通知公告','政策文件','互动交流'])[n], (array['news','notice','policy','interaction'])[n], 'navigation', $1::timestamptz - interval '200 days', c.last_visit_at,
             c.last_outcome, c.last_seen_at, c.newest_on - (n - 1) * 3, c.newest_witness, '第' || n || '次会议召开', c.address || 'c' || n || '/1.html'
        from channel c, generate_series(1, 4) n where c.kind = 'website' and c.last_visit_at is not null`, [now])
    const facts = `jsonb_build_object('newest', v.newest_on::text, 'witness', jsonb_build_object('source', 'list_row', 'day', v.newest_on::text, 'raw', v.newest_on::text, 'where', 'ul.list > li'), `
    await tx.unsafe(`
      insert into observation (channel_id, visit_id, at, about, outcome, newest_on, value, evidence)
      select c.id, v.id, v.started_at, case when c.kind = 'website' then 'home' else 'account' end, v.outcome, v.newest_on,
             case when c.kind = 'website' then ${facts} 'navigationOnly', false, 'everyRowDated', true, 'url', c.address, 'status', 200, 'ms', v.home_ms)
                  else ${facts} 'source', 'seen', 'from', c.kind, 'of', 'post', 'posts', 12) end, array[md5(v.id::text) || md5(c.id::text)]
        from visit v join channel c on c.id = v.channel_id`)
    await tx.unsafe(`
      insert into observation (channel_id, column_id, visit_id, at, about, outcome, newest_on, value)
      select s.channel_id, s.id, v.id, v.started_at, 'column', v.outcome, s.newest_on, ${facts} 'list', 'listed', 'url', s.url, 'status', 200)
        from site_column s join visit v on v.channel_id = s.channel_id`)
    await tx.unsafe(`
      insert into item (channel_id, key, title, url, date, first_seen_at, last_seen_at)
      select c.id, md5(c.id || ':' || n), '第' || n || '条信息', c.address, c.newest_on - n * 5, c.last_seen_at - make_interval(days => n * 5), c.last_seen_at
        from channel c, generate_series(0, 3) n where c.newest_on is not null and c.last_seen_at is not null`)
    await seedCandidates(tx, now, size.candidates)
    await seedCampaign(tx, now)
  })
  await sql`vacuum analyze`
  const [counts] = await sql<Seeded[]>`
    select (select count(*)::int from channel) as channels, (select count(*)::int from visit) as visits, (select count(*)::int from observation) as observations, (select count(*)::int from candidate) as candidates`
  return counts ?? { channels: 0, visits: 0, observations: 0, candidates: 0 }
}
