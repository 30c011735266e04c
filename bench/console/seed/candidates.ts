import type { TransactionSql } from 'postgres'
import { oneOf, pick } from './pick.ts'

/** What became of a candidate, and by which steps; `after` are days since it was opened. */
const WAYS: Readonly<Record<string, readonly (readonly [step: string, to: string, after: number])[]>> = {
  open: [], withdrawn: [],
  ordered: [['order', 'ordered', 2]], answered: [['order', 'ordered', 2], ['answer', 'answered', 9]], contested: [['plan_shut_down', 'to_shut_down', 3], ['contest', 'contested', 8]],
  to_merge: [['plan_merge', 'to_merge', 3]], to_shut_down: [['plan_shut_down', 'to_shut_down', 3]], escalated: [['order', 'ordered', 2], ['extend', 'ordered', 9], ['escalate', 'escalated', 20]],
  exempted: [['exempt', 'exempted', 4]], dismissed: [['dismiss', 'dismissed', 1]], rectified: [['order', 'ordered', 2], ['answer', 'answered', 9], ['pass', 'rectified', 14]],
  merged: [['plan_merge', 'to_merge', 3], ['confirm_merged', 'merged', 16]], shut_down: [['plan_shut_down', 'to_shut_down', 3], ['confirm_shut_down', 'shut_down', 18]], kept: [['keep', 'kept', 5]],
}
const STANDING = ['open', 'open', 'open', 'open', 'open', 'ordered', 'ordered', 'ordered', 'answered', 'contested', 'to_merge', 'to_shut_down', 'escalated', 'exempted', 'dismissed', 'dismissed', 'rectified', 'rectified', 'rectified', 'kept', 'withdrawn']
const RULES = ['W3', 'W4a', 'N2a', 'N3', 'N1'] as const
const CLAUSES = { zh: ['栏目逾期未更新', '空白栏目', '连续三个月未更新', '同类账号重复', '账号已不存在'], en: ['columns not updated in time', 'empty columns', 'nothing published for three months', 'duplicates of one unit', 'the account is gone'] }

/** Candidates in every state, one in ten channels with an earlier one that is settled; each with its steps, and documents where one was ordered. */
export async function seedCandidates(tx: TransactionSql, now: string, candidates: number): Promise<void> {
  const second = Math.floor(candidates / 10)
  const clause = `jsonb_build_object('zh', ${oneOf(CLAUSES.zh, 'r')}, 'en', ${oneOf(CLAUSES.en, 'r')})`
  await tx.unsafe(`
    create temporary table chosen on commit drop as
    select id, i, kind, case when kind = 'website' then i % 2 else 2 + i % 3 end as r, false as earlier,
           case state when 'closed' then 'shut_down' when 'merged' then 'merged' else ${oneOf(STANDING, pick('8', STANDING.length))} end as state,
           $1::timestamptz - make_interval(days => case when state in ('closed', 'merged') then 30 + ${pick('9', 80)} else ${pick('9', 110)} end, mins => ${pick('10', 1400)}) as opened
      from (select id, kind, state, row_number() over (order by ${pick('7', 1_000_000, 'id')}, id) as i from channel where id % 5 = 0 or (state in ('closed', 'merged') and id % 2 = 0)
             order by i limit ${candidates - second}) k`, [now])
  await tx.unsafe(`
    insert into chosen select id, i, kind, r, true, ${oneOf(['dismissed', 'rectified'], 'i::int % 2')}, $1::timestamptz - make_interval(days => 175 + i::int % 20) from chosen order by i limit ${second}`, [now])
  await tx.unsafe(`create temporary table way on commit drop as select * from (values ${Object.entries(WAYS).flatMap(([state, steps]) => steps.map(([step, to, after], n) => `('${state}', ${n + 1}, '${step}', '${n === 0 ? 'open' : steps[n - 1]?.[1]}', '${to}', ${after})`)).join(', ')}) v(state, n, step, from_state, to_state, after)`)
  await tx.unsafe(`
    insert into candidate (channel_id, proposal, rule, clause, state, edition, threshold, since, newest, witness, days_over, evidence, answers, opened_at, judged_at, closed_at, deadline, assignee)
    select id, case when r in (2, 4) then 'shut_down' when r = 3 then 'merge' else 'rectify' end, ${oneOf(RULES, 'r')}, ${clause}, state, 'campaign-2026', jsonb_build_object('days', jsonb_build_object('value', 90, 'unit', 'days')),
           ($1::timestamptz)::date - 40, ($1::timestamptz)::date - 130, null, 40 + (i % 300)::int,
           jsonb_build_array(jsonb_build_object('kind', 'page', 'sha256', 'aa' || substr(md5(id::text) || md5('p' || id), 3), 'url', 'http://www.s' || id || '.example.gov.cn/', 'finalUrl', 'http://www.s' || id || '.example.gov.cn/', 'status', 200, 'fetchedAt', to_char(opened, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))),
           jsonb_build_array(jsonb_build_object('rule', ${oneOf(RULES, 'r')}, 'clause', ${clause}, 'answer', 'violated', 'daysOver', 40 + i % 300)), opened, opened,
           case when state in ('dismissed', 'rectified', 'shut_down', 'kept', 'merged', 'exempted', 'withdrawn') then least(opened + make_interval(days => coalesce((select max(after) from way w where w.state = k.state), 6)), $1::timestamptz) end,
           case when state in ('ordered', 'answered', 'to_merge', 'to_shut_down', 'contested', 'escalated') then opened::date + 32 + ${pick('13', 100)} end,
           case when not earlier and i % 6 = 0 then 'u-' || (1 + i % 40) end
      from chosen k order by earlier desc, i`, [now])
  await tx.unsafe(`
    insert into candidate_step (candidate_id, at, actor, step, from_state, to_state, reason)
    select k.id, least(k.opened_at + make_interval(days => w.after), $1::timestamptz), jsonb_build_object('kind', 'user', 'id', 'u-' || (1 + k.id % 40), 'name', '研判员' || (1 + k.id % 40), 'role', 'rectification', 'region', null),
           w.step, w.from_state, w.to_state, '依据检查指标和现场核实情况办理' from candidate k join way w using (state) order by 2, k.id, w.n`, [now])
  await tx.unsafe(`
    insert into order_document (kind, region_code, year, number, candidate_id, issued_at, issued_by, deadline, content)
    select kind, region, extract(year from at)::int, n, id, at, jsonb_build_object('kind', 'user', 'id', 'u-1', 'name', '研判员1', 'role', 'rectification', 'region', null), deadline,
           jsonb_build_object('number', '活水改〔' || extract(year from at) || '〕' || n || '号', 'addressee', unit, 'issuer', '政务公开主管部门', 'contact', null, 'issuedOn', at::date::text, 'deadline', deadline::text,
             'channel', jsonb_build_object('id', channel, 'kind', channel_kind, 'name', name, 'address', address, 'siteCode', null), 'reason', '请限期整改', 'items', answers, 'evidence', '[]'::jsonb)
      from (select k.id, case when s.step = 'order' then 'rectification' else 'shutdown' end as kind, c.region_code as region, s.at, coalesce(k.deadline, s.at::date + 30) as deadline, c.id as channel, c.kind as channel_kind, c.name, c.address,
                   coalesce(o.name, c.name) as unit, jsonb_build_array(jsonb_build_object('rule', k.rule, 'clause', k.clause->>'zh', 'since', k.since, 'newest', k.newest, 'daysOver', k.days_over)) as answers,
                   row_number() over (partition by c.region_code, extract(year from s.at), s.step order by s.at, k.id) as n
              from candidate k join candidate_step s on s.candidate_id = k.id and s.step in ('order', 'plan_shut_down') join channel c on c.id = k.channel_id left join organisation o on o.id = c.organisation_id) d`)
  await tx`insert into document_number (kind, region_code, year, last) select kind, region_code, year, max(number) from order_document group by 1, 2, 3`
  await tx`
    insert into exemption (channel_id, from_on, until_on, reason, granted_by, granted_at) select channel_id, closed_at::date, closed_at::date + 180, '机构改革过渡期', '{"kind":"cli","name":"bench"}', closed_at from candidate where state = 'exempted'`
}
