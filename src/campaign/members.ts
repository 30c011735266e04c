import { sql as q } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Ctx } from '../../db/context.ts'
import { inScope } from '../../db/scope.ts'
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
  /** Running and looked at since the start; a candidate stands on what was seen, if before it. */
  running_checked: q`m.state not in ('closed', 'merged') and (m.seen or m.candidate_state not in ('withdrawn', 'dismissed', 'exempted', 'rectified', 'merged', 'shut_down', 'kept'))`,
  /** Running, with a standing candidate: a bulletin's annex. */
  failing: q`m.state not in ('closed', 'merged') and m.candidate_state not in ('withdrawn', 'dismissed', 'exempted', 'rectified', 'merged', 'shut_down', 'kept')`,
} as const satisfies Record<string, SQL>
export type Figure = keyof typeof FIGURES

export type Found = { readonly id: number; readonly name: string; readonly startedAt: Date; readonly targets: { readonly rate?: number } }

/** The campaign of that name. Throws `not_found`. */
export async function findCampaign(ctx: Ctx, name: string): Promise<Found> {
  const [found] = await ctx.db.sql<Found[]>`select id::int, name, started_at as "startedAt", targets from campaign where name = ${name}`
  if (found === undefined) throw new HuoshuiError('not_found', { zh: `没有名为“${name}”的专项行动`, en: `there is no campaign named ${name}` })
  return found
}

/** The city of `m.region_code`. Regions are four levels deep at most, the city the second: two steps up reach it. */
export const CITY = q`coalesce(case when r0.level <= 2 then r0.code when r1.level <= 2 then r1.code when r2.level <= 2 then r2.code end, m.region_code, '')`
export const CITY_JOINS = q`left join region r0 on r0.code = m.region_code left join region r1 on r1.code = r0.parent_code left join region r2 on r2.code = r1.parent_code`

/**
 * A row for each baseline member in the actor's region as it stood at `until`: channel_id, kind, region (its city; a
 * province's own channels stay with the province), state, seen (null: not visited since the start), candidate_id,
 * candidate_state. Each part is a left join on a key, so that PostgreSQL leaves out what a question does not ask for.
 */
export function memberRows(ctx: Pick<Ctx, 'actor' | 'clock'>, campaign: Found, until: Date): SQL {
  const [from, to] = [q`${campaign.startedAt.toISOString()}::timestamptz`, q`${until.toISOString()}::timestamptz`]
  const was = until < ctx.clock.now() ? thatMoment(from, to) : NOW
  return q`(
    select m.channel_id, m.kind, m.region_code, ${CITY} as region,
           ${was.state} as state,
           -- What the channel itself remembers of its last visits is enough, unless it was visited again after that moment.
           case when ch.last_visit_at <= ${to} then case when ch.last_seen_at >= ${from} then true when ch.last_visit_at >= ${from} then false end else ${was.seen} end as seen,
           k.id as candidate_id, ${was.candidateState} as candidate_state
      from campaign_member m
      left join channel ch on ch.id = m.channel_id
      ${CITY_JOINS}
      left join (select distinct on (channel_id) channel_id, id, state, closed_at from candidate where opened_at <= ${to} order by channel_id, id desc) k on k.channel_id = m.channel_id
      ${was.joins}
     where m.campaign_id = ${campaign.id} and ${inScope(q`m.region_code`, ctx.actor)})`
}

type Was = { readonly state: SQL; readonly seen: SQL; readonly candidateState: SQL; readonly joins: SQL }

/** As the register stands: nothing lies behind this moment. */
const NOW: Was = { state: q`ch.state`, seen: q`null::boolean`, candidateState: q`k.state`, joins: q`` }

/** As it stood then: a channel's state and a candidate's are where the last step until that moment had led. */
function thatMoment(from: SQL, to: SQL): Was {
  return {
    state: q`coalesce(life.to_state, 'active')`,
    seen: q`v.seen`,
    // Without a step it was open, or withdrawn since.
    candidateState: q`coalesce(s.to_state, case when k.state = 'withdrawn' and k.closed_at <= ${to} then 'withdrawn' when k.id is not null then 'open' end)`,
    joins: q`
      left join (select distinct on (channel_id) channel_id, to_state from channel_life where at <= ${to} order by channel_id, at desc, id desc) life on life.channel_id = m.channel_id
      left join (select distinct on (candidate_id) candidate_id, to_state from candidate_step where at <= ${to} order by candidate_id, id desc) s on s.candidate_id = k.id
      left join lateral (
        select bool_or(outcome = any(${q.param(SEEN)}::text[])) as seen from visit where channel_id = ch.id and ch.last_visit_at > ${to} and started_at between ${from} and ${to}) v on true`,
  }
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

type Wanted = { figure: Figure; region?: string; kind?: string; asOf?: Date }

/** The channels behind one number of the report. Throws `not_found`. */
export async function listMembers({ ctx, input }: { ctx: Ctx; input: Wanted & { name: string } }): Promise<Member[]> {
  requireRole(ctx.actor, READERS)
  return membersOf(ctx, await findCampaign(ctx, input.name), input)
}

/** One page of the same, and how many there are in all. Throws `not_found`. */
export async function pageMembers({ ctx, input }: { ctx: Ctx; input: Wanted & { name: string; page: number; size: number } }): Promise<{ total: number; members: Member[] }> {
  requireRole(ctx.actor, READERS)
  const campaign = await findCampaign(ctx, input.name)
  const [members, [count]] = await Promise.all([
    membersOf(ctx, campaign, input, input),
    ctx.db.orm.execute<{ n: number }>(q`select count(*)::int as n ${membersWanted(ctx, campaign, input)}`),
  ])
  return { total: count?.n ?? 0, members }
}

/** The members that one number counts, all or a page of them, by region and kind. */
export async function membersOf(ctx: Ctx, campaign: Found, input: Wanted, page?: { page: number; size: number }): Promise<Member[]> {
  const cut = page === undefined ? q`` : q`order by m.region, m.kind, m.channel_id limit ${page.size} offset ${(page.page - 1) * page.size}`
  return membersBy(ctx, q`select m.* ${membersWanted(ctx, campaign, input)} ${cut}`)
}

/** The candidates nobody has decided that were opened first, with when. */
export async function oldestUndecided(ctx: Ctx, campaign: Found, until: Date, most: number): Promise<{ member: Member; candidate: number; openedAt: Date }[]> {
  const members = await membersBy(ctx, q`
    select m.* from ${memberRows(ctx, campaign, until)} m join candidate w on w.id = m.candidate_id
     where m.candidate_state = 'open' order by w.opened_at, w.id limit ${most}`)
  const of = new Map(members.map((m) => [m.candidate, m]))
  const rows = await ctx.db.sql<{ id: number; openedAt: Date }[]>`
    select id::int, opened_at as "openedAt" from candidate where id = any(${members.map((m) => m.candidate ?? 0)}) order by opened_at, id`
  return rows.flatMap(({ id, openedAt }) => {
    const member = of.get(id)
    return member === undefined ? [] : [{ member, candidate: id, openedAt }]
  })
}

/** Those of a campaign that one number counts. */
function membersWanted(ctx: Ctx, campaign: Found, { figure, asOf, ...input }: Wanted): SQL {
  const [region, kind] = [input.region ?? null, input.kind ?? null]
  return q`from ${memberRows(ctx, campaign, asOf ?? ctx.clock.now())} m
     where ${FIGURES[figure]} and (${region}::text is null or m.region = ${region}) and (${kind}::text is null or m.kind = ${kind})`
}

/** Rows of `memberRows` with the names that people know them by. */
async function membersBy(ctx: Ctx, rows: SQL): Promise<Member[]> {
  return [...await ctx.db.orm.execute<Member>(q`
    select m.channel_id::int as channel, m.kind, c.name, c.address, c.site_code as "siteCode", o.name as organisation, coalesce(c.supervisor, o.supervisor) as supervisor,
           m.region, coalesce(r.name, '未填地区') as "regionName", m.state, m.seen, m.candidate_id::int as candidate, m.candidate_state as "candidateState",
           -- A standard's rule is cited by its code; the campaign's own have none.
           case when k.rule ~ '[0-9]' then k.rule || ' ' else '' end || (k.clause->>'zh') as problem, k.clause
      from (${rows}) m
      join channel c on c.id = m.channel_id left join organisation o on o.id = c.organisation_id
      left join region r on r.code = m.region left join candidate k on k.id = m.candidate_id
     order by m.region, m.kind, m.channel_id`)]
}
