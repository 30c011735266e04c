import type { Ctx } from '../../../db/context.ts'
import { scopeOf, unitOf } from '../../../db/scope.ts'
import type { Day } from '../../domain/date.ts'
import { OUTCOMES } from '../../domain/outcome.ts'
import type { Outcome } from '../../domain/outcome.ts'
import { READERS, requireRole } from '../../domain/permit.ts'

const GONE = (Object.keys(OUTCOMES) as Outcome[]).filter((o) => OUTCOMES[o].group === 'gone')

export type WatchedChannel = {
  readonly channel: number
  readonly kind: string
  readonly name: string
  readonly address: string
  readonly organisation: string | null
  readonly region: string | null
  readonly regionCode: string | null
  /** closed | merged */
  readonly state: string
  /** ISO 8601; when it was shut or merged. */
  readonly endedAt: string
  /** Last visit since then; null when there was none yet. */
  readonly visitedAt: string | null
  /** It published after the day it ended: a zombie's return. */
  readonly returned: boolean
  readonly newest: Day | null
  /** The site or platform says in words that it is gone. */
  readonly gone: boolean
  /** Where its home page leads, when that is another host. */
  readonly redirectsTo: string | null
  /** Title of a notice of shutting or moving among its items. */
  readonly announcement: string | null
  /** Merged ones: whether it leads to the channel it was merged into; null where that is not known. */
  readonly pointsToTarget: boolean | null
}

/**
 * Every channel that was shut or merged, and what the visits since then saw: returned ones first. A register entry
 * stays for ever, so this list only grows; `returnedOnly` gives the alarms.
 */
export async function listWatched({ ctx, input = {} }: { ctx: Ctx; input?: { returnedOnly?: boolean; limit?: number; offset?: number } }): Promise<WatchedChannel[]> {
  requireRole(ctx.actor, READERS)
  const { sql } = ctx.db
  const rows = await sql<(Omit<WatchedChannel, 'endedAt' | 'visitedAt' | 'redirectsTo' | 'pointsToTarget'> & { endedAt: Date; visitedAt: Date | null; finalUrl: string | null; target: string | null })[]>`
    select * from (
      select c.id::int as channel, c.kind, c.name, c.address, o.name as organisation, r.name as region, c.region_code as "regionCode", c.state,
             e.at as "endedAt", case when c.last_visit_at > e.at then c.last_visit_at end as "visitedAt",
             coalesce(c.last_seen_at > e.at and c.newest_on > (e.at at time zone 'Asia/Shanghai')::date, false) as returned,
             to_char(c.newest_on, 'YYYY-MM-DD') as newest,
             coalesce(c.last_visit_at > e.at and c.last_outcome = any(${GONE}), false) as gone,
             (select p.final_url from page p where p.channel_id = c.id and p.url = c.address and p.fetched_at > e.at) as "finalUrl",
             (select i.title from item i where i.channel_id = c.id and i.title ~ '(关停|停止更新|停更|停用|停止运行|注销|迁移|关闭)' order by i.first_seen_at desc limit 1) as announcement,
             (select t.address from candidate k join channel t on t.id = k.target_channel_id where k.channel_id = c.id and k.state = 'merged' order by k.id desc limit 1) as target
        from channel c
        join lateral (select coalesce((select l.at from channel_life l where l.channel_id = c.id and l.to_state = c.state order by l.id desc limit 1), c.created_at) as at) e on true
        left join organisation o on o.id = c.organisation_id left join region r on r.code = c.region_code
       where c.state in ('closed', 'merged') and ${scopeOf(sql, 'c.region_code', ctx.actor)} and ${unitOf(sql, 'c.organisation_id', ctx.actor)}) x
     where ${input.returnedOnly === true ? sql`x.returned` : sql`true`}
     order by x.returned desc, x."endedAt" desc, x.channel limit ${input.limit ?? null} offset ${input.offset ?? 0}`
  return rows.map(({ finalUrl, target, endedAt, visitedAt, ...r }) => {
    const [from, to, aim] = [hostOf(r.address), hostOf(finalUrl), hostOf(target)]
    return {
      ...r,
      endedAt: endedAt.toISOString(),
      visitedAt: visitedAt?.toISOString() ?? null,
      redirectsTo: to !== null && to !== from ? finalUrl : null,
      pointsToTarget: r.state !== 'merged' || to === null || aim === null ? null : to === aim,
    }
  })
}

/** How many are watched in the actor's region, and how many of them live again. */
export async function countWatched({ ctx }: { ctx: Ctx }): Promise<{ watched: number; returned: number }> {
  requireRole(ctx.actor, READERS)
  const { sql } = ctx.db
  const [row] = await sql<{ watched: number; returned: number }[]>`
    select count(*)::int as watched,
           count(*) filter (where coalesce(c.last_seen_at > e.at and c.newest_on > (e.at at time zone 'Asia/Shanghai')::date, false))::int as returned
      from channel c
      join lateral (select coalesce((select l.at from channel_life l where l.channel_id = c.id and l.to_state = c.state order by l.id desc limit 1), c.created_at) as at) e on true
     where c.state in ('closed', 'merged') and ${scopeOf(sql, 'c.region_code', ctx.actor)} and ${unitOf(sql, 'c.organisation_id', ctx.actor)}`
  return row ?? { watched: 0, returned: 0 }
}

function hostOf(url: string | null): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).host : null
}
