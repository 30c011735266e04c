import { z } from 'zod'
import type { Ctx } from '../../../db/context.ts'
import { dayInChina } from '../../domain/date.ts'
import type { Day } from '../../domain/date.ts'
import { READERS, requireRole } from '../../domain/permit.ts'
import { filterSql, queueFilter, viewSql } from './filter.ts'

const input = z.object({
  filter: queueFilter.prefault({}),
  /** `weight`: the gravest proposal and the longest over first. */
  sort: z.enum(['weight', 'deadline', 'opened', 'changed']).default('weight'),
  page: z.number().int().min(1).max(100_000).default(1),
  size: z.number().int().min(1).max(200).default(50),
})

export type QueueRow = {
  readonly id: number
  readonly version: number
  readonly state: string
  readonly proposal: string
  readonly rule: string
  readonly since: Day | null
  readonly newest: Day | null
  readonly daysOver: number | null
  readonly deadline: Day | null
  readonly overdue: boolean
  /** ISO 8601. */
  readonly openedAt: string
  readonly assignee: { readonly id: string; readonly name: string } | null
  readonly channel: { readonly id: number; readonly kind: string; readonly name: string; readonly organisation: string | null; readonly region: string | null }
}

/** One page of the review queue in the actor's region, and how many there are in all; filtered, sorted and paged by the database. */
export async function listQueue({ ctx, input: raw }: { ctx: Ctx; input: z.input<typeof input> }): Promise<{ total: number; candidates: QueueRow[] }> {
  requireRole(ctx.actor, READERS)
  const { filter: { view, ...filter }, sort, page, size } = input.parse(raw)
  const { sql } = ctx.db
  const today = dayInChina(ctx.clock.now())
  const where = sql`${viewSql(sql, view, ctx.actor, today)} and ${filterSql(sql, filter, ctx.actor)}`
  const order = {
    weight: sql`array_position(array['shut_down', 'merge', 'rectify'], k.proposal), k.days_over desc nulls last, k.id`,
    deadline: sql`k.deadline nulls last, k.id`,
    opened: sql`k.opened_at, k.id`,
    changed: sql`h.step desc nulls last, k.id desc`,
  }[sort]
  const [rows, [count]] = await Promise.all([
    sql<(Omit<QueueRow, 'openedAt'> & { openedAt: Date })[]>`
      select k.id::int, k.version, k.state, k.proposal, k.rule, k.since::text, k.newest::text, k.days_over as "daysOver", k.deadline::text,
             coalesce(${viewSql(sql, 'overdue', ctx.actor, today)}, false) as overdue, k.opened_at as "openedAt",
             case when k.assignee is not null then jsonb_build_object('id', k.assignee, 'name', coalesce(p.name, k.assignee)) end as assignee,
             jsonb_build_object('id', c.id, 'kind', c.kind, 'name', c.name, 'organisation', o.name, 'region', r.name) as channel
        from candidate k join channel c on c.id = k.channel_id left join organisation o on o.id = c.organisation_id
        left join region r on r.code = c.region_code left join person p on p.id = k.assignee ${sort === 'changed' ? sql`left join (select candidate_id, max(id) as step from candidate_step group by candidate_id) h on h.candidate_id = k.id` : sql``}
       where ${where} order by ${order} limit ${size} offset ${(page - 1) * size}`,
    sql<{ n: number }[]>`
      select count(*)::int as n from candidate k join channel c on c.id = k.channel_id left join organisation o on o.id = c.organisation_id where ${where}`,
  ])
  return { total: count?.n ?? 0, candidates: rows.map((r) => ({ ...r, openedAt: r.openedAt.toISOString() })) }
}
