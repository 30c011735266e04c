import type { TransactionSql } from 'postgres'
import { oneOf, pick } from './pick.ts'

/** Accounts of all roles over the regions, their sessions, tokens, views; policies, subscriptions with their letters, credentials and bridges. */
export async function seedPeople(tx: TransactionSql, now: string, accounts = 1500): Promise<void> {
  await tx.unsafe(`
    insert into person (id, username, name, role, region, organisation_id, must_change_password, disabled_at, last_sign_in_at, email, created_at, updated_at)
    select 'u-' || i, 'user' || i, case when i <= 40 then '研判员' else '工作人员' end || i, case when i <= 40 then 'rectification' else role end,
           case when i <= 40 then null when role = 'unit_contact' then o.region_code else '36' || lpad((1 + i % 11)::text, 2, '0') || '00' end, case when role = 'unit_contact' then o.id end, i % 9 = 0,
           case when i > 40 and i % 31 = 0 then $1::timestamptz - interval '3 days' end, $1::timestamptz - make_interval(hours => i % 900), 'user' || i || '@example.gov.cn', $1::timestamptz - interval '150 days', $1::timestamptz - interval '9 days'
      from (select i, case when i <= 40 then 'rectification' else ${oneOf(['unit_contact', 'unit_contact', 'unit_contact', 'operations', 'rectification', 'read_only', 'administrator'], pick('31', 7))} end as role from generate_series(1, ${accounts}) i) s
      join organisation o on o.id = (select min(id) from organisation) + i % (select count(*) from organisation)`, [now])
  await tx`
    insert into session (id, user_id, token, expires_at, ip_address, user_agent, created_at, updated_at)
    select 's-' || p.id || '-' || n, p.id, 't-' || p.id || '-' || n, ${now}::timestamptz + make_interval(hours => n * 20 - 30), '10.0.0.' || n, 'Mozilla/5.0', ${now}::timestamptz - interval '1 day', ${now}::timestamptz from person p, generate_series(1, 4) n`
  await tx`
    insert into api_token (id, user_id, name, digest, scopes, created_at, expires_at)
    select 'k-' || p.id || '-' || n, p.id, '周报' || n, md5(p.id) || md5(n::text), '{read}', ${now}::timestamptz - interval '10 days', ${now}::timestamptz + make_interval(days => n * 10 - 15) from person p, generate_series(1, 3) n where p.id in (select id from person order by id limit 300)`
  await tx`insert into saved_view (user_id, page, name, query, created_at) select p.id, 'channels', '视图' || n, 'states=active&page=' || n, ${now}::timestamptz from (select id from person order by id limit 300) p, generate_series(1, 10) n`
  await tx`insert into sign_in_failure (name_digest, failures, last_at, locked_until) select encode(sha256(convert_to('huoshui name user' || i, 'UTF8')), 'hex'), 5, ${now}::timestamptz, ${now}::timestamptz + interval '1 day' from generate_series(50, 90) i`
  await tx`
    insert into policy (scope, target, settings, updated_at, updated_by)
    select 'all', '', '{"maxIntervalDays": 14}'::jsonb, ${now}::timestamptz, '运行管理员'
    union all select 'kind', kind, '{"intervalDays": 7}', ${now}::timestamptz, '运行管理员' from (select distinct kind from channel) k
    union all select 'region', code, '{"windows": [{"from": "08:00", "to": "18:00"}]}', ${now}::timestamptz, '运行管理员' from region where code like '36%' and level <= 3
    union all select 'organisation', id::text, '{"intervalDays": 3}', ${now}::timestamptz, '运行管理员' from organisation where id % 40 = 0
    union all select 'channel', id::text, '{"intervalDays": 1}', ${now}::timestamptz, '运行管理员' from channel where id % 250 = 0`
  await tx`
    insert into subscription (name, way, address, region_code, role, kinds)
    select '订阅' || row_number() over (order by code), 'email', 'ops' || code || '@example.gov.cn', code, 'operations', '{}' from region where code like '36%' and level <= 3`
  await tx`
    insert into outbox (subscription_id, subject, body, items, state, attempts, created_at, next_attempt_at, sent_at, last_error)
    select s.id, '活水日报', repeat('三个渠道逾期未更新。', 40), 3, case when n % 25 = 0 then 'failed' when n % 30 = 0 then 'waiting' else 'sent' end, 1, ${now}::timestamptz - make_interval(days => n), ${now}::timestamptz, case when n % 25 <> 0 then ${now}::timestamptz - make_interval(days => n) end,
           case when n % 25 = 0 then 'connection refused' end from subscription s, generate_series(1, 90) n`
  await tx`
    insert into credential (credential_id, scope, target, fields, sealed, key_id, put_by, put_at, valid_until, last_success_at)
    select 'weibo.cookie', 'organisation', id::text, '{cookie}', 'x', 'x', '运行管理员', ${now}::timestamptz - interval '20 days', (${now}::timestamptz)::date + (id % 30)::int, ${now}::timestamptz - interval '1 day' from organisation where id % 20 = 0`
  await tx`
    insert into bridge (scope, target, type, url, put_by, put_at) select 'channel', id::text, 'rsshub', 'https://bridge.example/' || id, '运行管理员', ${now}::timestamptz from channel where kind = 'weibo' and id % 25 = 0`
  await tx`
    insert into pacing (key, next_at, rest_until, failures) select 'host:www.s' || i || '.example.gov.cn', ${now}::timestamptz, case when i % 20 = 0 then ${now}::timestamptz + interval '1 hour' end, i % 3 from generate_series(1, 6000) i`
}
