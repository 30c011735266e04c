import { sql as q } from 'drizzle-orm'
import type { Ctx } from '../../db/context.ts'
import { dayInChina } from '../domain/date.ts'
import { READERS, requireRole } from '../domain/permit.ts'
import { seenBy } from '../registry/index.ts'
import { rate } from './rate.ts'

export type CampaignProgress = {
  readonly id: number
  readonly name: string
  readonly startedAt: string
  readonly endsOn: string | null
  /** Percent of the baseline to be removed; null where none was set. */
  readonly targetRate: number | null
  readonly baseline: number
  /** Of the baseline, closed or merged now. */
  readonly removed: number
  readonly remaining: number
  /** removed / baseline in percent, two decimals. */
  readonly rate: number | null
  /** Of the baseline, visited since the start and seen. */
  readonly checked: number
  /** Of the baseline, with an open candidate. */
  readonly candidates: number
}

/**
 * The running campaign as it stands now, from the register's present state alone: cheap enough for the first page. The
 * report of a past moment is `reportCampaign`; at this moment both give the same baseline and removed. null where none runs.
 */
export async function campaignProgress({ ctx }: { ctx: Pick<Ctx, 'db' | 'actor' | 'clock'> }): Promise<CampaignProgress | null> {
  requireRole(ctx.actor, READERS)
  const now = ctx.clock.now()
  const [row] = await ctx.db.orm.execute<Omit<CampaignProgress, 'rate' | 'remaining'>>(q`
    with running as (
      select id, name, started_at, targets from campaign
       where started_at <= ${now.toISOString()}::timestamptz and coalesce((targets->>'endsOn')::date, 'infinity') >= ${dayInChina(now)}::date order by started_at desc, id desc limit 1)
    select m.id::int, m.name, to_char(m.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startedAt", m.targets->>'endsOn' as "endsOn", (m.targets->>'rate')::float8 as "targetRate",
           f.baseline, f.removed, f.checked, f.candidates
      from running m, lateral (
        select count(*)::int as baseline, count(*) filter (where c.state in ('closed', 'merged'))::int as removed, count(*) filter (where c.last_seen_at >= m.started_at)::int as checked,
               count(k.id)::int as candidates
          from campaign_member b join channel c on c.id = b.channel_id left join candidate k on k.channel_id = c.id and k.closed_at is null
         where b.campaign_id = m.id and ${seenBy(ctx.actor)}) f`)
  return row === undefined ? null : { ...row, remaining: row.baseline - row.removed, rate: rate(row.removed, row.baseline, 'half_up') }
}
