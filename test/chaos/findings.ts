import type { Sql } from 'postgres'
import type { EvidenceStore } from '../../src/evidence/index.ts'
import type { Acts } from './bustle.ts'

/** Notes every slot that was ever claimed, and every one given back without its visit. Installed before the crawl. */
export async function keepBook(sql: Sql): Promise<void> {
  await sql.unsafe(`
    create table chaos_slot (channel_id bigint not null, slot timestamptz not null, given_back boolean not null default false, primary key (channel_id, slot));
    create function chaos_claimed() returns trigger language plpgsql as $$
    begin
      if old.claimed_slot is not null and new.claimed_slot is distinct from old.claimed_slot
        and not exists (select 1 from visit v where v.channel_id = new.id and v.slot = old.claimed_slot) then
        update chaos_slot set given_back = true where channel_id = new.id and slot = old.claimed_slot;
      end if;
      if new.claimed_slot is not null and new.claimed_slot is distinct from old.claimed_slot then
        insert into chaos_slot (channel_id, slot) values (new.id, new.claimed_slot) on conflict do nothing;
      end if;
      return null;
    end $$;
    create trigger chaos_claimed after update of claimed_slot on channel for each row execute function chaos_claimed();`)
}

/** Questions with an empty answer where nothing was lost and nothing counted twice. */
const QUESTIONS: Readonly<Record<string, string>> = {
  'a claimed slot without exactly one visit': `
    select s.channel_id, s.slot, s.given_back, count(v.id)::int as visits from chaos_slot s left join visit v using (channel_id, slot)
    group by s.channel_id, s.slot, s.given_back having count(v.id) <> 1`,
  'a visit for a slot that nobody claimed': `
    select v.id, v.channel_id, v.slot from visit v left join chaos_slot s using (channel_id, slot) where s.slot is null`,
  'a channel claimed for ever': `select id, claimed_slot, claimed_at from channel where claimed_slot is not null`,
  'a channel never visited': `select id, kind, name from channel where state = 'active' and last_visit_at is null`,
  'a channel whose last visit is not the newest visit written': `
    select c.id, c.last_visit_at, v.started_at from channel c join lateral (select started_at from visit where channel_id = c.id order by id desc limit 1) v on true
    where c.last_visit_at is distinct from v.started_at`,
  'an observation without its visit': `
    select o.id, o.visit_id from observation o left join visit v on v.id = o.visit_id and v.channel_id = o.channel_id where o.probe_run_id is null and v.id is null`,
  'an observation doubled': `
    select visit_id, about, column_id, count(*)::int as n from observation where visit_id is not null group by visit_id, about, column_id having count(*) > 1`,
  'an observation at another moment than its visit': `
    select o.id, o.visit_id from observation o join visit v on v.id = o.visit_id where o.at <> v.started_at`,
  'a visit that saw something and left no observation': `
    select v.id, v.channel_id, v.outcome from visit v where v.outcome = 'ok' and not exists (select 1 from observation o where o.visit_id = v.id)`,
  'a visit that failed by our fault, with observations': `
    select v.id, v.outcome from visit v where v.outcome = 'own_fault' and exists (select 1 from observation o where o.visit_id = v.id)`,
  'a gap or a doubling in the numbers of documents': `
    select kind, region_code, year, array_agg(number order by number) as numbers from order_document group by kind, region_code, year
    having min(number) <> 1 or max(number) <> count(*) or count(distinct number) <> count(*)`,
  'a series whose last number is not that of its last document': `
    select d.* from document_number d where last <> (select coalesce(max(number), 0) from order_document o where o.kind = d.kind and o.region_code = d.region_code and o.year = d.year)`,
  'a candidate with two documents for one deadline': `
    select candidate_id, kind, deadline from order_document group by candidate_id, kind, deadline having count(*) > 1`,
  'a document without exactly one audit row': `
    select o.id, count(a.id)::int as rows from order_document o left join audit a on a.verb = 'order.issue' and a.entity = 'candidate' and a.entity_id = o.candidate_id::text and a.detail->>'order' = o.id::text
    group by o.id having count(a.id) <> 1`,
  'an audit row without its document': `
    select a.id from audit a where a.verb = 'order.issue' and not exists (select 1 from order_document o where o.id::text = a.detail->>'order')`,
  'a step without exactly one audit row': `
    select s.candidate_id, s.step from candidate_step s where (select count(*) from audit a where a.verb = 'candidate.' || s.step and a.entity_id = s.candidate_id::text)
      <> (select count(*) from candidate_step x where x.candidate_id = s.candidate_id and x.step = s.step)`,
  'two open candidates of one channel': `
    select channel_id from candidate where state = 'open' group by channel_id having count(*) > 1`,
}

/** What the database says went wrong. */
export async function askDatabase(sql: Sql): Promise<string[]> {
  const found: string[] = []
  for (const [what, question] of Object.entries(QUESTIONS)) {
    const rows = await sql.unsafe(question)
    if (rows.length > 0) found.push(`${what}: ${rows.length}, as ${JSON.stringify(rows.slice(0, 3))}`)
  }
  return found
}

/** Acts that were acknowledged must stand. */
export async function askActs(sql: Sql, acts: Acts): Promise<string[]> {
  const found: string[] = []
  const steps = await sql<{ id: number }[]>`select distinct candidate_id::int as id from candidate_step where step = 'order'`
  const documents = await sql<{ id: number; number: string }[]>`select candidate_id::int as id, content->>'number' as number from order_document`
  for (const id of acts.ordered) if (!steps.some((s) => s.id === id)) found.push(`the order for candidate ${id} was acknowledged and is lost`)
  for (const { candidate, number } of acts.issued) {
    const one = documents.find((d) => d.id === candidate)
    if (one === undefined) found.push(`the document for candidate ${candidate} was acknowledged and is lost`)
    else if (number !== '' && one.number !== number) found.push(`the document for candidate ${candidate} was acknowledged as ${number} and stands as ${one.number}`)
  }
  return found
}

/** All that is said to be kept, and all that candidates cite, is there and reads back whole. */
export async function askEvidence(sql: Sql, store: EvidenceStore): Promise<string[]> {
  const found: string[] = []
  const kept = await sql<{ sha256: string }[]>`select sha256 from evidence`
  const cited = await sql<{ sha256: string }[]>`select distinct e->>'sha256' as sha256 from candidate, jsonb_array_elements(evidence) e where e ? 'sha256'`
  for (const [what, rows] of [['kept', kept], ['cited', cited]] as const) {
    let missing = 0
    for (const { sha256 } of rows) if ((await store.get(sha256).catch(() => null)) === null) missing++
    if (missing > 0) found.push(`evidence ${what} that cannot be read: ${missing} of ${rows.length}`)
  }
  return found
}
