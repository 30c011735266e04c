import type { TransactionSql } from 'postgres'
import { oneOf, pick } from './pick.ts'

const VERBS = ['channel.update', 'channel.update', 'channel.run', 'channel.pause', 'channel.attest', 'channel.file', 'candidate.opened', 'candidate.order', 'candidate.dismiss', 'candidate.assign', 'order.issue', 'session.start', 'session.start', 'policy.set', 'ledger.import']

/** The audit trail of half a year: `acts` rows by people of all regions, about channels, candidates and accounts. */
export async function seedTrail(tx: TransactionSql, now: string, acts: number): Promise<void> {
  await tx.unsafe(`
    insert into audit (at, actor, verb, entity, entity_id, reason, detail)
    select $1::timestamptz - make_interval(secs => (${acts} - i) * 60), jsonb_build_object('kind', 'user', 'id', 'u-' || (1 + i % 1500), 'name', case when i % 1500 < 40 then '研判员' else '工作人员' end || (1 + i % 1500), 'role', 'operations', 'region', '36' || lpad((1 + i % 11)::text, 2, '0') || '00'),
           verb, entity, case entity when 'channel' then (1 + ${pick('42', '(select max(id) from channel)')})::text when 'candidate' then (1 + ${pick('43', '(select max(id) from candidate)')})::text when 'user' then 'u-' || (1 + i % 1500) else '1' end,
           case when i % 3 = 0 then '按月度核查结果办理' end, jsonb_build_object('before', jsonb_build_object('name', '旧名称' || i), 'after', jsonb_build_object('name', '新名称' || i))
      from (select i, verb, case when verb like 'channel.%' then 'channel' when verb like 'candidate.%' or verb = 'order.issue' then 'candidate' when verb = 'session.start' then 'user' else split_part(verb, '.', 1) end as entity
              from (select i, ${oneOf(VERBS, pick('41', VERBS.length))} as verb from generate_series(1, ${acts}) i) v) s order by i`, [now])
}
