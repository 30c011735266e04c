import { sql as q } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Ctx } from '../../db/context.ts'
import { inScope } from '../../db/scope.ts'
import type { Actor } from '../domain/actor.ts'
import { HuoshuiError } from '../domain/error.ts'
import { OUTCOMES } from '../domain/outcome.ts'
import type { Outcome } from '../domain/outcome.ts'
import { READERS, requireRole } from '../domain/permit.ts'
import type { Text } from '../domain/text.ts'

const SEEN = (Object.keys(OUTCOMES) as Outcome[]).filter((o) => OUTCOMES[o].group !== 'not_observed')

/**
 * What each figure of a campaign counts, as a condition on a row of `memberRows`: the totals and the list behind a
 * number are made from the same words, so that they cannot differ.
 */
export const FIGURES = {
  baseline: q`true`,
  removed: q`m.state in ('closed', 'merged')`,
  remaining: q`m.state not in ('closed', 'merged')`,
  checked: q`m.seen`,
  not_observed: q`not m.seen`,
  candidates: q`m.candidate_state not in ('withdrawn', 'dismissed', 'exempted', 'rectified', 'merged', 'shut_down', 'kept')`,
  ordered: q`m.candidate_state in ('ordered', 'answered', 'escalated')`,
  rectified: q`m.candidate_state = 'rectified'`,
  merged: q`m.state = 'merged'`,
  shut_down: q`m.state = 'closed'`,
  kept: q`m.candidate_state = 'kept'`,
} as const satisfies Record<string, SQL>
export type Figure = keyof typeof FIGURES

export type Found = { readonly id: number; readonly name: string; readonly startedAt: Date; readonly targets: { readonly rate?: number } }

/** The campaign of that name. Throws `not_found`. */
export async function findCampaign(ctx: Ctx, name: string): Promise<Found> {
  const [found] = await ctx.db.sql<Found[]>`select id::int, name, started_at as "startedAt", targets from campaign where name = ${name}`
  if (found === undefined) throw new HuoshuiError('not_found', { zh: `没有名为“${name}”的专项行动`, en: `there is no campaign named ${name}` })
  return found
}

/**
 * A row for each baseline member in the actor's region as it stood at `until`: channel_id, kind, region (its city; a
 * province's own channels stay with the province), state, seen (null: not visited since the start), candidate_state.
 */
export function memberRows(campaign: Found, until: Date, actor: Actor): SQL {
  const [from, to] = [campaign.startedAt.toISOString(), until.toISOString()]
  return q`(
    with recursive up as (
      select code as leaf, code, level, parent_code from region
      union all select up.leaf, r.code, r.level, r.parent_code from up join region r on r.code = up.parent_code where up.level > 2),
    city as (select distinct on (leaf) leaf, code from up where level <= 2 order by leaf, level desc),
    life as (select distinct on (channel_id) channel_id, to_state from channel_life where at <= ${to}::timestamptz order by channel_id, at desc, id desc),
    -- The state at that moment is where the last step until then had led; without one it is open, or withdrawn since.
    k as (
      select distinct on (k.channel_id) k.channel_id, k.id,
             coalesce((select s.to_state from candidate_step s where s.candidate_id = k.id and s.at <= ${to}::timestamptz order by s.id desc limit 1),
                      case when k.state = 'withdrawn' and k.closed_at <= ${to}::timestamptz then 'withdrawn' else 'open' end) as state
        from candidate k where k.opened_at <= ${to}::timestamptz order by k.channel_id, k.id desc)
    select m.channel_id, m.kind, coalesce(city.code, m.region_code, '') as region, coalesce(life.to_state, 'active') as state,
           -- What the channel itself remembers of its last visits is enough, unless it was visited again after that moment.
           case when ch.last_visit_at <= ${to}::timestamptz then case when ch.last_seen_at >= ${from}::timestamptz then true when ch.last_visit_at >= ${from}::timestamptz then false end
                else (select bool_or(v.outcome = any(${q.param(SEEN)}::text[])) from visit v where v.channel_id = ch.id and v.started_at between ${from}::timestamptz and ${to}::timestamptz) end as seen, k.id as candidate_id, k.state as candidate_state
      from campaign_member m join channel ch on ch.id = m.channel_id left join city on city.leaf = m.region_code
      left join life on life.channel_id = m.channel_id left join k on k.channel_id = m.channel_id
     where m.campaign_id = ${campaign.id} and ${inScope(q`m.region_code`, actor)})`
}

export type Member = {
  readonly channel: number
  readonly kind: string
  readonly name: string
  readonly address: string
  readonly siteCode: string | null
  readonly organisation: string | null
  readonly supervisor: string | null
  readonly region: string
  readonly regionName: string
  readonly state: string
  readonly seen: boolean | null
  readonly candidate: number | null
  readonly candidateState: string | null
  /** 主要问题: the clause of the candidate, as documents say it. */
  readonly problem: string | null
  readonly clause: Text | null
}

type Wanted = { name: string; figure: Figure; region?: string; kind?: string; asOf?: Date }

/** The channels behind one number of the report. Throws `not_found`. */
export async function listMembers({ ctx, input }: { ctx: Ctx; input: Wanted }): Promise<Member[]> {
  requireRole(ctx.actor, READERS)
  const campaign = await findCampaign(ctx, input.name)
  const rows = await ctx.db.orm.execute<Member>(q`${memberColumns} ${memberTables(ctx, campaign, input)} order by m.region, m.kind, m.channel_id`)
  return [...rows]
}

/** One page of the same, and how many there are in all. Throws `not_found`. */
export async function pageMembers({ ctx, input }: { ctx: Ctx; input: Wanted & { page: number; size: number } }): Promise<{ total: number; members: Member[] }> {
  requireRole(ctx.actor, READERS)
  const campaign = await findCampaign(ctx, input.name)
  const [rows, [count]] = await Promise.all([
    ctx.db.orm.execute<Member>(q`${memberColumns} ${memberTables(ctx, campaign, input)} order by m.region, m.kind, m.channel_id limit ${input.size} offset ${(input.page - 1) * input.size}`),
    ctx.db.orm.execute<{ n: number }>(q`select count(*)::int as n from ${memberRows(campaign, input.asOf ?? ctx.clock.now(), ctx.actor)} m where ${wanted(input)}`),
  ])
  return { total: count?.n ?? 0, members: [...rows] }
}

const memberColumns = q`
    select m.channel_id::int as channel, m.kind, c.name, c.address, c.site_code as "siteCode", o.name as organisation, coalesce(c.supervisor, o.supervisor) as supervisor,
           m.region, coalesce(r.name, '未填地区') as "regionName", m.state, m.seen, m.candidate_id::int as candidate, m.candidate_state as "candidateState",
           -- A standard's rule is cited by its code; the campaign's own have none.
           case when k.rule ~ '[0-9]' then k.rule || ' ' else '' end || (k.clause->>'zh') as problem, k.clause`

function memberTables(ctx: Ctx, campaign: Found, input: Wanted): SQL {
  return q`
      from ${memberRows(campaign, input.asOf ?? ctx.clock.now(), ctx.actor)} m
      join channel c on c.id = m.channel_id left join organisation o on o.id = c.organisation_id
      left join region r on r.code = m.region left join candidate k on k.id = m.candidate_id
     where ${wanted(input)}`
}

function wanted(input: Wanted): SQL {
  const { figure } = input
  const [region, kind] = [input.region ?? null, input.kind ?? null]
  return q`${FIGURES[figure]} and (${region}::text is null or m.region = ${region}) and (${kind}::text is null or m.kind = ${kind})`
}
