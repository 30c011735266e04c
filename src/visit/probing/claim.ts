import type { Sql } from 'postgres'
import type { PolicySubject } from '../../schedule/index.ts'

/** Real seconds for which a worker has a website in hand; a run ends well before. */
const HELD_SECONDS = 45 * 60

/** Takes websites in hand whose functions are due, the longest due first, after them those never tried. Two workers never take the same. */
export async function claimDue(sql: Sql, now: Date, limit: number): Promise<PolicySubject[]> {
  const at = now.toISOString()
  return sql<PolicySubject[]>`
    with due as materialized (
      select c.id, c.kind, c.region_code, c.organisation_id
        from channel c left join probe_schedule s on s.channel_id = c.id
       where c.kind = 'website' and c.state = 'active' and c.last_seen_at is not null
         and (s.channel_id is null or (s.next_at <= ${at}::timestamptz and (s.held_until is null or s.held_until < now())))
       order by s.next_at nulls last, c.id limit ${limit}
    ), taken as (
      insert into probe_schedule as s (channel_id, next_at, held_until) select id, ${at}::timestamptz, now() + make_interval(secs => ${HELD_SECONDS}) from due
      on conflict (channel_id) do update set held_until = excluded.held_until where s.held_until is null or s.held_until < now()
      returning channel_id)
    select d.id::int as id, d.kind, d.region_code as "regionCode", d.organisation_id::int as "organisationId" from due d join taken t on t.channel_id = d.id`
}

/** Takes one website in hand though it may not be due; false where another has it. */
export async function holdOne(sql: Sql, channelId: number, now: Date): Promise<boolean> {
  const rows = await sql`
    insert into probe_schedule as s (channel_id, next_at, held_until) values (${channelId}, ${now.toISOString()}, now() + make_interval(secs => ${HELD_SECONDS}))
    on conflict (channel_id) do update set held_until = excluded.held_until where s.held_until is null or s.held_until < now()
    returning channel_id`
  return rows.length > 0
}

/** Lets a website go without having tried it; `next` puts it off. */
export async function letGo(sql: Sql, channelId: number, next?: Date): Promise<void> {
  await sql`update probe_schedule set held_until = null, next_at = coalesce(${next?.toISOString() ?? null}::timestamptz, next_at) where channel_id = ${channelId}`
}
